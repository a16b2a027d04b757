"""The register as a file: masked, or with names and a reason that is kept."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_user
from gongkai.applications.models import Case
from gongkai.applications.tests.factories import Desk, applicant
from gongkai.applications.tests.registers import tried
from gongkai.audit.models import Event

pytestmark = pytest.mark.django_db
NAME, CARD = "欧阳青河", "35012119851102123X"


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.receive("补助明细", applicant=applicant(NAME, identity_no=CARD))
    desk.receive("=HYPERLINK(1)", received_on=date(2025, 3, 4), channel="letter")
    return desk


def export(user: User, query: str = "state=all", **told: str) -> tuple[int, bytes]:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    address = f"{reverse('applications-registers:export')}?{query}"
    known = {"kind": "xlsx", "persons": "masked", "reason": ""}
    answer = client.post(address, {**known, **told})
    body = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, body


def rows(data: bytes) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    head, *rest = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(map(str, head), row, strict=True)) for row in rest]


@pytest.mark.engines
def test_applicants_leave_masked_and_it_is_noted(desk: Desk) -> None:
    user = make_user(desk.agency, Role.CLERK)
    _status, data = export(user)
    told = rows(data)
    assert [row["申请人"] for row in told] == ["欧***", "柳**"]
    assert "证件号码" not in told[0]
    event = Event.objects.get(verb="case.exported")
    assert '"count":2' in event.data and '"persons":false' in event.data


def test_names_need_a_reason(desk: Desk) -> None:
    user = make_user(desk.agency, Role.CLERK)
    status, data = export(user, persons="named")
    assert status == 200 and b"error-summary" in data
    assert not Event.objects.filter(verb="case.exported").exists()
    _status, data = export(user, persons="named", reason="移交档案馆")
    assert rows(data)[0]["申请人"] == NAME
    assert rows(data)[0]["证件号码"] == CARD
    event = Event.objects.get(verb="case.exported")
    assert "移交档案馆" in event.data and NAME not in event.data


def test_who_sees_no_applicants_gets_none(desk: Desk) -> None:
    inspector = make_user(desk.agency, Role.INSPECTOR)
    _status, data = export(inspector, persons="named", reason="检查")
    assert {row["申请人"] for row in rows(data)} <= {"", None}
    assert NAME.encode() not in data


def test_a_formula_is_text(desk: Desk) -> None:
    user = make_user(desk.agency, Role.CLERK)
    _status, data = export(user, kind="csv")
    assert "'=HYPERLINK(1)" in data.decode("utf-8-sig")
    _status, data = export(user)
    assert rows(data)[1]["申请内容"] == "'=HYPERLINK(1)"


def test_only_what_the_filters_leave_is_exported(desk: Desk) -> None:
    user = make_user(desk.agency, Role.CLERK)
    _status, data = export(user, "state=all&channel=letter")
    assert [row["申请方式"] for row in rows(data)] == ["平常信函"]
    _status, data = export(user, "figure=new&year=2025&quarter=1&channel=in_person")
    assert [row["申请方式"] for row in rows(data)] == ["当面"]


def test_siblings_get_nothing(desk: Desk) -> None:
    _status, data = export(make_user(make_agency(), Role.OGI_OFFICE))
    assert rows(data) == []


def test_an_export_can_be_read_in_again(desk: Desk, transactional_db: None) -> None:
    Case.objects.filter(channel="letter").update(subject="会议纪要")
    user = make_user(desk.agency, Role.SECTION_HEAD)
    _status, data = export(user, persons="named", reason="迁移")
    target = make_agency()
    head = make_user(target, Role.OGI_OFFICE)
    run = tried(head, target, data)
    assert set(run.rows.values_list("state", flat=True)) == {"good"}


def test_the_export_costs_the_same_for_many_cases(desk: Desk) -> None:
    user = make_user(desk.agency, Role.CLERK)
    with CaptureQueriesContext(connection) as few:
        export(user)
    desk.receive(*(f"第{number}件" for number in range(30)))
    with CaptureQueriesContext(connection) as many:
        _status, data = export(user)
    assert len(rows(data)) == 32
    assert len(many) <= len(few)
