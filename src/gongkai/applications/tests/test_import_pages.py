"""The wizard as a clerk walks it, with and without htmx."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_user
from gongkai.applications.models import Case
from gongkai.applications.tests.registers import book, many, old_row, tried, work
from gongkai.registry.models import ImportRun

pytestmark = pytest.mark.django_db
SPACE = "applications-registers:import"


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def head(agency: Agency) -> User:
    return make_user(agency, Role.SECTION_HEAD)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: Client, data: bytes, name: str = "台账.xlsx") -> str:
    file = SimpleUploadedFile(name, data)
    answer = client.post(reverse(f"{SPACE}:start"), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def choices(page: str) -> dict[str, str]:
    """What the form would send as it stands."""
    import re

    told = {}
    for name, body in re.findall(
        r'<select name="(column_\d+)".*?>(.*?)</select>', page, re.S
    ):
        chosen = re.search(r'value="(\w*)" selected', body)
        told[name] = chosen.group(1) if chosen else ""
    return told


def test_a_register_comes_in_page_by_page(head: User, agency: Agency) -> None:
    client = signed_in(head)
    rows = [*many(4), old_row(答复结果="不予公开", 申请人="名字错行")]
    place = upload(client, book(rows))
    columns = client.get(place).content.decode()
    assert "收到日期" in columns
    answer = client.post(f"{place}columns/", {**choices(columns), "header_row": "2"})
    assert answer.status_code == 302
    assert 'http-equiv="refresh"' in client.get(place).content.decode()
    work()
    outcome = client.get(place).content.decode()
    assert "不予公开" in outcome
    assert not Case.objects.exists()
    client.post(f"{place}bring-in/")
    work()
    assert Case.objects.count() == 4
    # What was wrong is still there to be corrected.
    told = client.get(f"{place}errors.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(told.content)).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(cells) == 2
    assert "名字错行" in cells[1]
    assert cells[1][-1] == 7


def test_corrected_rows_come_in_by_themselves(head: User, agency: Agency) -> None:
    client = signed_in(head)
    run = tried(head, agency, book([old_row(收到日期="去年")]))
    told = client.get(reverse(f"{SPACE}:errors", args=[run.pk]))
    corrected = openpyxl.load_workbook(io.BytesIO(told.content))
    sheet = corrected.active
    assert sheet is not None
    sheet["C2"] = date(2023, 3, 6)
    held = io.BytesIO()
    corrected.save(held)
    place = upload(client, held.getvalue())
    page = client.get(place).content.decode()
    client.post(f"{place}columns/", {**choices(page), "header_row": "1"})
    work()
    client.post(f"{place}bring-in/")
    work()
    assert Case.objects.count() == 1


def test_htmx_asks_for_the_progress_alone_and_then_for_the_page(
    head: User, agency: Agency
) -> None:
    client = signed_in(head)
    place = upload(client, book([old_row()]))
    page = client.get(place).content.decode()
    client.post(f"{place}columns/", {**choices(page), "header_row": "2"})
    part = client.get(place, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    work()
    over = client.get(place, headers={"HX-Request": "true"})
    assert over.headers["HX-Refresh"] == "true"


def test_a_required_column_that_is_missing_is_named(head: User) -> None:
    client = signed_in(head)
    place = upload(client, book([old_row()]))
    told = {**choices(client.get(place).content.decode()), "header_row": "2"}
    told["column_2"] = ""
    answer = client.post(f"{place}columns/", told)
    assert answer.status_code == 200
    assert "收到日期" in answer.content.decode().split("error-summary-title")[2][:200]


def test_two_columns_for_one_field_are_refused(head: User) -> None:
    client = signed_in(head)
    place = upload(client, book([old_row()]))
    told = {**choices(client.get(place).content.decode()), "header_row": "2"}
    told["column_1"] = told["column_2"]
    assert client.post(f"{place}columns/", told).status_code == 200
    assert ImportRun.objects.get().state == "uploaded"


def test_another_header_row_and_mapping_are_offered_again(head: User) -> None:
    client = signed_in(head)
    place = upload(client, book([old_row(申请人="柳青河")]))
    page = client.get(f"{place}columns/?header_row=3").content.decode()
    assert '<th scope="row">柳青河</th>' in page


@pytest.mark.parametrize(
    ("name", "data"), [("a.xls", b"\xd0\xcf\x11\xe0old"), ("a.csv", b"\r\n")]
)
def test_a_file_that_is_no_table_is_refused_in_the_form(
    head: User, name: str, data: bytes
) -> None:
    file = SimpleUploadedFile(name, data)
    answer = signed_in(head).post(reverse(f"{SPACE}:start"), {"file": file})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_discarding_leaves_nothing(head: User, agency: Agency) -> None:
    client = signed_in(head)
    run = tried(head, agency, book([old_row(申请人="")]))
    client.post(reverse(f"{SPACE}:discard", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, run.stored, run.rows_key) == ("discarded", None, None)
    assert client.get(reverse(f"{SPACE}:run", args=[run.pk])).status_code == 200


def test_a_colleague_sees_that_it_came_and_nothing_of_it(
    head: User, agency: Agency
) -> None:
    run = tried(head, agency, book([old_row()]))
    colleague = signed_in(make_user(agency, Role.OGI_OFFICE))
    for name in ("run", "columns", "errors"):
        address = reverse(f"{SPACE}:{name}", args=[run.pk])
        assert colleague.get(address).status_code == 404
    assert "台账.xlsx" not in colleague.get(reverse(f"{SPACE}:start")).content.decode()


def test_the_list_of_runs_costs_the_same_for_many(
    head: User, agency: Agency, django_assert_max_num_queries: object
) -> None:
    client = signed_in(head)
    for _each in range(12):
        tried(head, agency, book([old_row()]))
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(reverse(f"{SPACE}:start"))
