"""Where requests go: URLs, redirects, and what is reached without the proxy."""

from __future__ import annotations

import pytest
from yarl import URL

from headcount.errors import Unreachable
from headcount.net.bypass import bypasses
from headcount.net.message import Get
from headcount.net.route import locate, onward

HOSTS = {
    "api": "https://api.example.com",
    "page": "http://127.0.0.1:9000/x/",
    "mastodon.social": "https://mastodon.social",
    "idn": "https://BÜCHER.example",
    "six": "http://[2001:db8::1]:8080/p",
}

URLS: list[tuple[str, dict[str, str | tuple[str, ...]], str]] = [
    ("{api}/2/users", {}, "https://api.example.com/2/users"),
    ("{api}", {}, "https://api.example.com"),
    ("{page}/a/b", {}, "http://127.0.0.1:9000/x/a/b"),
    ("{page}", {}, "http://127.0.0.1:9000/x"),
    ("{mastodon.social}/api/v1", {}, "https://mastodon.social/api/v1"),
    ("{idn}/a", {}, "https://xn--bcher-kva.example/a"),
    ("{six}/a", {}, "http://[2001:db8::1]:8080/p/a"),
    ("{api}/@name%20x", {}, "https://api.example.com/@name%20x"),
    ("{api}/a%2Fb%40c%7e", {}, "https://api.example.com/a%2Fb%40c%7e"),
    ("{api}/a b", {}, "https://api.example.com/a%20b"),
    ("{api}/größe/日本", {}, "https://api.example.com/gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC"),
    ("{api}/100%", {}, "https://api.example.com/100%25"),
    ("{api}/100%zz", {}, "https://api.example.com/100%25zz"),
    ("{api}/a#b", {}, "https://api.example.com/a%23b"),
    ("{api}/a\r\nHost: evil", {}, "https://api.example.com/a%0D%0AHost:%20evil"),
    ("{api}/a\\b", {}, "https://api.example.com/a%5Cb"),
    ("{api}/..a/b..", {}, "https://api.example.com/..a/b.."),
    ("{api}/u?a=1", {}, "https://api.example.com/u?a=1"),
    ("{api}/u?a=1", {"b": "2"}, "https://api.example.com/u?a=1&b=2"),
    ("{api}/u", {"names": "a,b"}, "https://api.example.com/u?names=a%2Cb"),
    ("{api}/u", {"id": ("1", "2")}, "https://api.example.com/u?id=1&id=2"),
    ("{api}/u", {"q": "a b+c&d=e#f%20"}, "https://api.example.com/u?q=a%20b%2Bc%26d%3De%23f%2520"),
    ("{api}/u", {"q": "é日"}, "https://api.example.com/u?q=%C3%A9%E6%97%A5"),
    ("{api}/u", {"q": ""}, "https://api.example.com/u?q="),
    ("{api}?q=1", {}, "https://api.example.com/?q=1"),
]


@pytest.mark.parametrize(("url", "query", "whole"), URLS)
def test_a_request_becomes_a_url(url: str, query: dict[str, str | tuple[str, ...]], whole: str) -> None:
    assert str(locate(Get(url, query), HOSTS)) == whole


BAD_URLS = [
    "{nobody}/x", "https://api.example.com/x", "/x", "", "{api}.evil.example/x", "{api}@evil.example/x", "{api}:80/x",
    "{api}/a/../b", "{api}/..", "{api}/.", "{api}/%2e%2E/b", "{api}/a/%2e./b", "{api}/\ud800", "{{api}}/x",
]  # fmt: skip


@pytest.mark.parametrize("url", BAD_URLS)
def test_a_request_that_would_leave_its_host_is_not_sent(url: str) -> None:
    with pytest.raises(Unreachable):
        locate(Get(url), HOSTS)


BAD_HOSTS = [
    "", "x", "//x", "ftp://x", "file:///etc/passwd", "http://", "http:///x", "http:x", "http://user:word@x", "http://user@x",
    "http://good.example\\@evil.example", "http://good.example\\.evil.example", "http://a b", "http://a\nb", "http://x?y=1",
    "http://x:99999", "http://[::1", "http://[fe80::1%25eth0]", "http://%31%32%37.0.0.1", "http://-x", "javascript:alert(1)",
    "http://a%00b", "gopher://x:70",
]  # fmt: skip


@pytest.mark.parametrize("base", BAD_HOSTS)
def test_a_host_that_is_not_one_is_refused(base: str) -> None:
    with pytest.raises(Unreachable):
        locate(Get("{api}/x"), {"api": base})


def test_no_password_and_no_query_stands_in_a_refusal() -> None:
    for url, base in (("{nobody}/x?key=hunter2", "http://x"), ("{api}/..?key=hunter2", "http://x"),
                      ("{api}/x", "http://user:hunter2@x"), ("{api}/x", "http://x/?key=hunter2"),
                      ("{api}/x", "http://user:hunter2@x:99999")):  # fmt: skip
        with pytest.raises(Unreachable) as caught:
            locate(Get(url), {"api": base})
        assert "hunter2" not in str(caught.value)


REDIRECTS = [
    ("/x/b", "http://127.0.0.1:9000/x/b"),
    ("b", "http://127.0.0.1:9000/x/b"),
    ("?page=2", "http://127.0.0.1:9000/x/a?page=2"),
    ("http://127.0.0.1:9000/x", "http://127.0.0.1:9000/x"),
    ("HTTP://127.0.0.1:9000/x/b", "http://127.0.0.1:9000/x/b"),
    ("https://API.example.COM/b?q=%2C,", "https://api.example.com/b?q=%2C,"),
    ("https://api.example.com:443/b", "https://api.example.com/b"),
    ("//127.0.0.1:9000/x/b", "http://127.0.0.1:9000/x/b"),
    ("/x/größe", "http://127.0.0.1:9000/x/gr%C3%B6%C3%9Fe"),
    ("/x/b#part", "http://127.0.0.1:9000/x/b"),
    ("/b", None),
    ("/xb", None),
    ("/x/../b", None),
    ("/x/%2e%2e/b", None),
    ("../b", None),
    ("http://127.0.0.1:9001/x/b", None),
    ("https://127.0.0.1:9000/x/b", None),
    ("http://api.example.com/b", None),
    ("https://api.example.com.evil.example/b", None),
    ("https://api.example.com@evil.example/b", None),
    ("https://user@api.example.com/b", None),
    ("https://evil.example\\@api.example.com/b", None),
    ("http://localhost:9000/x/b", None),
    ("http://127.1:9000/x/b", None),
    ("ftp://127.0.0.1:9000/x/b", None),
    ("javascript:alert(1)", None),
    ("http://[::1", None),
    ("http://x:99999/", None),
]


@pytest.mark.parametrize(("location", "reached"), REDIRECTS)
def test_a_redirect_leads_below_a_declared_host_or_nowhere(location: str, reached: str | None) -> None:
    found = onward(URL("http://127.0.0.1:9000/x/a?q=1", encoded=True), location, HOSTS)
    assert (str(found) if found else None) == reached


BYPASSES = [
    ("", "x.example.gov", False),
    ("*", "anything", True),
    ("example.gov", "example.gov", True),
    ("example.gov", "x.example.gov", True),
    ("example.gov", "EXAMPLE.GOV.", True),
    ("example.gov", "notexample.gov", False),
    ("example.gov", "example.gov.evil.example", False),
    (".example.gov", "x.example.gov", True),
    ("*.example.gov", "x.example.gov", True),
    (" Example.Gov ", "example.gov", True),
    ("example.gov:8080", "example.gov:8080", True),
    ("example.gov:8080", "example.gov", False),
    ("example.gov:80", "example.gov", True),
    ("10.0.0.0/8", "10.1.2.3", True),
    ("10.0.0.0/8", "11.1.2.3", False),
    ("10.1.2.3", "10.1.2.3", True),
    ("10.0.0.0/8", "ten.example.gov", False),
    ("127.0.0.1:9000", "127.0.0.1:9000", True),
    ("fd00::/8", "[fd00::1]", True),
    ("[::1]", "[::1]", True),
    ("::1", "[::1]", True),
    (".", "example.gov", False),
]


@pytest.mark.parametrize(("exception", "host", "direct"), BYPASSES)
def test_what_is_excepted_goes_without_the_proxy(exception: str, host: str, direct: bool) -> None:
    assert bypasses(URL(f"http://{host}/"), (exception,)) == direct
