"""A channel's URL, as Apprise understands it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from apprise import Apprise, AppriseAsset, AppriseAttachment, NotifyFormat, NotifyType
from apprise.attachment.memory import AttachMemory
from apprise.conversion import convert_between
from apprise.plugins.base import NotifyBase
from apprise.result import AppriseResult

from headcount.watch.letter import Letter, Tone

WEB = (80, 443)

CONVERT = "convert_between"
"""By that name the modules of Apprise know what makes plain words of a page."""

MAIL = frozenset(
    {
        "mailto", "mailtos", "azure", "o365", "brevo", "mailgun", "postmark", "resend", "sendgrid", "ses", "smtp2go",
        "sparkpost",
    }
)  # fmt: skip
"""Schemes whose letters are mail, and may be pages with pictures."""

_KINDS: dict[Tone, NotifyType] = {
    "over": NotifyType.SUCCESS,
    "urgent": NotifyType.FAILURE,
    "warning": NotifyType.WARNING,
    "notice": NotifyType.INFO,
}


class Service:
    """One channel. It waits neither for a connection nor for an answer for longer than its share of `seconds`."""

    def __init__(self, plugin: NotifyBase, *, is_mail: bool, seconds: float) -> None:
        self._plugin, self._is_mail = plugin, is_mail
        plugin.socket_connect_timeout = min(plugin.socket_connect_timeout, 0.4 * seconds)
        plugin.socket_read_timeout = min(plugin.socket_read_timeout, 0.4 * seconds)
        plugin.request_rate_per_sec = min(plugin.request_rate_per_sec, 0.1 * seconds)

    def hosts(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Each host that the URL names, or would if it were none but a token, with its ports."""
        declared = self._plugin.template_tokens.get("port", {}).get("default")
        ports = tuple(filter(None, (self._plugin.port or declared,))) or WEB
        for host in (self._plugin.host, getattr(self._plugin, "smtp_host", None)):
            if host:
                yield host.strip("[]"), ports

    def send(self, letter: Letter) -> AppriseResult:
        """Send a letter: as a page where it is one and the channel is mail, and in plain words elsewhere."""
        is_page = bool(letter.html) and self._is_mail
        if is_page and hasattr(self._plugin, "inline"):
            self._plugin.inline = True
        with _in_plain_words(self._plugin, letter.text) if is_page else nullcontext():
            return Apprise(self._plugin, asset=self._plugin.asset).notify(
                body=letter.html if is_page else letter.text,
                title=letter.title,
                notify_type=_KINDS[letter.tone],
                body_format=NotifyFormat.HTML if is_page else NotifyFormat.TEXT,
                attach=_pictures(letter) if is_page and letter.pictures else None,
            )


@contextmanager
def _in_plain_words(plugin: NotifyBase, text: str) -> Iterator[None]:
    """Apprise makes the plain part of a mail out of its page, a line a cell of every table; ours is written, and is put there."""
    names = vars(sys.modules[type(plugin).__module__])
    made = names.get(CONVERT, convert_between)
    names[CONVERT] = lambda source, target, *body: text if target == NotifyFormat.TEXT else made(source, target, *body)
    try:
        yield
    finally:
        names[CONVERT] = made


def understood(url: str, seconds: float) -> Service | None:
    """The channel; None where Apprise understands nothing of its URL: then it has logged why.

    Redirects are not followed, unless the URL says so: whoever is told should be named.
    """
    asset = AppriseAsset(
        app_id="headcount",
        app_desc="headcount",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        http_redirects=False,
        service_timeout=0.8 * seconds,
    )
    plugin = Apprise.instantiate(url, asset=asset)
    return Service(plugin, is_mail=_scheme(url) in MAIL, seconds=seconds) if plugin else None


def _scheme(url: str) -> str:
    return url.partition("://")[0].strip().lower()


def _pictures(letter: Letter) -> AppriseAttachment:
    """Each under the name by which the page shows it."""
    pictures = AppriseAttachment()
    for name, png in letter.pictures.items():
        pictures.add(AttachMemory(content=png, name=name, mimetype="image/png"))  # type: ignore[no-untyped-call] # Apprise's own has no types
    return pictures
