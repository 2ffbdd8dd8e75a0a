"""A profile's page on Pinterest: the state that it embeds, and the places where the objects of people stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.errors import ShapeChanged
from headcount.net.message import Reply
from headcount.platforms.kit import embedded
from headcount.platforms.kit.contract import Spoilt
from headcount.platforms.kit.wire import Json, decode, find, heard

SCRIPTS = ('id="__PWS_INITIAL_PROPS__"', 'id="__PWS_DATA__"', 'id="initial-state"')
"""What marks the scripts that hold a state, this year's first."""


def people(reply: Reply) -> Iterator[object | Spoilt]:
    """The objects of people, whoever they are; the same may stand there more than once.

    Raises:
        ShapeChanged: where a page, which says that it is somebody's, embeds no state.
    """
    for state in _states(reply):
        yield from [state] if isinstance(state, Spoilt) else _people(state)


def _states(reply: Reply) -> Iterator[Json | Spoilt]:
    """Everything that the page hands to its program; programs of the site are answered with nothing else."""
    if reply.body.lstrip().startswith(b"{"):
        yield decode(reply.body, Json)
        return
    texts = (text for marker in SCRIPTS if (text := embedded.script(reply.body, marker)))
    states = [heard(text, Json) or Spoilt("a state that cannot be read") for text in texts]
    if reply.status not in (404, 410) and not (states and reply.status == 200):
        raise ShapeChanged(f"a page without its state (HTTP {reply.status})")
    yield from states


def _people(state: Json) -> Iterator[object]:
    """The objects of people, in every place where a state of this or an earlier year has them."""
    for path in ("initialReduxState.users", "props.initialReduxState.users"):
        yield from (find(state, path, Json) or {}).values()
    for path in ("UserResource", "resources.data.UserResource", "initialReduxState.resources.UserResource"):
        answers = (find(state, path, Json) or {}).values()
        yield from (answer["data"] for answer in answers if isinstance(answer, dict) and "data" in answer)
    for path in ("resourceResponses.0.response.data.user", "resource_response.data"):
        if person := find(state, path, Json):
            yield person
