"""What is counted by hand: services that show nobody a count, and anything else under any name."""

from __future__ import annotations

from tests.platforms.table import Table

CODE, SHOW = "0029VaExampleCode12345", "0123456789abcdefABCDEF"
CHANNEL, PODCAST = f"whatsapp.com/channel/{CODE}", "podcasts.apple.com/podcast/id1234567890"
CITY, SNAP = "nextdoor.com/agency-detail/ca/exampleton/city-of-exampleton", "snapchat.com/add/example.city"

TABLE = Table(
    handle="Parks newsletter",
    means={
        "Parks newsletter": "Parks newsletter",
        "Bürgerbrief (Süd)": "Bürgerbrief (Süd)",
        f"https://www.whatsapp.com/channel/{CODE}": CHANNEL,
        f"whatsapp.com/channel/{CODE}?utm_source=x": CHANNEL,
        f"https://{CITY}/": CITY,
        f"https://us.{CITY}?i=1": CITY,
        f"https://{PODCAST}": PODCAST,
        "https://podcasts.apple.com/us/podcast/a-show-of-ours/id1234567890": PODCAST,
        "https://podcasts.apple.com/de/podcast/id1234567890?i=1000": PODCAST,
        f"https://open.spotify.com/show/{SHOW}": f"open.spotify.com/show/{SHOW}",
        f"https://open.spotify.com/intl-de/show/{SHOW}?si=abc": f"open.spotify.com/show/{SHOW}",
        "https://www.snapchat.com/add/example.city": SNAP,
        "https://snapchat.com/@example.city?share_id=x": SNAP,
    },
    refused=(
        "https://www.whatsapp.com/",
        f"https://whatsapp.com.evil.example/channel/{CODE}",
        "https://nextdoor.com/city/exampleton",
        "https://podcasts.apple.com/us/podcast/a-show/",
        "https://open.spotify.com/artist/0123456789abcdefABCDEF",
        "https://www.snapchat.com/discover",
        "https://x.com/NASA",
        "https://www.facebook.com/NASA",
        "a/b",
        "https://story.snapchat.com/@nasa",
        "https://open.spotify.com/users/nasa",
        "https://whatsapp.com/@nasa",
    ),
)
