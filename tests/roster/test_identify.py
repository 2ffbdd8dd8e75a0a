"""Who is meant by a URL or a handle, in any form in which people write one."""

from __future__ import annotations

import pytest

from headcount import platforms
from headcount.errors import Mistake
from headcount.platforms.kit.contract import Platform
from headcount.platforms.kit.handles import Handles
from headcount.roster.address import address
from headcount.roster.identify import Named, identify
from headcount.roster.keys import fold, key_of
from headcount.roster.slugs import slug_of

EXAMPLETON = Named("twitter", "Exampleton")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Exampleton", EXAMPLETON),
        ("@Exampleton", EXAMPLETON),
        ("  @Exampleton\n", EXAMPLETON),
        ("x.com/Exampleton", EXAMPLETON),
        ("https://x.com/Exampleton", EXAMPLETON),
        ("HTTPS://WWW.X.COM/Exampleton/", EXAMPLETON),
        ("//twitter.com/Exampleton", EXAMPLETON),
        ("http://twitter.com:80/Exampleton", EXAMPLETON),
        ("https://mobile.twitter.com/Exampleton", EXAMPLETON),
        ("https://twitter.com/#!/Exampleton", EXAMPLETON),
        ("https://twitter.com/%40Exampleton", EXAMPLETON),
        ("https://x.com/Exampleton/status/1?s=20", EXAMPLETON),
        ("https://x.com/Exampleton?lang=en", EXAMPLETON),
        ("https://x.com/intent/user?screen_name=Exampleton", EXAMPLETON),
        ("https://x.com/intent/follow?ref=a&user_id=12345", Named("twitter", "12345", {"x": "12345"})),
        ("https://x.com/i/user/12345", Named("twitter", "12345", {"x": "12345"})),
    ],
)
def test_an_account_is_known_in_any_form(text: str, meant: Named) -> None:
    assert identify(text, "twitter") == meant
    assert identify(text, "X") == meant


@pytest.mark.parametrize(
    "text", ["https://x.com/Exampleton", "www.twitter.com/Exampleton", "https://x.com/i/user/12345"]
)
def test_a_url_says_which_platform_it_is_of(text: str) -> None:
    assert identify(text) == identify(text, "twitter")


@pytest.mark.parametrize(
    ("text", "platform", "why"),
    [
        ("not a name", "twitter", "'not a name' is not an account of twitter: write its name, or https://x.com/NAME"),
        ("", "twitter", "'' is not an account"),
        ("a\x00b", "twitter", "'a\\x00b' is not an account"),
        ("a" * 501, "twitter", f"'{'a' * 60}' is not an account"),
        ("https://x.com/home", "twitter", "'https://x.com/home' is not an account of twitter: it is an address"),
        ("https://x.com.evil.example/a", "twitter", "'https://x.com.evil.example/a' is not an account of twitter"),
        ("https://x.com@evil.example/a", "twitter", "'https://x.com@evil.example/a' is not an account of twitter"),
        ("a", "twiter", "there is no platform called 'twiter' (did you mean twitter?)"),
    ],
)
def test_what_is_no_account_is_refused_with_the_reason(text: str, platform: str, why: str) -> None:
    with pytest.raises(Mistake) as caught:
        identify(text, platform)
    assert str(caught.value).startswith(why.replace(": it is an address", ""))


def test_a_url_of_another_platform_is_named_as_such() -> None:
    with pytest.raises(Mistake, match="is not an account of slideshare: it is an address of twitter"):
        identify("https://twitter.com/Exampleton", "slideshare")


def test_a_platform_of_many_hosts_gives_way_to_one_that_knows_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up = {
        "many": Platform("many", "Many", Handles((), urls=(r"[a-z.]+/@(?P<handle>\w+)",))),
        "one": Platform("one", "One", Handles((), urls=(r"one\.example/@(?P<handle>\w+)",))),
    }
    monkeypatch.setattr(platforms, "slugs", lambda: tuple(made_up))
    monkeypatch.setattr(platforms, "platform", made_up.__getitem__)
    assert identify("https://one.example/@city") == Named("one", "city")
    assert identify("https://other.example/@city") == Named("many", "city")


@pytest.mark.parametrize("text", ["https://example.gov/about", "no such thing at all"])
def test_what_is_on_no_platform_is_refused(text: str) -> None:
    with pytest.raises(Mistake, match="is not the address of an account on a platform that headcount knows"):
        identify(text)


def test_a_bare_handle_could_be_anywhere() -> None:
    with pytest.raises(Mistake, match=r"'Exampleton' could be on .*twitter.*: write which platform, or the whole URL"):
        identify("Exampleton")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("twitter", "twitter"),
        (" X ", "twitter"),
        ("linkedIn", "linkedin"),
        ("googleplus", "google"),
        ("Google+", "google"),
    ],
)
def test_platforms_go_by_several_names(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("https://www.X.com/A/", "x.com/A"),
        ("X.com", "x.com"),
        ("http://x.com:8080/A", "x.com:8080/A"),
        ("https://x.com:443/A?b=C#d", "x.com/A?b=C#d"),
        ("https://x.com/%E2%82%AC%20a", "x.com/€ a"),
        ("Bare_Name", "bare_name"),
    ],
)
def test_an_address_is_compared_without_what_means_nothing(written: str, plain: str) -> None:
    assert address(written) == plain


@pytest.mark.parametrize(
    ("platform", "handle", "key"),
    [
        ("twitter", "ENERGY", "twitter/energy"),
        ("twitter", "@Secretary_Perry", "twitter/secretary_perry"),
        ("mastodon", "@nasa@mastodon.social", "mastodon/nasa@mastodon.social"),
        ("reddit", "r/energy", "reddit/r-energy"),
        ("youtube", "UCabcDEF-_123", "youtube/ucabcdef-_123"),
        ("youtube", "user/USdepartmentofenergy", "youtube/user-usdepartmentofenergy"),
        ("facebook", "livermore.lab", "facebook/livermore.lab"),
        ("bluesky", "did:plc:abc", "bluesky/did-plc-abc"),
        ("youtube", "Größe 7", "youtube/gr--e-7"),
    ],
)
def test_a_key_is_the_slug_and_the_handle_in_plain_letters(platform: str, handle: str, key: str) -> None:
    assert key_of(platform, handle) == key


def test_case_does_not_tell_two_accounts_apart() -> None:
    assert fold("twitter", "@ENERGY") == fold("twitter", "energy")
    assert fold("slideshare", "ENERGY") == fold("slideshare", "energy")
