"""Events that cannot be: each is named with its day and what to do."""

from datetime import date

import pytest

from gongkai import law
from gongkai.law.tests.test_clock import clock, day

SENT, RECEIVED = "third-party-sent", "third-party-received"
OPINION = "third-party-opinion"
HISTORIES = [
    # (events from 2025-03-03 on, which is to blame, what is wrong)
    (["corrected:2025-03-05"], "corrected", "without_begin"),
    ([f"{OPINION}:2025-03-05"], OPINION, "without_begin"),
    ([f"{RECEIVED}:2025-03-05"], RECEIVED, "without_begin"),
    (["organ-opinion:2025-03-05"], "organ-opinion", "without_begin"),
    (["fee-paid:2025-03-05"], "fee-paid", "without_begin"),
    # the opinion before the dispatch
    ([f"{SENT}:2025-03-06", f"{OPINION}:2025-03-05"], OPINION, "without_begin"),
    ([f"{SENT}:2025-02-28"], SENT, "before_receipt"),
    ([f"{SENT}:2025-03-05", f"{SENT}:2025-03-06"], SENT, "twice"),
    (
        [f"{SENT}:2025-03-05", f"{RECEIVED}:2025-03-06", f"{RECEIVED}:2025-03-07"],
        RECEIVED,
        "twice",
    ),
    (
        [f"{SENT}:2025-03-05", f"{OPINION}:2025-03-06", f"{OPINION}:2025-03-07"],
        OPINION,
        "twice",
    ),
    (
        [f"{SENT}:2025-03-05", f"{OPINION}:2025-03-06", f"{RECEIVED}:2025-03-07"],
        RECEIVED,
        "after_answer",
    ),
    # Art. 30: one single correction notice
    (
        ["correction-notice:2025-03-05", "correction-notice:2025-03-06"],
        "correction-notice",
        "twice",
    ),
    (
        [
            "correction-notice:2025-03-05",
            "corrected:2025-03-06",
            "correction-notice:2025-03-07",
        ],
        "correction-notice",
        "twice",
    ),
    (
        [
            "correction-notice:2025-03-05",
            "corrected:2025-03-06",
            "corrected:2025-03-07",
        ],
        "corrected",
        "twice",
    ),
    # Art. 33: once, at most 20 working days, before the term ends
    (["extension:2025-03-05:5", "extension:2025-03-06:5"], "extension", "twice"),
    (["extension:2025-03-05:21"], "extension", "days_out_of_range"),
    (["extension:2025-03-05:0"], "extension", "days_out_of_range"),
    (["extension:2025-03-05"], "extension", "no_days"),
    (["extension:2025-04-01:5"], "extension", "extension_after_term"),
    ([f"{SENT}:2025-03-05:3"], SENT, "needless_days"),
    (["reply:2025-03-05"], "reply", "unknown_kind"),
    (["corrected:3025-03-05"], "corrected", "date_out_of_range"),
]


@pytest.mark.parametrize(("events", "kind", "code"), HISTORIES)
def test_a_history_that_cannot_be(events: list[str], kind: str, code: str) -> None:
    with pytest.raises(law.BadHistory) as caught:
        clock("2025-03-03", *events)
    problem = caught.value
    assert (problem.field, problem.code) == (kind, code)
    for language, mark in (("zh-hans", "请"), ("en", ". ")):
        said = problem.words(language)
        assert said.startswith(f"{kind} {problem.value}")
        assert mark in said
    assert str(problem) == problem.words("zh-hans")


@pytest.mark.parametrize(
    "events",
    [
        ["fee-notice:2018-03-05"],
        ["organ-sent:2018-03-05"],
    ],
)
def test_the_text_of_2007_knows_no_such_event(events: list[str]) -> None:
    with pytest.raises(law.BadHistory, match="correction-notice"):
        clock("2018-03-01", *events, regime="2008")


def test_an_extension_of_2008_is_shorter() -> None:
    with pytest.raises(law.BadHistory, match="1 到 15"):
        clock("2018-03-01", "extension:2018-03-05:16", regime="2008")


def test_no_fee_before_its_rules_were_in_force() -> None:
    with pytest.raises(law.BadHistory, match="2021-01-01"):
        clock("2020-12-31", "fee-notice:2021-01-04")
    assert clock("2021-01-01", "fee-notice:2021-01-04").state == "stopped"


def test_confirmed_before_received() -> None:
    with pytest.raises(law.BadHistory, match="2025-03-03"):
        clock("2025-03-03", channel="letter", confirmed="2025-03-02")


def test_a_channel_that_is_not_confirmed() -> None:
    with pytest.raises(law.BadHistory, match="当面提交"):
        clock("2025-03-03", confirmed="2025-03-03")


def test_no_event_before_the_clock_runs() -> None:
    with pytest.raises(law.BadHistory, match="确认"):
        clock("2025-03-03", f"{SENT}:2025-03-04", channel="letter")


def test_an_event_before_the_day_of_confirmation() -> None:
    with pytest.raises(law.BadHistory, match="2025-03-05"):
        clock(
            "2025-03-03", f"{SENT}:2025-03-04", channel="letter", confirmed="2025-03-05"
        )


@pytest.mark.parametrize("received", ["1989-12-31", "9999-12-31", "0001-01-01"])
def test_a_day_that_cannot_be_counted_from(received: str) -> None:
    with pytest.raises(law.BadHistory, match="1990-01-01"):
        clock(received)


def test_the_last_day_of_all_can_be_counted_from() -> None:
    assert clock("2999-12-31").due_on


def test_a_channel_that_is_not_known() -> None:
    with pytest.raises(law.UnknownChannel, match="in_person"):
        clock("2025-03-03", channel="pigeon")


@pytest.mark.parametrize(
    ("kind", "until"),
    [("correction-notice", "2025-03-04"), ("fee-notice", "2025-03-30")],
)
def test_a_day_for_the_applicant_that_cannot_be(kind: str, until: str) -> None:
    event = law.Event(kind, date(2025, 3, 5), until=day(until))
    with pytest.raises(law.BadHistory, match=until):
        law.compute(
            law.regime("2019"),
            "in_person",
            date(2025, 3, 3),
            [event],
            law.standard_calendar(),
        )
