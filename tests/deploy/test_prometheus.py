"""What is shipped for Prometheus and Grafana: alerts.yml, alerts.test.yml and headcount.json, with Prometheus's own tool."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from tests.deploy.webservers import DEPLOY
from tests.metrics.conftest import text, troubled
from tests.metrics.prometheus import promtool

__all__ = ["text", "troubled"]

ALERTS, TESTS = DEPLOY / "prometheus" / "alerts.yml", DEPLOY / "prometheus" / "alerts.test.yml"
DASHBOARD = json.loads((DEPLOY / "grafana" / "headcount.json").read_text())
NAME = re.compile(r"\bheadcount_[a-z_]+\b")
VARIABLES = {"$platform": "twitter|youtube", "$account": ".*"}
SEVERITIES = {"critical", "warning"}


def document(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(path.read_text())
    return found


RULES: dict[str, dict[str, Any]] = {rule["alert"]: rule for rule in document(ALERTS)["groups"][0]["rules"]}
TRIALS: list[dict[str, Any]] = document(TESTS)["tests"]


def written(folder: Path, rules: list[dict[str, Any]]) -> Path:
    """A file of rules."""
    folder.mkdir(exist_ok=True)
    path = folder / "alerts.yml"
    path.write_text(json.dumps({"groups": [{"name": "tried", "rules": rules}]}))
    return path


def tried(folder: Path, rule: dict[str, Any]) -> int:
    """Prometheus's verdict on one rule, by its own trials: 0 where it is good."""
    written(folder, [rule])
    trials = [each for each in TRIALS if each["name"].startswith(f"{rule['alert']}:")]
    test = folder / "alerts.test.yml"
    test.write_text(json.dumps({**document(TESTS), "tests": trials}))
    return promtool("test", "rules", str(test))[0]


def expressions() -> Iterator[tuple[str, str]]:
    """Every question that the dashboard puts, with the title of its panel."""
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            question = target["expr"]
            for name, value in VARIABLES.items():
                question = question.replace(name, value)
            yield panel["title"], question


def names(text: bytes) -> dict[str, set[str]]:
    """The names of the figures that there are, each with its labels."""
    families = text_string_to_metric_families(text.decode())
    samples = [sample for family in families for sample in family.samples]
    return {
        name: {label for each in samples if each.name == name for label in each.labels}
        for name in {each.name for each in samples}
    }


def unknown(question: str, known: dict[str, set[str]]) -> list[str]:
    """The names and labels in a question that we do not have."""
    asked = set(NAME.findall(question))
    labels = set().union(*(known.get(name, set()) for name in asked))
    grouped = [
        label.strip() for some in re.findall(r"(?:by|without) \(([^)]*)\)", question) for label in some.split(",")
    ]
    matched = re.findall(r"[{,] ?(\w+)=~?\"", question)
    return [*sorted(asked - known.keys()), *(label for label in (*grouped, *matched) if label not in labels)]


def test_prometheus_takes_the_rules() -> None:
    status, said = promtool("check", "rules", str(ALERTS))
    assert (status, f"SUCCESS: {len(RULES)} rules found" in said) == (0, True), said


def test_a_broken_rule_is_caught(tmp_path: Path) -> None:
    rule = {**RULES["HeadcountAbsent"], "expr": "absent(headcount_figures_timestamp_seconds"}
    assert promtool("check", "rules", str(written(tmp_path, [rule])))[0] != 0


def test_each_rule_speaks_up_when_it_should_and_only_then() -> None:
    status, said = promtool("test", "rules", str(TESTS))
    assert (status, "SUCCESS" in said) == (0, True), said


@pytest.mark.parametrize("alert", RULES)
def test_each_rule_is_tried_both_ways(alert: str) -> None:
    trials = [trial for each in TRIALS for trial in each["alert_rule_test"] if trial["alertname"] == alert]
    assert {bool(trial["exp_alerts"]) for trial in trials} == {True, False}


@pytest.mark.parametrize("alert", RULES)
def test_a_rule_that_never_or_always_speaks_up_or_says_something_else_is_caught(tmp_path: Path, alert: str) -> None:
    rule = RULES[alert]
    assert tried(tmp_path / "good", rule) == 0
    assert tried(tmp_path / "never", {**rule, "expr": f"({rule['expr']}) > 1e99"}) != 0
    assert tried(tmp_path / "always", {**rule, "expr": "vector(1)", "for": "0s"}) != 0
    assert tried(tmp_path / "else", {**rule, "annotations": {**rule["annotations"], "todo": "Wait."}}) != 0


@pytest.mark.parametrize("alert", RULES)
def test_each_alert_says_what_is_the_matter_and_what_to_do(alert: str) -> None:
    rule = RULES[alert]
    assert rule["labels"]["severity"] in SEVERITIES
    assert set(rule["annotations"]) == {"summary", "description", "todo"}


@pytest.mark.parametrize("alert", RULES)
def test_each_alert_asks_for_figures_that_there_are(text: bytes, alert: str) -> None:
    assert unknown(RULES[alert]["expr"], names(text)) == []


def test_prometheus_understands_every_question_of_the_dashboard(tmp_path: Path) -> None:
    rules = [{"record": f"panel:{place}", "expr": question} for place, (_, question) in enumerate(expressions())]
    status, said = promtool("check", "rules", str(written(tmp_path, rules)))
    assert (status, f"SUCCESS: {len(rules)} rules found" in said) == (0, True), said
    spoilt = [{**rules[0], "expr": f"{rules[0]['expr']})"}]
    assert promtool("check", "rules", str(written(tmp_path, spoilt)))[0] != 0


def test_the_dashboard_asks_for_figures_that_there_are(text: bytes) -> None:
    known = names(text)
    assert {title: found for title, question in expressions() if (found := unknown(question, known))} == {}
    asked = {name for _, question in expressions() for name in NAME.findall(question)}
    assert known.keys() - asked <= {
        "headcount_followers_counted_timestamp_seconds",
        "headcount_followers_stale_timestamp_seconds",
        "headcount_job_last_success_timestamp_seconds",
        "headcount_review_oldest_timestamp_seconds",
        "headcount_run_readings",
        "headcount_run_held",
    }


@pytest.mark.parametrize(
    "question", ["headcount_followerz", "sum by (slug) (headcount_followers)", 'headcount_followers{slug="twitter"}']
)
def test_a_figure_or_a_label_that_there_is_not_is_caught(text: bytes, question: str) -> None:
    assert unknown(question, names(text))


def test_grafana_finds_what_a_dashboard_has() -> None:
    assert {"title", "uid", "schemaVersion", "panels", "templating", "time"} <= DASHBOARD.keys()
    variables = {each["name"] for each in DASHBOARD["templating"]["list"]}
    assert variables == {"datasource", *(name.removeprefix("$") for name in VARIABLES)}
    for panel in DASHBOARD["panels"]:
        assert {"id", "type", "title", "description", "gridPos", "targets", "fieldConfig"} <= panel.keys()
        assert {each["datasource"]["uid"] for each in panel["targets"]} == {"${datasource}"}
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def test_no_panel_lies_over_another() -> None:
    cells: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        own = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not own & cells, panel["title"]
        assert max(x for x, _ in own) < 24
        cells |= own
