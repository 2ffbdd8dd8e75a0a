"""Origins that may read what is published, and those that look like them and may not: G21 of every server that we set up."""

from __future__ import annotations

ORIGINS_GOOD = ("https://energyapps.github.io", "https://www.energy.gov", "https://data.energy.gov:8443")
"""What the allow-list of a test names, and nothing else."""

ORIGINS_BAD = (
    # nobody in particular
    "null",
    "NULL",
    "*",
    "file://",
    "about:blank",
    "data:text/html,x",
    "https://",
    "https",
    "://energyapps.github.io",
    "//energyapps.github.io",
    "energyapps.github.io",
    # another scheme
    "http://energyapps.github.io",
    "http://www.energy.gov",
    "ftp://energyapps.github.io",
    "httpss://energyapps.github.io",
    "xhttps://energyapps.github.io",
    "chrome-extension://energyapps.github.io",
    "javascript://energyapps.github.io",
    # another port
    "https://energyapps.github.io:443",
    "https://energyapps.github.io:8443",
    "https://energyapps.github.io:",
    "https://data.energy.gov",
    "https://data.energy.gov:84430",
    "https://data.energy.gov:844",
    # a prefix or a suffix of a good one
    "https://energyapps.github.io.evil.example",
    "https://energyapps.github.io.",
    "https://energyapps.github.iox",
    "https://energyapps.github.i",
    "https://energyapps.github.io-evil.example",
    "https://energyapps.github.io_.evil.example",
    "https://evilenergyapps.github.io",
    "https://evil-energyapps.github.io",
    "https://xwww.energy.gov",
    # above, below and beside it
    "https://github.io",
    "https://evil.github.io",
    "https://evil.energyapps.github.io",
    "https://energy.gov",
    "https://energy.gov.evil.example",
    # dots of a pattern that were not meant
    "https://energyappsxgithub.io",
    "https://energyapps.githubxio",
    "https://wwwxenergy.gov",
    "https://www.energyxgov",
    # case, and letters that look alike
    "https://EnergyApps.github.io",
    "HTTPS://energyapps.github.io",
    "https://WWW.ENERGY.GOV",
    "https://enеrgyapps.github.io",  # noqa: RUF001 - the third letter is Cyrillic
    "https://xn--enrgyapps-4ve.github.io",
    "https://energyapps。github。io",
    "https://energyapps.github.ıo",  # noqa: RUF001 - an i without its dot
    # more than an origin
    "https://energyapps.github.io/",
    "https://energyapps.github.io/index.html",
    "https://energyapps.github.io?",
    "https://energyapps.github.io#",
    "https://user@energyapps.github.io",
    "https://energyapps.github.io@evil.example",
    "https://energyapps.github.io:443@evil.example",
    "https://evil.example/https://energyapps.github.io",
    "https://evil.example?https://energyapps.github.io",
    "https://evil.example#https://energyapps.github.io",
    "https://evil.example\\@energyapps.github.io",
    # more than one
    "https://evil.example https://energyapps.github.io",
    "https://energyapps.github.io https://evil.example",
    "https://energyapps.github.io,https://evil.example",
    "https://evil.example, https://energyapps.github.io",
    # what ends a line or a pattern for some
    "https://energyapps.github.io%0a",
    "https://energyapps.github.io%00",
    "https://energyapps.github.io\\n",
    "https://energyapps.github.io\t.evil.example",
    "https://energyapps.github.io|https://evil.example",
    "https://(energyapps).github.io",
    "https://energyapps`.github.io",
    "https://energyapps.github.io$",
    "^https://energyapps.github.io$",
    # addresses
    "https://127.0.0.1",
    "http://localhost:3000",
    "https://[::1]",
    # plainly somebody else
    "https://evil.example",
)
"""Each may be sent as the value of a header; none is an origin of the list above."""
