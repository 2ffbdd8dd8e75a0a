"""The pages that `takeover` fills in: the configuration and the roster of a new installation, in words."""

from __future__ import annotations

ROSTER = """\
unit,unit_id,parent_id,platform,account,name,language
Name of your organisation,1,,twitter,https://x.com/NASA,Replace this line by your own account,en
Name of your organisation,1,,youtube,https://www.youtube.com/@NASA,A URL or a handle: both will do,en
An office of it,2,1,instagram,nasa,The office is a part of unit 1,en
An office without accounts,3,1,,,,
"""

CONFIGURATION = """\
# The settings of headcount. `headcount doctor` says whether all is well.
# Lines that begin with # are remarks, or settings that are off: take the # away to set them.

[organization]
name = {name}
timezone = {timezone}   # where its days and weeks begin, as in "America/New_York"; what is stored is UTC
week_start = "monday"
# Whom to count. The file is read afresh at each run: edit it with any spreadsheet program and save it as CSV.
roster = {roster}
# An organisation chart as JSON, if the roster does not say which unit belongs to which.
{org_chart}
# Under which licence the published numbers are given away.
# licence = "CC0-1.0"
# A table of what happened and when (from,to,account,unit_id,platform,text,link), published beside the counts.
# annotations = "annotations.csv"

[store]
# Where every count is kept. A single file needs nothing else; PostgreSQL is for several machines.
url = "sqlite:///headcount.db"
# url = "postgresql+psycopg://headcount@db.example.gov/headcount"

[paths]
# The folder of the store, the tokens and the backups; where this is off, it is the folder of this file.
# Choose one that is backed up, and that no other program cleans.
# state = "state"

[http]
# Told to every platform that is asked, so that they know whom to write to.
# contact = "https://example.gov/social"
# If your network has a proxy; HTTPS_PROXY and NO_PROXY in the environment are understood too.
# proxy = "http://proxy.example.gov:3128"
# no_proxy = ["localhost", ".example.gov"]
# If it looks into encrypted connections, the file of its certificates; SSL_CERT_FILE is understood too.
# ca_bundle = "certificates.pem"
# Seconds for an answer, and the most bytes of one.
# timeout = 30
# max_body = 16777216
# allow_private_addresses = false

[collect]
# "official": only the interfaces that platforms offer to programs; most need a key (see [platforms] below).
# "all": public pages too, where there is no key.
sources = {sources}

# What is counted together, and how often: 15m, 1h, 1d, 1w. Accounts are named by their keys (twitter/energy), or as
# unit:ID (with all under it), platform:SLUG, group:NAME, or "*" for everyone.
[jobs.{everyone}]
every = "1d"
accounts = ["*"]
{hourly}
# A table with a column for each account, for charts that were made for one: it is published as NAME.csv.
{table}# Keys and tokens never stand in this file. Name the environment variable or the file that holds them;
# where nothing is said, HEADCOUNT_YOUTUBE_KEY, HEADCOUNT_TWITTER_BEARER_TOKEN and so on are looked up.
# [platforms.youtube]
# key = {{ env = "YOUTUBE_API_KEY" }}
# sources = ["api", "page"]
# pace = "60/m"
# [platforms.twitter]
# bearer_token = {{ file = "secrets/x-bearer-token" }}

# Where the files are published: a folder of a web server.
[publish.web]
to = "public"

# An object store (S3 and compatible, Google, Azure). Keys come from the environment; `headcount doctor` tries it, and
# `headcount publish --configure-target` sets which web pages may read it.
# [publish.bucket]
# to = "s3://bucket/social"
# [publish.bucket.options]
# region = "us-east-1"

# What `headcount serve` answers under, and which web pages may load the numbers: "*" is right for public data.
[serve]
base_path = "/api/social-media"
cors_origins = ["*"]

[watch]
# Who is told when something breaks, each by an Apprise URL: mailto://, slack://, msteams://, ... `headcount watch test`
# sends a sample to each. Such URLs hold passwords: keep them in the environment, or in files that only you may read.
# notify = {{ env = "HEADCOUNT_NOTIFY" }}
# quiet = "22:00-07:00"       # then only what is urgent is told
# most_a_day = 6              # letters a day to one channel; what is more is told together, in the last of them
# digest = "monday 08:00"     # when the report of the week is sent
# A dead-man's switch in the manner of healthchecks.io: it calls somebody when headcount itself no longer runs.
# heartbeat = "https://hc-ping.com/your-uuid"

# A channel with a table of its own can be told less: "urgent", "warning" (and what is urgent), or "notice": everything.
# [watch.channels.phone]
# url = {{ env = "HEADCOUNT_PHONE" }}
# severity = "urgent"

# The last day of a token that lasts for a while; it is warned of 14, 7, 3 and 1 days ahead.
# [platforms.facebook]
# token = {{ env = "HEADCOUNT_FACEBOOK_TOKEN", expires = 2026-12-31 }}

# Replies that nobody could read, or whose counts await review, are kept for `headcount replay` and `reparse`; 0 megabytes: none.
[evidence]
days = 30
megabytes = 256

# What follows is for later versions: it is checked already, and not used yet.

[backup]
# A copy of the store is made once a day; how many are kept.
keep = 14
"""

HOURLY = """
[jobs.hourly]
every = "1h"
accounts = [
{accounts}]
"""

TABLE = """\
[tables.social_data]
job = "{job}"
time_column = "date"
# Old charts read an empty cell as zero. "previous" repeats the last count, and lists what it repeated beside the table;
# "blank" leaves the cell empty.
missing = "previous"
[tables.social_data.columns]
# Facebook was counted in likes, and is: facebook/NAME for followers, facebook/NAME#likes for likes.
{columns}
"""

NO_TABLE = """\
# [tables.social_data]
# job = "daily"
# [tables.social_data.columns]
# NASAtwitter = "twitter/nasa"
"""
