"""What is published, as data: adding a file is adding an entry."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.publish.accounts import accounts_json
from headcount.publish.all_social_data import all_social_data
from headcount.publish.edition import Edition, File, Output
from headcount.publish.latest import latest_json
from headcount.publish.readings import readings
from headcount.publish.wide import wide_tables

OUTPUTS = (
    Output("all_social_data.csv", "one row a unit, one column a platform: the newest follower counts", all_social_data),
    Output("TABLE.csv", "a wide table of the configuration: one row a slot, one column an account", wide_tables),
    Output(
        "readings/", "every reading and every miss, a row each, a file a month; `latest.csv` has the newest", readings
    ),
    Output("accounts.json", "the units and their accounts, as a tree, and those who have left", accounts_json),
    Output("latest.json", "the newest counts with their changes over a day, a week and a month", latest_json),
)


def files(edition: Edition) -> Iterator[File]:
    """Every file of an edition."""
    for output in OUTPUTS:
        yield from output.files(edition)
