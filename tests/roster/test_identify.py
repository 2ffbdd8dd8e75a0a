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
        (
            "https://x.com/home",
            "twitter",
            "'https://x.com/home' is not an account of twitter: it is an address of X (formerly Twitter), but of no account there",
        ),
        ("https://x.com.evil.example/a", "twitter", "'https://x.com.evil.example/a' is not an account of twitter"),
        ("https://x.com@evil.example/a", "twitter", "'https://x.com@evil.example/a' is not an account of twitter"),
        ("a", "twiter", "there is no platform called 'twiter' (did you mean twitter?)"),
    ],
)
def test_what_is_no_account_is_refused_with_the_reason(text: str, platform: str, why: str) -> None:
    with pytest.raises(Mistake) as caught:
        identify(text, platform)
    assert str(caught.value).startswith(why)


def test_a_url_of_another_platform_is_named_as_such() -> None:
    with pytest.raises(Mistake, match="is not an account of slideshare: it is an address of twitter"):
        identify("https://twitter.com/Exampleton", "slideshare")


def test_a_platform_of_many_hosts_gives_way_to_one_that_knows_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    anywhere = r"(?P<server>[a-z.-]+)/@(?P<handle>\w+)"
    one = Handles((), urls=(r"one\.example/@(?P<handle>\w+)",), forms=("https://one.example/@city",))
    made_up = {
        "many": Platform("many", "Many", Handles((), urls=(anywhere,)), federated=True),
        "one": Platform("one", "One", one, hosts={"api": "https://www.one-api.example"}),
    }
    monkeypatch.setattr(platforms, "slugs", lambda: tuple(made_up))
    monkeypatch.setattr(platforms, "platform", made_up.__getitem__)
    assert identify("https://one.example/@city") == Named("one", "city")
    assert identify("https://other.example/@city") == Named("many", "city@other.example")
    assert identify("https://another-one.example/@city") == Named("many", "city@another-one.example")
    for taken in ("https://api.one.example/@city", "https://one-api.example/@city"):
        with pytest.raises(Mistake, match="is an address of One, but of no account there"):
            identify(taken)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("https://vimeo.com/users/12345", "Vimeo"),
        ("https://www.tiktok.com/@nasa-gov", "TikTok"),
        ("https://us.tiktok.com/@nasa", "TikTok"),
        ("https://open.tiktokapis.com/@nasa", "TikTok"),
        ("https://www.instagram.com/@abc-def", "Instagram"),
        ("https://twitter.com/@waytoolonghandlename123456", "X (formerly Twitter)"),
        ("https://api.twitter.com/users/nasa", "X (formerly Twitter)"),
        ("https://www.linkedin.com/users/nasa", "LinkedIn"),
        ("https://www.reddit.com/users/nasa", "Reddit"),
        ("https://t.me/@abc", "Telegram"),
        ("https://bsky.app/@nasa", "Bluesky"),
        ("https://blog.medium.com/@nasa", "Medium"),
        ("https://m.threads.net/@nasa", "Threads"),
        ("https://story.snapchat.com/@nasa", "Counted by hand"),
    ],
)
def test_an_address_on_the_host_of_a_platform_is_nobody_elses(text: str, owner: str) -> None:
    with pytest.raises(Mistake) as caught:
        identify(text)
    assert str(caught.value) == f"{text!r} is an address of {owner}, but of no account there"


@pytest.mark.parametrize(
    "text", ["jane.doe@energy.gov", "press@energy.gov", "mailto:press@energy.gov", "a@threads.net"]
)
def test_an_e_mail_address_is_no_account(text: str) -> None:
    with pytest.raises(Mistake, match=f"'{text}' looks like an e-mail address: if it is an account, write which"):
        identify(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@nasa@mastodon.social", Named("mastodon", "nasa@mastodon.social")),
        ("@nasa@threads.net", Named("threads", "nasa")),
        ("@nasa.bsky.social", Named("bluesky", "nasa.bsky.social")),
        ("r/energy", Named("reddit", "r/energy")),
        ("company/energy", Named("linkedin", "energy")),
        ("37916456@N02", Named("flickr", "37916456@N02", {"nsid": "37916456@N02"})),
    ],
)
def test_a_form_that_only_one_platform_has_says_which_it_is(text: str, meant: Named) -> None:
    assert identify(text) == meant


def test_a_form_of_two_platforms_says_of_which() -> None:
    with pytest.raises(Mistake, match="'user/energy' could be on reddit, youtube: write which platform"):
        identify("user/energy")


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
        ("google plus", "google"),
        ("Google+ (closed)", "google"),
        ("X (formerly Twitter)", "twitter"),
        ("Tik Tok", "tiktok"),
        ("You Tube", "youtube"),
        ("Linked-In", "linkedin"),
        ("Counted by hand", "manual"),
    ],
)
def test_platforms_go_by_several_names(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize("name", ["WhatsApp", "Nextdoor", "Snapchat", "Apple Podcasts"])
def test_who_names_what_is_counted_by_hand_is_told_so(name: str) -> None:
    with pytest.raises(Mistake, match=rf"there is no platform called '{name}' \(.* counted by hand: write manual\)"):
        slug_of(name)


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
