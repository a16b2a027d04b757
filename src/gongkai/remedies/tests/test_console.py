"""The register, a remedy's page, its forms; who reads what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import signed_in
from gongkai.agencies.tests.factories import make_agency, make_scope
from gongkai.applications.tests.desks import clerk_of, head_of
from gongkai.applications.tests.factories import PDF, Desk
from gongkai.audit.models import Event
from gongkai.remedies import todos
from gongkai.remedies.choices import Kind, Stage
from gongkai.remedies.forms import BUILDERS, LABELS
from gongkai.remedies.models import Remedy
from gongkai.remedies.services.handling import set_hearing
from gongkai.remedies.tests.factories import clerk, end, make_remedy, now, refused_case
from gongkai.remedies.transitions import TRANSITIONS
from gongkai.remedies.views.doing import DO

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("remedies:list"), reverse("remedies:new")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def page_of(remedy: Remedy) -> str:
    return reverse("remedies:remedy", args=[remedy.pk])


def do(client: Client, remedy: Remedy, act: str, **typed: Any) -> Any:
    return client.post(reverse("remedies:act", args=[remedy.pk, act]), typed)


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("答辩状.pdf", PDF, "application/pdf")


def typed(**told: Any) -> dict[str, Any]:
    known = {
        "kind": "reconsideration",
        "procedure": "ordinary",
        "copy_received_on": "2025-04-10",
        "body": "霜桥县人民政府",
        "subject": "不服不予公开决定",
        "party_kind": "natural_person",
        "name": "柳青河",
    }
    return {**known, **told}


@pytest.mark.parametrize("row", TRANSITIONS.values(), ids=lambda row: row.name)
def test_an_act_has_a_service_and_a_field_for_each_need(row: Any) -> None:
    assert row.name in DO
    for name in (*row.needs, *row.may):
        assert name in BUILDERS
        assert name in LABELS


def test_the_list_shows_what_is_due_first_and_masks_parties(desk: Desk) -> None:
    later = make_remedy(desk, copy_received_on=date(2025, 4, 14))
    first = make_remedy(desk)
    page = clerk_of(desk).get(LIST)
    assert [row.remedy for row in page.context["rows"]] == [first, later]
    assert "柳青河" not in page.content.decode()


def test_the_lists_queries_do_not_grow_with_its_rows(desk: Desk) -> None:
    client = clerk_of(desk)
    make_remedy(desk)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for _number in range(5):
        make_remedy(desk)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)


def test_tabs_and_filters_leave_what_they_say(desk: Desk) -> None:
    review = make_remedy(desk)
    suit = end(desk, make_remedy(desk, kind=Kind.DIRECT_SUIT), "revoked", AFTER)
    client = clerk_of(desk)

    def found(query: str) -> list[Remedy]:
        return [row.remedy for row in client.get(LIST + query).context["rows"]]

    assert found("?kind=direct_suit") == [suit]
    assert found("?state=owed") == [review]
    assert found("?state=decided") == [suit]
    assert found(f"?q={review.number}") == [review]
    assert found("?q=nothing") == []
    assert found("?since=2025-04-11") == []


def test_a_sibling_finds_nothing_and_the_inspector_reads_without_names(
    desk: Desk,
) -> None:
    made = make_remedy(desk)
    sibling = clerk_of(Desk(make_agency(slug="lvyou")))
    assert sibling.get(page_of(made)).status_code == 404
    assert sibling.get(LIST).context["rows"] == []
    inspector = signed_in(make_scope(desk.agency, Role.INSPECTOR))
    page = inspector.get(page_of(made))
    assert page.status_code == 200
    assert page.context["parties"] == []
    show = reverse("remedies:show", args=[made.pk])
    assert inspector.post(show).status_code == 403


def test_parties_are_shown_on_click_and_the_look_is_noted(desk: Desk) -> None:
    made, client = make_remedy(desk), clerk_of(desk)
    assert "柳青河" not in client.get(page_of(made)).content.decode()
    shown = client.post(reverse("remedies:show", args=[made.pk]))
    assert "柳青河" in shown.content.decode()
    assert Event.objects.filter(verb="remedy.parties_shown").count() == 1


def test_a_remedy_is_registered_alone(desk: Desk) -> None:
    answer = clerk_of(desk).post(NEW, typed(scan=upload()))
    made = Remedy.objects.get()
    assert answer.headers["Location"] == page_of(made)
    assert (made.case, made.files.count()) == (None, 1)


def test_the_form_is_filled_from_the_case_and_takes_its_applicant_over(
    desk: Desk,
) -> None:
    case, client = refused_case(desk), clerk_of(desk)
    form = client.get(f"{NEW}?case={case.number}").context["form"]
    assert form.initial["subject"] == case.subject
    client.post(NEW, typed(case=case.number, name=""))
    assert Remedy.objects.get().case == case


def test_a_number_that_there_is_not_is_named_at_its_field(desk: Desk) -> None:
    page = clerk_of(desk).post(NEW, typed(case="NO-1"))
    assert "NO-1" in page.context["form"].errors["case"][0]
    assert clerk_of(desk).get(f"{NEW}?case=NO-1").status_code == 404


def test_a_second_open_one_asks_first(desk: Desk) -> None:
    case, client = refused_case(desk), clerk_of(desk)
    make_remedy(desk, case=case)
    page = client.post(NEW, typed(case=case.number))
    assert "even_if_open" in page.context["form"].errors
    client.post(NEW, typed(case=case.number, even_if_open="on"))
    assert case.remedies.count() == 2


def test_sent_twice_it_is_one(desk: Desk) -> None:
    client = clerk_of(desk)
    for _time in range(2):
        client.post(NEW, typed(once="one-token"))
    assert Remedy.objects.count() == 1


def test_it_is_brought_to_its_end_by_its_forms(desk: Desk) -> None:
    made, client = make_remedy(desk), clerk_of(desk)
    do(client, made, "accept", on="2025-04-09", body_number="霜政复〔2025〕3号")
    do(client, made, "set_hearing", when="2025-04-20T09:30", place="二楼听证室")
    hearing = made.hearings.get()
    do(client, made, "defend", on="2025-04-18", defence=upload(), defence_no="1号")
    do(client, made, "hold_hearing", hearing=hearing.pk)
    do(client, made, "suspend", on="2025-04-21", text="等待鉴定")
    do(client, made, "resume", on="2025-04-28")
    do(
        client,
        made,
        "decide",
        on="2025-05-12",
        outcome="upheld",
        served_on="2025-05-13",
        decision=upload(),
    )
    do(client, made, "note_appeal", appeal="none")
    do(client, made, "archive")
    ended = now(made)
    assert (ended.stage, ended.outcome) == (Stage.ARCHIVED, "upheld")
    assert ended.served_on == date(2025, 5, 13)
    page = client.get(page_of(made)).content.decode()
    assert "2025-05-28" in page
    assert "结果维持" in page


def test_what_is_not_allowed_says_why_and_changes_nothing(desk: Desk) -> None:
    made, client = make_remedy(desk), clerk_of(desk)
    answer = client.get(reverse("remedies:act", args=[made.pk, "resume"]))
    assert answer.headers["Location"] == page_of(made)
    page = do(client, made, "serve", on="2025-05-12")
    assert page.context["form"].non_field_errors()
    assert do(client, made, "strike_out", text="重复").status_code == 403
    assert do(client, made, "put_off_defence").status_code == 404
    assert do(head_of(desk), made, "strike_out", text="重复").status_code == 302
    assert now(made).stage == Stage.STRUCK


def test_the_next_one_is_offered_and_its_form_filled(desk: Desk) -> None:
    review = end(desk, make_remedy(desk), "upheld", AFTER, served_on=AFTER)
    client = clerk_of(desk)
    page = client.get(page_of(review))
    assert page.context["next_kind"] == Kind.SUIT_AFTER
    form = client.get(f"{NEW}?follows={review.number}").context["form"]
    assert form.initial["kind"] == Kind.SUIT_AFTER
    client.post(
        NEW,
        typed(
            kind=Kind.SUIT_AFTER,
            follows=review.number,
            copy_received_on="2025-06-03",
        ),
    )
    assert Remedy.objects.get(follows=review).kind == Kind.SUIT_AFTER


def test_a_document_is_opened_by_the_desk_and_noted(desk: Desk) -> None:
    client = clerk_of(desk)
    client.post(NEW, typed(scan=upload()))
    file = Remedy.objects.get().files.get()
    address = reverse("remedies:file", args=[file.remedy_id, file.public_id])
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert Event.objects.filter(verb="remedy.file_opened").count() == 1


AFTER = date(2025, 5, 6)


def test_the_page_of_a_case_shows_its_remedies_and_offers_one(desk: Desk) -> None:
    case, client = refused_case(desk), clerk_of(desk)
    address = reverse("applications-console:case", args=[case.pk])
    assert f"{NEW}?agency=" in client.get(address).content.decode()
    made = make_remedy(desk, case=case)
    assert page_of(made) in client.get(address).content.decode()


def test_a_defence_and_a_hearing_of_tomorrow_stand_in_the_to_do_list(
    desk: Desk,
) -> None:
    scope = clerk(desk)
    owed, heard = make_remedy(desk), make_remedy(desk, kind=Kind.COMPLAINT)
    when = timezone.now() + timedelta(days=1)
    set_hearing(by=scope, remedy=heard, when=when, place="第三法庭")
    later = timezone.now() + timedelta(days=9)
    set_hearing(by=scope, remedy=heard, when=later, place="第三法庭")
    urls = [todo.url for todo in todos.waiting(scope, 10)]
    assert urls == [page_of(owed), page_of(heard)]
    assert todos.count(scope) == 2
    other = clerk(Desk(make_agency(slug="lvyou")))
    assert todos.count(other) == 0
