"""An old register comes in: all rows but the bad ones, which are named."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone

from gongkai import law
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_user
from gongkai.applications import clock
from gongkai.applications.importing import IMPORTER
from gongkai.applications.models import Act, Case
from gongkai.applications.persons import open_case
from gongkai.applications.tests.registers import (
    HEADINGS,
    book,
    brought_in,
    many,
    mapped,
    old_row,
    tried,
    work,
)
from gongkai.audit.models import Event
from gongkai.registry.files import path_of
from gongkai.registry.imports import errors, services
from gongkai.registry.models import ImportHeading, ImportRow, ImportRun, OutboxEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agency(db: None) -> Agency:
    return make_agency()


@pytest.fixture
def head(agency: Agency) -> User:
    return make_user(agency, Role.OGI_OFFICE)


def objections(run: ImportRun) -> list[tuple[int, str, str]]:
    rows = list(run.rows.filter(state="bad").order_by("number"))
    found = errors.objections_of(run, IMPORTER, rows)
    return [(one.row, one.field, one.value) for one in found]


@pytest.mark.engines
def test_of_500_rows_497_come_in_and_three_are_named(
    head: User, agency: Agency
) -> None:
    rows = many(500)
    rows[9][HEADINGS.index("收到日期")] = "去年三月"
    rows[99][HEADINGS.index("答复结果")] = "不予公开"
    rows[399][HEADINGS.index("申请方式")] = "托人带话"
    run = brought_in(head, agency, book(rows))
    # Row 1 is the title, row 2 the headings.
    assert objections(run) == [
        (12, "收到日期", "去年三月"),
        (102, "答复结果", "不予公开"),
        (402, "申请方式", "托人带话"),
    ]
    assert run.rows.filter(state="done").count() == Case.objects.count() == 497
    assert run.state == "done"


def test_a_dry_run_writes_no_case(head: User, agency: Agency) -> None:
    run = tried(head, agency, book(many(3)))
    assert run.state == "checked"
    assert not Case.objects.exists()


def test_an_ended_case_comes_in_with_its_dates_and_old_number(
    head: User, agency: Agency
) -> None:
    brought_in(head, agency, book([old_row(受理编号="财依申〔2023〕7号")]))
    case = Case.objects.get()
    assert case.legacy_number == "财依申〔2023〕7号"
    assert (case.received_on, case.closed_on) == (date(2023, 3, 6), date(2023, 3, 20))
    assert (case.stage, case.result, case.regime) == ("archived", "R1", "2019")
    assert case.number == f"{agency.slug.upper()}-2023-0001"
    assert case.due_on == date(2023, 4, 3)
    assert [act.name for act in case.acts.all()] == ["taken_over"]


def test_the_regime_is_that_of_the_day_of_receipt(head: User, agency: Agency) -> None:
    row = old_row(
        收到日期=date(2018, 12, 28), 答复日期="2019年1月21日", 答复结果="同意公开"
    )
    brought_in(head, agency, book([row]))
    case = Case.objects.get()
    assert (case.regime, case.result) == ("2008", "3.3.2")
    assert case.due_on == date(2019, 1, 21)


def test_an_open_case_keeps_its_clock(head: User, agency: Agency) -> None:
    today = timezone.localdate()
    row = old_row(
        收到日期=today - timedelta(days=40), 答复日期="", 答复结果="", 是否延期="是"
    )
    brought_in(head, agency, book([row]))
    case = Case.objects.select_related("agency").get()
    assert case.is_open
    assert case.was_extended
    assert clock.clock_of(case).term_days == 40
    assert case.due_on == clock.clock_of(case).due_on


def test_a_letter_s_clock_starts_on_the_register_s_day(
    head: User, agency: Agency
) -> None:
    brought_in(head, agency, book([old_row(申请方式="信函")]))
    assert Case.objects.get().due_on == date(2023, 4, 3)


def test_nobody_is_written_to(head: User, agency: Agency) -> None:
    brought_in(head, agency, book([old_row(邮箱="liu@example.org")]))
    assert open_case(Case.objects.get()).applicant.email == "liu@example.org"
    assert mail.outbox == []


def test_the_subject_names_neither_applicant_nor_numbers(
    head: User, agency: Agency
) -> None:
    words = "柳青河（35012119851102123X，13800138000）房屋征收补偿协议"
    brought_in(head, agency, book([old_row(申请内容=words)]))
    case = Case.objects.get()
    assert case.subject == "柳**（35*************23X，138****8000）房屋征收补偿协议"
    assert open_case(case).wanted.description == words


def test_the_same_register_again_brings_nothing_in_twice(
    head: User, agency: Agency
) -> None:
    data = book([old_row(), old_row(受理编号="")])
    brought_in(head, agency, data)
    again = tried(head, agency, data)
    assert list(again.rows.values_list("state", flat=True)) == ["known"] * 2
    with pytest.raises(services.BadMapping):
        services.bring_in(run=again)


def test_a_number_that_stands_twice_is_named(head: User, agency: Agency) -> None:
    rows = [old_row(受理编号="甲1号"), old_row(受理编号="甲1号", 申请内容="别的")]
    run = tried(head, agency, book(rows))
    assert [(row, field) for row, field, _value in objections(run)] == [(4, "")]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"申请人": ""}, "申请人"),
        ({"申请内容": " "}, "申请内容"),
        ({"收到日期": "2023-02-30"}, "收到日期"),
        ({"收到日期": date(2007, 5, 1)}, "收到日期"),
        ({"收到日期": date(2999, 1, 1)}, "收到日期"),
        ({"答复日期": date(2023, 3, 1)}, "答复日期"),
        ({"答复日期": ""}, "答复日期"),
        ({"答复结果": ""}, "答复结果"),
        ({"答复结果": "按领导意见办理"}, "答复结果"),
        ({"申请人类型": "热心群众"}, "申请人类型"),
        ({"申请人类型": "", "申请人": "霜桥振兴工作室"}, "申请人类型"),
        ({"延期天数": 30}, "延期天数"),
        ({"是否延期": "看情况"}, "是否延期"),
        ({"证件号码": 350121198511021230}, "证件号码"),
        ({"文号": "长" * 81}, "文号"),
    ],
)
def test_a_bad_cell_is_named_with_its_column(
    head: User, agency: Agency, told: dict[str, object], field: str
) -> None:
    run = tried(head, agency, book([old_row(**told)]))
    assert [(row, name) for row, name, _value in objections(run)] == [(3, field)]


def test_every_result_of_both_regimes_reads_back() -> None:
    from gongkai.applications.oldwords import result_of

    for name in law.regime_names():
        for code, result in law.regime(name).results.items():
            assert result_of(result.label.zh, name) == code
            assert result_of(code, name) == code


def test_one_event_tells_of_the_whole_run(head: User, agency: Agency) -> None:
    run = brought_in(head, agency, book(many(40)))
    verbs = list(Event.objects.filter(user_id=head.pk).values_list("verb", flat=True))
    assert verbs == ["import.begun", "import.done"]
    event = Event.objects.get(verb="import.done")
    assert run.manifest == services.manifest_of(run)[0]
    assert run.manifest in event.data
    assert '"count":40' in event.data


def test_the_file_is_destroyed_when_the_run_ends(head: User, agency: Agency) -> None:
    run = tried(head, agency, book([old_row()]))
    assert run.stored is not None
    path = path_of(run.stored.sha256)
    assert path.exists()
    services.bring_in(run=run)
    work()
    run.refresh_from_db()
    assert run.stored is None and run.file_key is None
    assert not path.exists()


def test_after_a_week_nothing_of_the_rows_can_be_read(
    head: User, agency: Agency
) -> None:
    run = brought_in(head, agency, book([old_row(), old_row(申请人="")]))
    left = tried(head, agency, book([old_row()]))
    assert services.sweep(timezone.now() + timedelta(days=6)) == 0
    assert services.sweep(timezone.now() + timedelta(days=8)) == 2
    run.refresh_from_db()
    left.refresh_from_db()
    assert run.rows_key is None and not run.rows.exclude(sealed=None).exists()
    assert (left.state, left.file_key, left.stored) == ("discarded", None, None)


def test_who_lost_the_post_brings_nothing_in(head: User, agency: Agency) -> None:
    run = tried(head, agency, book([old_row()]))
    services.bring_in(run=run)
    Post.objects.filter(person=head.person).update(ends_on=date(2020, 1, 1))
    work()
    run.refresh_from_db()
    assert run.state == "refused"
    assert not Case.objects.exists()


def test_headings_are_remembered_without_their_words(
    head: User, agency: Agency
) -> None:
    mapped(head, agency, book([old_row()]))
    known = services.remembered(IMPORTER, agency.pk)
    assert "received_on" in known.values()
    words = ImportHeading.objects.values_list("heading", flat=True)
    assert all(len(word) == 64 for word in words)


MARKS = ("欧阳标记", "350121198511021237", "13911112222", "标记路八百号", "标记内容")


def test_nothing_of_a_person_lies_open(
    head: User, agency: Agency, caplog: pytest.LogCaptureFixture
) -> None:
    name, number, phone, address, words = MARKS
    told = {"申请人": name, "证件号码": number, "联系电话": phone, "地址": address}
    bad = old_row(**told, 申请内容=words, 答复结果="不明")
    run = brought_in(head, agency, book([old_row(**told), bad]))
    assert run.rows.filter(state="bad").count() == 1
    told_open = [str(entry.payload) for entry in OutboxEntry.objects.all()]
    told_open += [event.data for event in Event.objects.all()]
    told_open += [caplog.text]
    told_open += [str(row) for row in ImportRow.objects.values()]
    told_open += [str(row) for row in ImportRun.objects.values()]
    for mark in MARKS:
        assert all(mark not in text for text in told_open), mark
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database = Path(str(connection.settings_dict["NAME"])).read_bytes()
        assert all(mark.encode() not in database for mark in MARKS)
    files = [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]
    stored = b"".join(path.read_bytes() for path in files)
    assert all(mark.encode() not in stored for mark in MARKS)


def test_acts_of_a_case_taken_over_name_the_person_who_vouches(
    head: User, agency: Agency
) -> None:
    brought_in(head, agency, book([old_row()]))
    assert Act.objects.get().by_id == head.pk


def test_a_run_that_the_worker_gave_up_is_destroyed_and_told_of(
    head: User, agency: Agency
) -> None:
    run = tried(head, agency, book([old_row()]))
    services.bring_in(run=run)
    assert services.sweep(timezone.now() + timedelta(days=8)) == 1
    run.refresh_from_db()
    assert (run.state, run.file_key) == ("discarded", None)
    assert '"count":0' in Event.objects.get(verb="import.destroyed").data
