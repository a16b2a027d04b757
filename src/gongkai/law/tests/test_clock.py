"""The clock, case by case; the article beside each."""

from datetime import date
from time import process_time

import pytest

from gongkai import law

CALENDAR = law.standard_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


def event(text: str) -> law.Event:
    """`kind:date`, or `extension:date:days`."""
    kind, on, *days = text.split(":")
    return law.Event(kind, day(on), days=int(days[0]) if days else None)


def clock(
    received: str,
    *events: str,
    channel: str = "in_person",
    regime: str = "2019",
    confirmed: str = "",
    rules: law.Rules | None = None,
) -> law.Clock:
    return law.compute(
        law.regime(regime),
        channel,
        day(received),
        [event(text) for text in events],
        CALENDAR,
        day(confirmed) if confirmed else None,
        rules or law.Rules(),
    )


SENT, OPINION = "third-party-sent", "third-party-opinion"
CASES = [
    # Art. 33: 20 working days; domain.md §10
    ("2019-05-15", [], "2019-06-13"),
    ("2025-01-24", [], "2025-02-27"),
    ("2025-09-26", [], "2025-10-30"),
    ("2026-02-13", [], "2026-03-19"),
    # Art. 33: up to 20 more
    ("2019-05-15", ["extension:2019-06-13:20"], "2019-07-11"),
    ("2026-02-13", ["extension:2026-02-14:20"], "2026-04-17"),
    # Art. 33: the time of consulting is left out; domain.md §10, 清明 off
    ("2025-03-03", [f"{SENT}:2025-03-05", f"{OPINION}:2025-03-14"], "2025-04-10"),
    # Art. 32: silent for 15 working days from the third party's receipt (03-06 → 03-27)
    (
        "2025-03-03",
        [f"{SENT}:2025-03-05", "third-party-received:2025-03-06"],
        "2025-04-23",
    ),
    # Art. 32: its opinion after those 15 days does not lengthen the pause
    (
        "2025-03-03",
        [
            f"{SENT}:2025-03-05",
            "third-party-received:2025-03-06",
            f"{OPINION}:2025-04-03",
        ],
        "2025-04-23",
    ),
    # Art. 34: the co-maker likewise
    (
        "2025-03-03",
        ["organ-sent:2025-03-05", "organ-received:2025-03-06"],
        "2025-04-23",
    ),
    # Art. 33: two consultations at once are left out once
    (
        "2025-03-03",
        [
            f"{SENT}:2025-03-05",
            "organ-sent:2025-03-07",
            "organ-opinion:2025-03-12",
            f"{OPINION}:2025-03-14",
        ],
        "2025-04-10",
    ),
    # the answer of the same day leaves nothing out
    ("2025-03-03", [f"{SENT}:2025-03-05", f"{OPINION}:2025-03-05"], "2025-03-31"),
    # Art. 30: the term begins anew with the corrected request
    (
        "2025-03-03",
        ["correction-notice:2025-03-12", "corrected:2025-09-26"],
        "2025-10-30",
    ),
    # fee: anew from the day after payment [G]
    ("2025-03-03", ["fee-notice:2025-03-20", "fee-paid:2025-09-26"], "2025-10-30"),
    # of two answers the last begins the term anew
    (
        "2025-03-03",
        [
            "correction-notice:2025-03-05",
            "fee-notice:2025-03-06",
            "fee-paid:2025-03-10",
            "corrected:2025-09-26",
        ],
        "2025-10-30",
    ),
    # the extension counts in the new term, too
    (
        "2025-03-03",
        [
            "extension:2025-03-10:20",
            "fee-notice:2025-03-20",
            "fee-paid:2025-09-26",
        ],
        "2025-11-27",
    ),
    # an extension while a third party is consulted (40 working days, 7 left out)
    (
        "2025-03-03",
        [f"{SENT}:2025-03-05", "extension:2025-03-10:20", f"{OPINION}:2025-03-14"],
        "2025-05-12",
    ),
    # waiting for an answer
    ("2025-03-03", ["correction-notice:2025-03-12"], None),
    ("2025-03-03", ["fee-notice:2025-03-31"], None),
    (
        "2025-03-03",
        [
            "correction-notice:2025-03-05",
            "fee-notice:2025-03-06",
            "corrected:2025-03-07",
        ],
        None,
    ),
    ("2025-03-03", [f"{SENT}:2025-03-05"], None),
    ("2025-03-03", ["organ-sent:2025-03-28"], None),
]


@pytest.mark.parametrize(("received", "events", "due"), CASES)
def test_2019_case(received: str, events: list[str], due: str | None) -> None:
    found = clock(received, *events)
    assert found.due_on == (day(due) if due else None)
    assert due or found.state == "stopped"
    assert not found.provisional


@pytest.mark.parametrize(
    ("received", "events", "due"),
    [
        ("2018-12-28", [], "2019-01-21"),  # 2007 text, Art. 24: 15 working days
        # Saturday 2019-02-02 was worked
        ("2018-12-28", ["extension:2019-01-10:10"], "2019-02-02"),
        # Art. 24: consulting is not counted; no term for the third party
        ("2018-12-28", [f"{SENT}:2019-01-02", f"{OPINION}:2019-01-09"], "2019-01-28"),
        ("2018-12-28", [f"{SENT}:2019-01-02", "third-party-received:2019-01-03"], None),
        # no limit of days for the correction notice
        (
            "2018-03-01",
            ["correction-notice:2018-03-20", "corrected:2018-12-28"],
            "2019-01-21",
        ),
    ],
)
def test_2008_case(received: str, events: list[str], due: str | None) -> None:
    found = clock(received, *events, regime="2008")
    assert found.due_on == (day(due) if due else None)
    assert found.correction_notice_due is None


@pytest.mark.parametrize(
    ("regime", "channel", "confirmed", "zero"),
    [
        # 2019 text, Art. 31
        ("2019", "in_person", "", "2025-03-03"),
        ("2019", "signed_post", "", "2025-03-03"),
        ("2019", "letter", "2025-03-05", "2025-03-05"),
        ("2019", "letter", "", None),
        ("2019", "fax", "2025-03-04", "2025-03-04"),
        ("2019", "fax", "", None),
        ("2019", "network", "", "2025-03-03"),
        ("2019", "network", "2025-03-06", "2025-03-06"),
        ("2019", "email", "", "2025-03-03"),
        ("2019", "oral", "", "2025-03-03"),
        # letter 207 of 2015
        ("2008", "in_person", "", "2025-03-03"),
        ("2008", "signed_post", "", "2025-03-03"),
        ("2008", "letter", "2025-03-05", "2025-03-05"),
        ("2008", "letter", "", None),
        ("2008", "email", "", "2025-03-03"),
        ("2008", "network", "", "2025-03-03"),
        ("2008", "fax", "", "2025-03-03"),
        ("2008", "oral", "", "2025-03-03"),
    ],
)
def test_the_day_of_receipt_follows_the_channel(
    regime: str, channel: str, confirmed: str, zero: str | None
) -> None:
    found = clock("2025-03-03", channel=channel, regime=regime, confirmed=confirmed)
    assert found.day_zero == (day(zero) if zero else None)
    assert (found.state == "not_started") == (zero is None)
    assert (found.due_on is None) == (zero is None)
    for language in ("zh-hans", "en"):
        assert "2025-03-03" in found.explain(language)[0]


def test_an_answer_of_the_site_need_not_confirm() -> None:
    rules = law.Rules(acknowledge_at_once=False)
    assert clock("2025-03-03", channel="network", rules=rules).state == "not_started"


def test_a_rest_day_may_be_moved_or_left() -> None:
    sunday = "2025-03-02"
    assert clock(sunday).due_on == day("2025-03-28")
    moved = clock(sunday, rules=law.Rules(rest_day_receipt_moves=True))
    assert (moved.day_zero, moved.due_on) == (day("2025-03-03"), day("2025-03-31"))
    assert "2025-03-03" in moved.explain("zh-hans")[1]


def test_a_worked_sunday_is_not_moved() -> None:
    rules = law.Rules(rest_day_receipt_moves=True)
    assert clock("2025-01-26", rules=rules).day_zero == day("2025-01-26")


@pytest.mark.parametrize(
    ("received", "is_provisional"), [("2026-12-03", False), ("2026-12-04", True)]
)
def test_past_the_last_announced_year_a_date_is_provisional(
    received: str, is_provisional: bool
) -> None:
    found = clock(received)
    assert found.provisional == is_provisional
    assert ("暂" in found.explain("zh-hans")[-1]) == is_provisional
    assert ("provisionally" in found.explain("en")[-1]) == is_provisional


def test_loading_a_year_moves_the_date_once() -> None:
    new_year = {day("2027-01-01"): (False, "元旦")}
    loaded = CALENDAR.with_changes(new_year, announced=[2027])
    found = law.compute(law.regime("2019"), "in_person", day("2026-12-10"), [], loaded)
    assert clock("2026-12-10").due_on == day("2027-01-07")
    assert (found.due_on, found.provisional) == (day("2027-01-08"), False)


def test_other_days_are_told_while_they_are_awaited() -> None:
    # Art. 30: 7 working days; Art. 32: 15 from its receipt; fee: 20 from the notice
    found = clock(
        "2025-03-03",
        f"{SENT}:2025-03-05",
        "third-party-received:2025-03-06",
        "fee-notice:2025-03-10",
    )
    assert found.correction_notice_due == day("2025-03-12")
    assert found.third_party_due == day("2025-03-27")
    assert found.fee_due == day("2025-04-08")
    assert found.organ_due is None
    paid = [
        law.Event("fee-notice", day("2025-03-10")),
        law.Event("fee-paid", day("2025-03-11")),
    ]
    after = law.compute(
        law.regime("2019"), "in_person", day("2025-03-03"), paid, CALENDAR
    )
    assert after.fee_due is None


def test_a_late_correction_notice_does_not_stop_the_clock() -> None:
    found = clock("2025-03-03", "correction-notice:2025-03-13", "corrected:2025-03-20")
    assert (found.due_on, found.state) == (day("2025-03-31"), "running")
    assert [flag.code for flag in found.warnings] == ["late_notice"]
    assert "2025-03-12" in found.explain("zh-hans")[-1]


def test_a_late_correction_notice_stops_it_where_the_office_says_so() -> None:
    rules = law.Rules(late_correction_stops=True)
    found = clock("2025-03-03", "correction-notice:2025-03-13", rules=rules)
    assert (found.due_on, found.state) == (None, "stopped")
    assert [flag.code for flag in found.warnings] == ["late_notice_stops"]


@pytest.mark.parametrize(
    ("events", "code"),
    [
        (["fee-notice:2025-04-01"], "after_term_stop"),
        ([f"{SENT}:2025-04-01"], "after_term"),
        ([f"{SENT}:2025-03-31"], "after_term"),
    ],
)
def test_what_comes_after_the_term_changes_nothing(
    events: list[str], code: str
) -> None:
    found = clock("2025-03-03", *events)
    assert (found.due_on, found.state) == (day("2025-03-31"), "running")
    assert [flag.code for flag in found.warnings] == [code]
    assert all(found.warnings[0].words(language) for language in ("zh-hans", "en"))


def test_a_fee_paid_late_is_flagged_and_counted() -> None:
    found = clock("2025-03-03", "fee-notice:2025-03-10", "fee-paid:2025-04-09")
    assert [flag.code for flag in found.warnings] == ["late_answer"]
    assert found.day_zero == day("2025-04-09")


def test_a_correction_after_the_day_set_for_it_is_flagged() -> None:
    events = [
        law.Event("correction-notice", day("2025-03-05"), until=day("2025-03-14")),
        law.Event("corrected", day("2025-03-17")),
    ]
    args = law.regime("2019"), "in_person", day("2025-03-03")
    waiting = law.compute(*args, events[:1], CALENDAR)
    assert waiting.correction_due == day("2025-03-14")
    found = law.compute(*args, events, CALENDAR)
    assert [flag.code for flag in found.warnings] == ["late_answer"]


def test_several_third_parties_each_have_their_days() -> None:
    events = [
        law.Event(SENT, day("2025-03-05"), party="a"),
        law.Event(SENT, day("2025-03-10"), party="b"),
        law.Event(OPINION, day("2025-03-14"), party="b"),
        law.Event(OPINION, day("2025-03-07"), party="a"),
    ]
    found = law.compute(
        law.regime("2019"), "in_person", day("2025-03-03"), events, CALENDAR
    )
    # 03-06, 03-07 and 03-11 to 03-14 are left out: six working days
    assert found.due_on == day("2025-04-09")
    assert "a" not in "".join(found.explain("zh-hans"))


def test_the_whole_course_reads_as_an_explanation() -> None:
    found = clock("2025-03-03", f"{SENT}:2025-03-05", f"{OPINION}:2025-03-14")
    assert found.explain("zh-hans") == [
        "2025-03-03 收到申请（当面提交），以提交之日为收到之日，当日不计入期限。",
        "第 1 个工作日为 2025-03-04；至 2025-03-05 共计 2 个工作日。",
        "2025-03-05 向第三方征求意见，2025-03-14 收到意见；其间 7 个工作日不计入期限。",
        "从 2025-03-17 起继续计算；至 2025-04-10 又计 18 个工作日。",
        "第 20 个工作日为 2025-04-10，最迟应于当日答复。",
    ]
    assert found.segments[2].citation.text("zh-hans").endswith("第三十三条")
    assert found.segments[2].citation.text("en").endswith("Art. 33")


def test_events_may_come_in_any_order() -> None:
    events = [f"{OPINION}:2025-03-14", f"{SENT}:2025-03-05"]
    assert clock("2025-03-03", *events).due_on == day("2025-04-10")


@pytest.mark.parametrize(
    ("today", "left"),
    [
        ("2025-03-28", 1),
        ("2025-03-31", 0),
        ("2025-04-01", -1),
        ("2025-04-07", -4),
        ("2025-03-03", 20),
    ],
)
def test_days_left(today: str, left: int) -> None:
    assert law.days_left(clock("2025-03-03"), day(today), CALENDAR) == left


def test_overdue_on_a_rest_day_is_never_nothing() -> None:
    friday = clock("2025-03-07")
    assert friday.due_on == day("2025-04-07")
    thursday = clock("2025-03-06")
    assert thursday.due_on == day("2025-04-03")
    assert law.days_left(thursday, day("2025-04-04"), CALENDAR) == -1


def test_without_a_last_day_no_days_are_left() -> None:
    stopped = clock("2025-03-03", f"{SENT}:2025-03-05")
    assert law.days_left(stopped, day("2025-03-28"), CALENDAR) is None


def test_a_later_day_that_was_told_in_time_is_the_last_day() -> None:
    """Art. 35; the sentences say so and still show how the term ran."""
    told = clock("2025-03-03")
    later = law.put_off(told, day("2025-03-20"), day("2025-05-30"))
    assert (later.due_on, later.provisional) == (day("2025-05-30"), False)
    assert later.explain("en")[:-1] == told.explain("en")[:-1]
    assert "2025-05-30" in later.explain("en")[-1]
    assert law.days_left(later, day("2025-05-29"), CALENDAR) == 1


@pytest.mark.parametrize(
    ("told_on", "until"), [("2025-04-01", "2025-05-30"), ("2025-03-20", "2025-03-31")]
)
def test_a_term_that_ran_out_is_not_put_off(told_on: str, until: str) -> None:
    told = clock("2025-03-03")
    assert law.put_off(told, day(told_on), day(until)) is told


def test_the_older_regulations_know_no_later_day() -> None:
    told = clock("2018-03-05", regime="2008")
    assert told.due_on is not None
    assert law.put_off(told, day("2018-03-06"), day("2018-12-28")) is told


def test_ten_thousand_clocks_are_quick() -> None:
    """Well under the two seconds of the register; slack for a slow machine."""
    begun = process_time()
    for _ in range(10_000):
        clock_of = law.compute(
            law.regime("2019"), "in_person", day("2026-12-10"), [], CALENDAR
        )
    assert clock_of.due_on == day("2027-01-07")
    assert process_time() - begun < 2
