"""The Graph API's errors, batches, usage and proof, as Facebook and Instagram use them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from headcount.model import Count, Miss, Reason
from headcount.net.message import Allowance, Get, Post, Reply
from headcount.platforms import platform
from headcount.platforms.kit import graph, graph_errors, graph_usage
from headcount.platforms.kit.contract import Refusal
from tests.platforms.graph_tables import Said, ask, by_handle, contradictions, failed, part, refused, words
from tests.platforms.replaying import AT, account, rehearse, replay, reply, truths, way
from tests.platforms.table import Expected, Row, Table
from tests.platforms.tables import facebook, instagram

HOUR, SOON = timedelta(hours=1), timedelta(seconds=2)


def page(name: str, followers: int) -> dict[str, object]:
    return part({"id": str(1000 + followers), "username": name, "followers_count": followers})


def verdict(envelope: dict[str, object], **headers: str) -> Refusal:
    found = graph_errors.judged(reply(envelope, 400, **headers))
    assert found
    return found


@pytest.mark.parametrize(
    ("codes", "reason", "scope", "again"),
    [
        *[
            ([(190, sub)], "bad_credentials", "credential", None)
            for sub in (None, 458, 459, 460, 463, 464, 466, 467, 492, 493, 9)
        ],
        ([(102, None), (102, 463), (104, None)], "bad_credentials", "credential", None),
        ([(4, None), (17, None), (32, None), (613, None), (4, 1349193)], "rate_limited", "credential", HOUR),
        ([(code, None) for code in range(80000, 80010)], "rate_limited", "credential", HOUR),
        ([(10, None), (200, None), (230, None), (299, None)], "missing_permission", "batch", None),
        ([(1, None), (2, None), (2, 99)], "unreachable", "batch", SOON),
        ([(100, 33), (803, None), (110, 2207013)], "not_found", "batch", None),
        ([(368, None), (368, 1390008)], "blocked", "credential", None),
        (
            [(2500, None), (100, None), (110, None), (300, None), (9, None), (80010, None), (-1, 0)],
            "shape_changed",
            "batch",
            None,
        ),
    ],
)
def test_an_error_is_known_by_its_codes(
    codes: list[tuple[int, int | None]], reason: Reason, scope: str, again: timedelta | None
) -> None:
    for code, subcode in codes:
        for kind in ("OAuthException", "IGApiException"):
            found = verdict(failed(code, subcode, type=kind))
            assert (found.reason, found.scope, found.again) == (reason, scope, again), (code, subcode)
            assert str(code) in found.detail


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"type": "GraphMethodException"}, "not_found"),
        ({"message": "(#100) Missing the 'Page Public Content Access' feature"}, "missing_permission"),
        ({"message": "(#100) requires the 'pages_read_engagement' permission"}, "missing_permission"),
        ({"message": "(#100) needs either app secret proof or an app token"}, "missing_permission"),
        ({"message": "(#100) API calls require an appsecret_proof argument"}, "missing_permission"),
        ({"message": "(#100) Tried accessing nonexisting field"}, "shape_changed"),
    ],
)
def test_what_code_100_lacks_is_told_by_its_english_words(more: dict[str, object], reason: Reason) -> None:
    assert verdict(failed(100, **more)).reason == reason


def test_an_unknown_error_that_passes_is_tried_again() -> None:
    assert verdict(failed(9999, is_transient=True)) == Refusal(
        "unreachable", "Graph error 9999: trouble of Meta's own, which passes", again=SOON
    )


def test_a_limit_that_passes_is_still_a_limit() -> None:
    assert verdict(failed(17, is_transient=True)).reason == "rate_limited"


@pytest.mark.parametrize(
    ("subcode", "why"), [(463, "expired"), (460, "password"), (467, "logged out"), (458, "removed"), (493, "90 days")]
)
def test_a_dead_token_is_said_to_have_died_of_something(subcode: int, why: str) -> None:
    assert why in verdict(failed(190, subcode)).detail


def test_no_detail_quotes_the_message_which_may_quote_the_token() -> None:
    for code in (190, 104, 100, 803, 4, 2500):
        assert "EAAB" not in verdict(failed(code, message="Malformed access token EAABsecret")).detail


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (400, "<html><center>nginx</center></html>", "shape_changed"),
        (502, "<html>Bad Gateway</html>", "unreachable"),
        (503, "", "unreachable"),
        (429, "", "rate_limited"),
        (200, "", "shape_changed"),
        (200, "null", "shape_changed"),
        (200, "{}", "shape_changed"),
        (200, '{"error": "no"}', "shape_changed"),
        (200, '{"error": {"message": "no code"}}', "shape_changed"),
        (200, "[]", "shape_changed"),
        (200, json.dumps([page("a", 1)]), "shape_changed"),
        (200, json.dumps([page("a", 1)] * 3), "shape_changed"),
        (400, json.dumps(failed(190, 463)), "bad_credentials"),
        (200, json.dumps(failed(190, 463)), "bad_credentials"),
        (403, json.dumps(failed(4)), "rate_limited"),
        (500, json.dumps(failed(2, is_transient=True)), "unreachable"),
        (400, json.dumps(failed(10)), "missing_permission"),
        (400, json.dumps(failed(100, 33)), "shape_changed"),
    ],
)
def test_an_answer_that_is_no_batch_is_a_refusal_for_all(status: int, body: str, reason: Reason) -> None:
    assert by_handle(ask("facebook", ["a", "b"], body, status=status).said) == {"a": reason, "b": reason}


def test_a_batch_asks_for_each_in_order_and_counts_as_many_calls() -> None:
    (request,) = ask("facebook", ["a", "b"], [page("a", 1), page("b", 2)], version="v99.0").requests
    assert isinstance(request, Post)
    assert (request.url, request.calls, request.form["include_headers"]) == ("{api}/v99.0/", 2, "true")
    assert json.loads(request.form["batch"]) == [
        {"method": "GET", "relative_url": f"{name}?fields=id,username,followers_count,fan_count"} for name in "ab"
    ]


def test_a_dead_token_in_one_part_keeps_the_good_parts_and_ends_the_rest() -> None:
    replayed = ask("facebook", ["a", "b", "c", "d"], [refused(190, 463), page("b", 2), None, page("d", 4)])
    assert by_handle(replayed.said) == {
        "a": "bad_credentials", "b": ("followers", 2, 1), "c": "bad_credentials", "d": ("followers", 4, 1)
    }  # fmt: skip
    assert [refusal.scope for refusal in replayed.refusals] == ["credential"]
    assert len(replayed.requests) == 1


def test_a_part_that_meta_did_not_get_to_is_asked_once_more_and_alone() -> None:
    replayed = ask("facebook", ["a", "b", "c"], [None, page("b", 2), refused(2)], [page("a", 1), page("c", 3)])
    assert by_handle(replayed.said) == {name: ("followers", number, 1) for number, name in enumerate("abc", 1)}
    again = replayed.requests[1]
    assert isinstance(again, Post)
    assert [call["relative_url"][0] for call in json.loads(again.form["batch"])] == ["a", "c"]
    assert again.calls == 2


def test_a_part_that_meta_never_gets_to_is_unreachable_not_absent() -> None:
    replayed = ask("facebook", ["a", "b"], [None, page("b", 2)], [None])
    assert by_handle(replayed.said) == {"a": "unreachable", "b": ("followers", 2, 1)}
    assert len(replayed.requests) == 2


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (refused(803), "not_found"),
        (refused(100, 33), "not_found"),
        (refused(10), "missing_permission"),
        (refused(2500), "shape_changed"),
        (part("not JSON"), "shape_changed"),
        (part("false"), "shape_changed"),
        (part([]), "shape_changed"),
        (part({}), "shape_changed"),
        (part("<html>", 400), "shape_changed"),
        ({"code": 200}, "shape_changed"),
        ({"code": 200, "body": {"id": "1"}}, "shape_changed"),
        ({"code": "200", "body": "{}"}, "shape_changed"),
        (7, "shape_changed"),
        (part('{"id": "1", "followers_count": true}'), "shape_changed"),
        (part('{"id": "1", "followers_count": -5}'), "shape_changed"),
        (part('{"id": "1", "followers_count": 1e3}'), "shape_changed"),
        (part('{"id": "1", "followers_count": NaN}'), "shape_changed"),
        (part('{"id": "1", "followers_count": "5"}'), "shape_changed"),
        (part('{"id": "1", "followers_count": 5, "followers_count": 6}'), "shape_changed"),
        (part('{"id": "1", "followers_count": 99999999999999}'), "shape_changed"),
        (part('{"id": "1", "followers_count": null}'), "shape_changed"),
        (part('{"id": 1, "followers_count": 5}'), "shape_changed"),
        (part("[" * 100_000), "shape_changed"),
        (part('{"id": "\ud800", "followers_count": 5}'), "shape_changed"),
    ],
)
def test_a_bad_part_costs_its_own_account_only(bad: object, reason: Reason) -> None:
    replayed = ask("facebook", ["a", "b", "c"], json.dumps([page("a", 1), bad, page("c", 3)]))
    assert by_handle(replayed.said) == {"a": ("followers", 1, 1), "b": reason, "c": ("followers", 3, 1)}
    assert not any(said.final for said in replayed.said if isinstance(said, Miss))


def test_the_token_goes_into_the_form_of_a_batch_with_the_proof_of_the_secret() -> None:
    secrets = {"token": "the-token", "app_secret": "the-secret", "app_id": "1"}
    proof = "f5b09c8acdb18571cae3e66edf0f48355330da5a725eb5361f27207a386398f0"
    signed = graph.sign(Post("{api}/v25.0/", form={"batch": "[]"}), secrets)
    assert signed == Post("{api}/v25.0/", form={"batch": "[]", "access_token": "the-token", "appsecret_proof": proof})
    assert graph.sign(Get("{api}/me", {"fields": "id"}), secrets) == Get(
        "{api}/me", {"fields": "id", "appsecret_proof": proof}, {"authorization": "Bearer the-token"}
    )


def test_without_the_secret_there_is_no_proof() -> None:
    assert graph.sign(Post("{api}/"), {"token": "t"}) == Post("{api}/", form={"access_token": "t"})


@pytest.mark.parametrize(
    ("headers", "left"),
    [
        ({}, None),
        ({"x_app_usage": '{"call_count":28,"total_time":25,"total_cputime":25}'}, None),
        ({"x_app_usage": '{"call_count":74}'}, None),
        ({"x_app_usage": '{"call_count":75}'}, Allowance(remaining=50)),
        ({"x_app_usage": '{"call_count":1,"total_cputime":90.0}'}, Allowance(remaining=20)),
        ({"x_page_usage": '{"total_time":99}'}, Allowance(remaining=2)),
        ({"x_app_usage": '{"call_count":100}'}, Allowance(shut_until=AT + HOUR)),
        ({"x_app_usage": '{"call_count":250}'}, Allowance(shut_until=AT + HOUR)),
        (
            {
                "x_business_use_case_usage": '{"9":[{"type":"pages","call_count":100,"estimated_time_to_regain_access":10}]}'
            },
            Allowance(shut_until=AT + timedelta(minutes=10)),
        ),
        (
            {"x_business_use_case_usage": '{"9":[{"call_count":3}],"8":[{"estimated_time_to_regain_access":5e9}]}'},
            Allowance(shut_until=AT + timedelta(days=1)),
        ),
        ({"x_business_use_case_usage": '{"9":[]}'}, None),
        ({"x_business_use_case_usage": "[]", "x_app_usage": "nonsense", "x_page_usage": '{"call_count":"100"}'}, None),
        ({"x_app_usage": '{"call_count":1e999}'}, None),
    ],
)
def test_usage_slows_us_down_from_three_quarters_and_shuts_when_full(
    headers: dict[str, str], left: Allowance | None
) -> None:
    assert graph_usage.allowance(reply([], 200, **headers)) == left


def test_a_limit_lasts_as_long_as_meta_estimates() -> None:
    usage = '{"9":[{"type":"instagram","call_count":100,"estimated_time_to_regain_access":17}]}'
    assert verdict(failed(80002), x_business_use_case_usage=usage).again == timedelta(minutes=17)


def test_the_recorded_usage_header_is_read(recordings: Path) -> None:
    value = (recordings / "facebook" / "header_x_business_use_case_usage.json").read_text(encoding="utf-8")
    said = graph_usage.allowance(Reply(200, {"x-business-use-case-usage": value}, b"[]", AT))
    assert said == Allowance(shut_until=AT + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("truth", "said", "caught"),
    [
        ("214507731", ("likes", 214507731, 1), False),
        ("214507731", ("likes", 214507732, 1), True),
        ("46383825 exact; og text says 46.3m", ("followers", 46_300_000, 100_000), False),
        ("46383825 exact; og text says 46.3m", ("followers", 46_900_000, 100_000), True),
        ("no count: login wall", "blocked", False),
        ("none", "rate_limited", False),
        ("2362", "not_found", True),
    ],
)
def test_a_row_that_contradicts_the_index_is_caught(truth: str, said: Said, caught: bool) -> None:
    assert contradictions(truth, [said]) == ([said] if caught else [])


@pytest.mark.parametrize("table", [facebook.TABLE, instagram.TABLE], ids=["facebook", "instagram"])
def test_no_row_about_a_recorded_file_contradicts_the_index(recordings: Path, table: Table) -> None:
    truth = truths(recordings, table.folder)
    said = {file: [each for row in rows for each in outcomes(row.expected)] for file, rows in table.recorded.items()}
    assert {file: bad for file, each in said.items() if (bad := contradictions(truth[file], each))} == {}


def outcomes(expected: Expected) -> list[Said]:
    if isinstance(expected, str):
        return [expected]
    counts = {"followers": expected} if isinstance(expected, Count) else expected
    return [(metric, count.value, count.granularity) for metric, count in counts.items()]


ALONE = [
    (slug, row)
    for slug, table in (("facebook", facebook.TABLE), ("instagram", instagram.TABLE))
    for row in table.rows
    if row.source == "api" and len(row.replies) == 1
]


@pytest.mark.parametrize(("slug", "row"), ALONE, ids=[f"{slug}: {row.what}" for slug, row in ALONE])
def test_what_is_said_of_an_account_alone_is_said_of_it_in_a_batch(slug: str, row: Row) -> None:
    table = {"facebook": facebook.TABLE, "instagram": instagram.TABLE}[slug]
    handle, options = row.handle or table.handle, {**platform(slug).options, **table.options, **row.options}
    alone = replay(slug, "api", handle, *row.replies, ids=row.ids, options=options)
    some = [account(slug, handle, **row.ids), account(slug, "somebody_else")]
    whole = reply(row.replies[0])
    answers = [part(whole.body.decode(), whole.status), None]
    batch = rehearse(way(slug, "api"), some, answers, answers[:1] * 2, options=options)
    assert words(each for each in batch.said if each.account == some[0]) == words(alone)
