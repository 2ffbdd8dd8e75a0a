"""The page about Prometheus says what there is, and what it has people write is understood."""

from __future__ import annotations

import re
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from headcount.settings import load
from tests.metrics.prometheus import promtool

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "how-to" / "monitor-with-prometheus.md").read_text()
ROW = re.compile(r"^\| `(headcount_\w+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)


def test_every_figure_stands_there_with_its_labels_and_what_it_says(text: bytes) -> None:
    found = {name: (set(re.findall(r"`(\w+)`", labels)), says) for name, labels, says in ROW.findall(PAGE)}
    families = list(text_string_to_metric_families(text.decode()))
    there = {
        each.name: ({label for sample in each.samples for label in sample.labels}, each.documentation.rstrip("."))
        for each in families
    }
    assert found == there


def block(kind: str) -> str:
    (found,) = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_the_configuration_of_prometheus_is_good(tmp_path: Path) -> None:
    for name, text in {
        "good": block("yaml"),
        "bad": block("yaml").replace("scrape_interval", "scrape_intervall"),
    }.items():
        (tmp_path / f"{name}.yml").write_text(text)
    assert promtool("check", "config", "--syntax-only", str(tmp_path / "good.yml"))[0] == 0
    assert promtool("check", "config", "--syntax-only", str(tmp_path / "bad.yml"))[0] != 0


def test_the_setting_is_one_that_headcount_knows(tmp_path: Path) -> None:
    (tmp_path / "headcount.toml").write_text('[organization]\nname = "Tests"\n' + block("toml"))
    assert load(tmp_path / "headcount.toml", {}).serve.metrics.port == 9464
