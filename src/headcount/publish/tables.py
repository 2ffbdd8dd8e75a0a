"""What is published, as data: adding a file is adding an entry."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.publish.edition import Edition, Output
from headcount.publish.file import AnyFile
from headcount.publish.outputs.accounts import accounts_json
from headcount.publish.outputs.all_social_data import all_social_data
from headcount.publish.outputs.daily import daily
from headcount.publish.outputs.latest import latest_json
from headcount.publish.outputs.lists import account_list, unit_list
from headcount.publish.outputs.monthly import monthly
from headcount.publish.outputs.parquet import parquet
from headcount.publish.outputs.readings import readings
from headcount.publish.outputs.series import series
from headcount.publish.outputs.wide import wide_tables

OUTPUTS = (
    Output("all_social_data.csv", "one row a unit, one column a platform: the newest follower counts", all_social_data),
    Output("TABLE.csv", "a wide table of the configuration: one row a slot, one column an account", wide_tables),
    Output("daily.csv", "one row a day, account and metric: the count at its end, and what it changed by", daily),
    Output("monthly.csv", "the same by month", monthly),
    Output("accounts.csv", "the accounts with their newest counts, those included that have left", account_list),
    Output("units.csv", "the units, and what they come to, of how many accounts", unit_list),
    Output(
        "readings/", "every reading and every miss, a row each, a file a month; `latest.csv` has the newest", readings
    ),
    Output("parquet/", "the readings in columns, by year and month", parquet),
    Output("accounts.json", "the units and their accounts, as a tree, and those who have left", accounts_json),
    Output("latest.json", "the newest counts with their changes over a day, a week and a month", latest_json),
    Output("series/", "each account's counts by day, and by hour a file a year: what charts load", series),
)


def files(edition: Edition) -> Iterator[AnyFile]:
    """Every file of an edition."""
    for output in OUTPUTS:
        yield from output.files(edition)
