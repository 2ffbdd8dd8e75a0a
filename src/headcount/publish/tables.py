"""What is published, as data: adding a file is adding an entry."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.publish.edition import Edition, Output
from headcount.publish.file import AnyFile
from headcount.publish.outputs import all_social_data, corrections, daily, lists, monthly, readings, series
from headcount.publish.outputs import annotations as noted
from headcount.publish.outputs.accounts import accounts_json
from headcount.publish.outputs.digest import digests
from headcount.publish.outputs.feed import feed
from headcount.publish.outputs.gaps import gaps
from headcount.publish.outputs.health import health
from headcount.publish.outputs.latest import latest_json
from headcount.publish.outputs.parquet import parquet
from headcount.publish.outputs.status_page import status_page
from headcount.publish.outputs.wide import wide_tables

OUTPUTS = (
    Output(
        "all_social_data.csv",
        "one row a unit, one column a platform: the newest follower counts",
        all_social_data.all_social_data,
        {"all_social_data.csv": all_social_data.SCHEMA},
    ),
    Output("TABLE.csv", "a wide table of the configuration: one row a slot, one column an account", wide_tables),
    Output(
        "daily.csv",
        "one row a day, account and metric: the count at its end, and what it changed by",
        daily.daily,
        {"daily.csv": daily.SCHEMA},
    ),
    Output("monthly.csv", "the same by month", monthly.monthly, {"monthly.csv": monthly.SCHEMA}),
    Output(
        "accounts.csv",
        "the accounts with their newest counts, those included that have left",
        lists.account_list,
        {"accounts.csv": lists.ACCOUNTS},
    ),
    Output(
        "units.csv",
        "the units, and what they come to, of how many accounts",
        lists.unit_list,
        {"units.csv": lists.UNITS},
    ),
    Output(
        "readings/",
        "every reading and every miss, a row each, a file a month; `latest.csv` has the newest",
        readings.readings,
        {"readings/YYYY-MM.csv": readings.SCHEMA},
    ),
    Output("parquet/", "the readings in columns, by year and month", parquet),
    Output("accounts.json", "the units and their accounts, as a tree, and those who have left", accounts_json),
    Output("latest.json", "the newest counts with their changes over a day, a week and a month", latest_json),
    Output("health.json", "how accounts, platforms, jobs and targets are, since when and why", health),
    Output(
        "status.html",
        "how the counting is, for everybody who looks: a page that says by itself when it is stale",
        status_page,
    ),
    Output(
        "digest.html",
        "the report of the newest week that is over, as a page; `digest/2026-W47.html` are earlier ones",
        digests,
    ),
    Output("events.atom", "what happened, as a feed: milestones, unusual changes, outages, corrections", feed),
    Output("gaps.json", "every slot of a job that has no public count, and why", gaps),
    Output(
        "annotations.csv",
        "events that people noted: what happened, when, and to whom",
        noted.annotation_list,
        {"annotations.csv": noted.SCHEMA},
    ),
    Output(
        "corrections.csv",
        "every correction of a count, with when and why",
        corrections.corrections,
        {"corrections.csv": corrections.SCHEMA},
    ),
    Output(
        "series/",
        "each account's counts by day, and by hour a file a year: what charts load",
        series.series,
        {"series/daily/KEY.csv": series.DAILY, "series/hourly/KEY/YYYY.csv": series.HOURLY},
    ),
)


def files(edition: Edition) -> Iterator[AnyFile]:
    """Every file of an edition."""
    for output in OUTPUTS:
        yield from output.files(edition)
