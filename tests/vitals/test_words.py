"""The words of health: each has its meaning, and what is documented of the API and of the file is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import msgspec
import pytest

from headcount.measure.health import Health
from headcount.publish.outputs.health import HealthShape
from headcount.serve.wellness import Healths
from headcount.vitals.signs import Working
from headcount.vitals.words import MEANING, OF_JOB, OF_PLATFORM, OF_TARGET, explained


@pytest.mark.parametrize(
    ("meanings", "words"),
    [(MEANING, Health), (OF_PLATFORM, Working), (OF_JOB, Working), (OF_TARGET, Working)],
    ids=["account", "platform", "job", "target"],
)
def test_every_word_has_a_meaning_in_the_order_of_the_words(meanings: Mapping[str, str], words: object) -> None:
    assert tuple(meanings) == get_args(words)


@pytest.mark.parametrize("document", [HealthShape, Healths])
def test_file_and_api_explain_every_word_alike(document: type) -> None:
    described = msgspec.json.encode(msgspec.json.schema(document)).decode()
    assert all(explained(meanings) in described for meanings in (MEANING, OF_PLATFORM, OF_JOB, OF_TARGET))
