"""The pages of redacting, without a script: typed boxes, errors, progress, result."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_scope
from gongkai.applications.models import Case, CaseFile, Redaction
from gongkai.applications.rules import Actor
from gongkai.applications.services import redacting
from gongkai.applications.tests.desks import at, browser, clerk_of
from gongkai.applications.tests.factories import Desk
from gongkai.applications.tests.registers import work
from gongkai.audit.models import Event
from gongkai.redaction.tests.tricks import SECRET, clean_pdf_file, hides

pytestmark = pytest.mark.django_db
SOURCE = clean_pdf_file(b"BT /F 24 Tf 40 330 Td (" + SECRET + b") Tj ET")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def clerk(desk: Desk) -> Client:
    return clerk_of(desk)


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.case()


def add(clerk: Client, case: Case, name: str = "底册.pdf", data: bytes = SOURCE) -> Any:
    files = {"found": SimpleUploadedFile(name, data)}
    return clerk.post(at("redaction-add", case), files)


def begun(clerk: Client, case: Case) -> str:
    add(clerk, case)
    address = at("redaction", case, CaseFile.objects.get().public_id)
    assert clerk.post(address, {"act": "begin"}).status_code == 302
    return address


def box(**told: str) -> dict[str, str]:
    sides = {"left": "5", "top": "10", "width": "90", "height": "10", "ground": "D4"}
    return {f"box-0-{name}": v for name, v in {**sides, **told}.items()}


def revision() -> str:
    return str(Redaction.objects.get().revision)


def test_a_document_goes_from_upload_to_a_copy_that_may_go_out(
    clerk: Client, case: Case
) -> None:
    address = begun(clerk, case)
    told = {"page": "1", "revision": "1", **box(), "act": "make"}
    assert clerk.post(address, told).status_code == 302
    assert "<progress" in clerk.get(address).content.decode()
    work()
    page = clerk.get(address).content.decode()
    copy = CaseFile.objects.get(kind="released")
    assert at("file", case, copy.public_id) in page
    assert not hides(redacting.plain_bytes(copy))


def test_boxes_stay_where_they_were_typed(clerk: Client, case: Case) -> None:
    address = begun(clerk, case)
    clerk.post(address, {"page": "1", "revision": "1", **box(left="12.5"), "go": "1"})
    page = clerk.get(address).content.decode()
    assert '<rect x="12.5" y="10" width="90"' not in page  # off the page: kept as typed
    clerk.post(
        address, {"page": "1", "revision": revision(), **box(left="12.5", width="20")}
    )
    page = clerk.get(address).content.decode()
    assert '<rect x="12.5" y="10" width="20" height="10"' in page


@pytest.mark.parametrize(
    "told", [{"left": "x"}, {"left": "99"}, {"ground": ""}, {"width": "nan"}]
)
def test_a_wrong_box_comes_back_as_it_was_typed(
    clerk: Client, case: Case, told: dict[str, str]
) -> None:
    address = begun(clerk, case)
    answer = clerk.post(address, {"page": "1", "revision": "1", **box(**told)})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    (row,) = answer.context["rows"]
    assert row.error
    assert all(getattr(row, name) == value for name, value in told.items())
    assert revision() == "1"


def test_what_somebody_else_saved_is_not_overwritten(clerk: Client, case: Case) -> None:
    address = begun(clerk, case)
    clerk.post(address, {"page": "1", "revision": "1", **box()})
    late = clerk.post(address, {"page": "1", "revision": "1", **box(top="50")})
    assert late.status_code == 200
    assert [row.top for row in late.context["rows"]] == ["50"]
    (kept,) = redacting.boxes_of(Redaction.objects.get())
    assert kept.top == pytest.approx(0.1)


def test_a_box_that_is_marked_is_removed(clerk: Client, case: Case) -> None:
    address = begun(clerk, case)
    clerk.post(address, {"page": "1", "revision": "1", **box()})
    clerk.post(address, {"page": "1", "revision": "2", **box(), "box-0-remove": "1"})
    assert redacting.boxes_of(Redaction.objects.get()) == []


def test_the_picture_of_a_page_is_kept_by_no_cache_and_noted(
    clerk: Client, case: Case
) -> None:
    begun(clerk, case)
    file = CaseFile.objects.get()
    answer = clerk.get(at("redaction-page", case, file.public_id, 1))
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["Cache-Control"] == "no-store"
    event = Event.objects.filter(verb="case.file_opened").get()
    assert json.loads(event.data) == {"file": file.public_id, "page": 1}
    assert clerk.get(at("redaction-page", case, file.public_id, 2)).status_code == 404


def test_what_is_of_no_use_is_refused_with_a_reason(clerk: Client, case: Case) -> None:
    add(clerk, case, "a.exe", b"MZ" + bytes(99))
    assert not CaseFile.objects.exists()
    add(clerk, case, "torn.pdf", b"%PDF-1.7 torn")
    file = CaseFile.objects.get()
    answer = clerk.post(
        at("redaction", case, file.public_id), {"act": "begin"}, follow=True
    )
    assert not Redaction.objects.exists()
    assert len(list(answer.context["messages"])) >= 1


def test_a_leader_reads_and_changes_nothing(
    desk: Desk, clerk: Client, case: Case
) -> None:
    address = begun(clerk, case)
    leader = browser(Actor(make_scope(desk.agency, Role.LEADER)))
    assert leader.get(at("redactions", case)).status_code == 200
    assert leader.get(address).status_code == 200
    assert leader.post(address, {"act": "make", "page": "1"}).status_code == 403
    assert not re.search("<svg[^>]*data-sheet", leader.get(address).content.decode())


def test_the_list_asks_no_more_for_more_documents(
    clerk: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        add(clerk, case, f"{number}.pdf")
    with django_assert_max_num_queries(16):
        clerk.get(at("redactions", case))
