"""What there is to say of each kind of story. `{...}` are the facts that `facts.py` finds in it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from headcount.news.story import Kind


class Wording(Struct, frozen=True):
    """The sentences of a kind."""

    title: str
    """That it is so."""
    cause: str
    """What lies behind it."""
    advice: str
    """Exactly what to do."""
    over: str = ""
    """That it is over; of a happening nothing."""


WORDING: Mapping[Kind, Wording] = {
    "network": Wording(
        "No platform can be reached",
        "Every request fails before an answer comes, so the fault is most likely between this machine and the internet.",
        "Run `headcount doctor` on the machine that counts: it names what fails. Look at DNS, the firewall, and `proxy` and "
        "`ca_bundle` of [http] in headcount.toml; `headcount doctor --hosts` prints every host and port that has to be open.",
        "The platforms can be reached again",
    ),
    "platform": Wording(
        "{platform} {of_platform}{share}",
        "No account that it affects has a count until this is over; nothing that was counted is lost.",
        "{todo}",
        "{platform} is counted again",
    ),
    "source": Wording(
        "{platform}: {source} {of_platform}, and is done without",
        "Accounts that another source can answer for are counted by that one, perhaps less exactly.",
        "{todo}",
        "{platform}: {source} answers again",
    ),
    "account": Wording(
        "{account} {of_account}",
        "It has no count until this is over; nothing that was counted is lost.",
        "{todo}",
        "{account} is counted again",
    ),
    "stale": Wording(
        "{number} of {platform} {were} not counted of late",
        "They are due, and no run has asked for them.",
        "Run `headcount run` and read what it says. See in headcount.toml whether a job still names these accounts, and "
        "whether `pace` of [platforms.{slug}] leaves time for all of them.",
        "{platform} is counted in full again",
    ),
    "held": Wording(
        "The count of {account} awaits review",
        "A count came that does not follow from those before, and is not published until somebody has decided about it.",
        "Look at the account in a browser. `headcount review` lists what waits: `headcount review --accept ID` if the count is "
        "true, `headcount review --refuse ID --why TEXT` if it is not.",
        "The count of {account} is published again",
    ),
    "together": Wording(
        "Many counts of {platform} went wrong at once",
        "So many accounts do not change together: most likely the platform shows other numbers than before, or we read it wrongly. "
        "None of these counts is published.",
        "Look at two of the accounts in a browser; `headcount review` lists what waits. If the counts are true: `headcount review "
        "--accept {subject} --why TEXT`; if not: `headcount review --refuse {subject} --why TEXT`, and see whether there is a newer "
        "headcount that reads the platform's new answers.",
        "No count of {platform} is in doubt any more",
    ),
    "stuck": Wording(
        "The count of {account} no longer moves",
        "It has been the same for longer than is likely of an account of its size: the platform may be showing an old answer.",
        "Look at the account in a browser. If it shows another count there, name another source first in `sources` of "
        "[platforms.{slug}] in headcount.toml.",
        "The count of {account} moves again",
    ),
    "job": Wording(
        "The job {subject} does not run as it should",
        "No run of it has come to its end for two of its slots.",
        "See whether what starts it (Jenkins, cron, a timer, `headcount schedule`) still does, and what it printed last; then start "
        "`headcount run --job {subject}` by hand.",
        "The job {subject} runs again",
    ),
    "press": Wording(
        "Nothing new is published anywhere",
        "The folder where the files are made, before they go to any target, cannot be written. Every count is safe in the store, and "
        "the next publish catches up.",
        "Run `headcount doctor` on the machine that counts: the folder `press` beside the store has to have room, and to belong to "
        "whoever runs headcount.",
        "The files are published again",
    ),
    "target": Wording(
        "Nothing new reaches the target {subject}",
        "Whoever reads the published files there sees old ones. Every count is safe in the store, and the next publish catches up.",
        "Run `headcount publish --target {subject}` and read what it says; [publish.{subject}] in headcount.toml says where it is. "
        "See that it has room and that we may write there.",
        "The target {subject} is up to date again",
    ),
    "credential": Wording(
        "The credential {subject} {expiry}",
        "After that day the platform will not accept it, and its accounts will have no counts.",
        "Make a new one at the platform, put it where [platforms.{slug}] in headcount.toml says that it is, write its last day "
        "beside it, and try it with `headcount doctor`.",
        "The credential {subject} was renewed",
    ),
    "configuration": Wording(
        "{subject} has mistakes",
        "Nothing that depends on it is done until they are mended.",
        "Run `headcount doctor`, and `headcount roster check`: they name file, line and column of each mistake.",
        "{subject} is in order again",
    ),
    "disk": Wording(
        "The disk is nearly full",
        "When it is full, nothing more can be counted.",
        "Make room where {subject} lies, or name another folder as `state` of [paths] in headcount.toml. Backups and evidence "
        "are kept there: `keep` of [backup], `days` and `megabytes` of [evidence] say how much.",
        "The disk has room again",
    ),
    "clock": Wording(
        "The clock of this machine is wrong",
        "What is in the store was counted later than this clock says that it is now, so one of the two was wrong.",
        "Set the clock, and have it kept right (`timedatectl set-ntp true`). Counts keep the time that they were given.",
        "The clock of this machine is right again",
    ),
    "channel": Wording(
        "Nobody can be told by the channel {subject}",
        "It did not take the last messages, so they went another way.",
        "Run `headcount watch test`. The channel's URL is in `notify` of [watch], or in [watch.channels.{subject}], in headcount.toml.",
        "The channel {subject} takes messages again",
    ),
    "moved": Wording(
        "The count of {account} changed unusually",
        "It is {count}, further from the one before than is usual, and is published.",
        "Nothing has to be done. A line in the annotations file tells readers why, if you know it.",
    ),
    "purge": Wording(
        "Many accounts of {platform} fell together",
        "Each fell by a share of its own, as they do when a platform removes fake or dormant followers. Who fell further than is usual is "
        "shown with the new count once three counts in a row, an hour apart, say so.",
        "Nothing has to be done, unless the followers come back. A line in the annotations file tells readers why.",
    ),
    "milestone": Wording(
        "{account} has passed {passed} followers", "Its newest count is {count}.", "Nothing has to be done."
    ),
    "rounded": Wording(
        "The count of {account} is rounded now",
        "It is known less finely than before, so small changes no longer show.",
        "Nothing has to be done. An official source, where docs/reference/platforms names one, gives exact counts.",
    ),
    "renamed": Wording(
        "{account} goes by {reason} now",
        "It is the same account, and is counted on under its key.",
        "Run `headcount account list`, and write the new handle into the roster. If the roster means whoever has the old handle today, run "
        "`headcount account handover {key} --at DATE --why TEXT`.",
    ),
    "segment": Wording(
        "From now on {account} is counted another way",
        "Its source, its rounding or the platform's definition has changed: counts before and after are not to be compared.",
        "Nothing has to be done.",
    ),
    "digest": Wording(
        "The report of the week was sent", "It went to every channel that takes reports.", "Nothing has to be done."
    ),
}  # fmt: skip
