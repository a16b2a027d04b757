"""Saving an application, coming back to it, letting it go."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.applications import jobs
from gongkai.applications.models import Case, IntakeDraft
from gongkai.applications.services import drafting
from gongkai.applications.tests.filing import SUBJECT, Visitor
from gongkai.registry.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Agency:
    return make_agency("霜桥县林业局", slug="shuangqiao-linye")


@pytest.fixture
def visitor(bureau: Agency) -> Visitor:
    return Visitor(bureau)


BACK = reverse("applications:back")


def code(visitor: Visitor) -> str:
    shown: str = visitor.get("saved").context["code"]
    return shown


def come_back(client: Client, code: str) -> Any:
    return client.post(BACK, {"code": code})


def test_what_was_typed_is_kept_even_where_it_will_not_do_yet(visitor: Visitor) -> None:
    visitor.begin()
    visitor.ask()
    visitor.post("step", "who", kind="natural_person")
    answer = visitor.post("step", "identity", identity_no="3501", act="save")
    assert answer.headers["Location"] == visitor.url("saved")
    assert 'value="3501"' in visitor.get("step", "identity").text
    assert visitor.send().headers["Location"] == visitor.url("step", "identity")


def test_one_address_may_begin_very_many_and_is_told_when_it_may_go_on(
    bureau: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "MOST_BEGUN", 2)
    start = reverse("applications:start", args=[bureau.slug])
    answers = [Client().post(start, {"about": "补助明细"}) for _number in range(3)]
    assert [one.status_code for one in answers] == [302, 302, 429]
    assert IntakeDraft.objects.count() == 2
    assert answers[2].headers["Retry-After"] == "3600"
    assert 'value="补助明细"' in answers[2].text
    assert Client(REMOTE_ADDR="10.1.1.1").post(start).status_code == 302


def test_the_code_leads_another_device_to_where_it_was_left(
    visitor: Visitor, bureau: Agency
) -> None:
    visitor.begin()
    visitor.ask()
    visitor.post("step", "who", kind="research")
    other = Visitor(bureau, Client())
    answer = come_back(other.client, f" {code(visitor).upper()} ")
    assert answer.headers["Location"] == other.url("step", "identity")
    assert SUBJECT in other.get("matters").text


def test_the_cookie_is_for_no_script_and_ends_with_the_browser(
    visitor: Visitor,
) -> None:
    cookie = visitor.begin().cookies["application"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/apply/"
    assert not cookie["max-age"]


def test_the_code_stands_on_one_page_only_and_in_no_address(visitor: Visitor) -> None:
    visitor.begin()
    visitor.ask()
    token = visitor.client.cookies["application"].value
    for name, args in (("matters", ()), ("step", ("who",)), ("files", ())):
        told = visitor.get(name, *args).text
        assert token not in told.replace("-", "")
    saved = visitor.get("saved").text
    assert code(visitor).replace("-", "") == token
    assert code(visitor) in saved
    assert not re.search(rf'(?:href|action)="[^"]*(?:{token}|{code(visitor)})', saved)
    answer = come_back(Client(), code(visitor))
    assert token not in answer.headers["Location"]


def test_a_code_of_nothing_says_so_and_tells_nothing(
    client: Client, bureau: Agency
) -> None:
    answer = come_back(client, "abcd-efgh")
    assert answer.status_code == 200
    assert "code" in answer.context["form"].errors
    assert "application" not in answer.cookies
    assert client.get("/apply/back/abcdefgh/").status_code == 404


def test_guessing_codes_is_slowed_down(visitor: Visitor) -> None:
    visitor.begin()
    right = code(visitor)
    for _try in range(drafting.MOST_FAILURES):
        assert come_back(visitor.client, "abcd-efgh").status_code == 200
    refused = come_back(visitor.client, right)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"
    assert come_back(Client(REMOTE_ADDR="10.1.1.1"), right).status_code == 302


def test_the_code_leads_to_the_receipt_once_it_is_sent(
    visitor: Visitor, bureau: Agency
) -> None:
    visitor.fill()
    kept = code(visitor)
    visitor.send()
    other = Visitor(bureau, Client())
    assert come_back(other.client, kept).headers["Location"] == other.url("sent")
    assert Case.objects.get().number in other.get("sent").text


def test_a_device_forgets_when_it_is_told_to(visitor: Visitor) -> None:
    visitor.begin()
    kept = code(visitor)
    visitor.post("leave")
    assert visitor.get("matters").headers["Location"] == visitor.url("start")
    assert come_back(visitor.client, kept).status_code == 302


def test_the_start_offers_to_go_on(visitor: Visitor) -> None:
    visitor.begin()
    visitor.ask()
    assert visitor.url("step", "who") in visitor.get("start").text


def test_a_draft_for_one_body_is_not_sent_to_another(visitor: Visitor) -> None:
    visitor.fill()
    other = Visitor(make_agency(), visitor.client)
    assert other.send().headers["Location"] == other.url("start")
    assert not Case.objects.exists()


def test_the_database_holds_nothing_of_a_draft_in_the_open(visitor: Visitor) -> None:
    visitor.fill(identity={"name": "暗香疏影"})
    token = visitor.client.cookies["application"].value
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applications_intakedraft")
        row = b"|".join(
            value if isinstance(value, bytes) else str(value).encode()
            for value in cursor.fetchone()
        )
    for secret in ("暗香疏影", SUBJECT, "身份证", token):
        assert secret.encode() not in row


def test_what_is_never_sent_is_deleted_with_its_files(visitor: Visitor) -> None:
    visitor.fill()
    kept = Visitor(visitor.agency)
    kept.begin()
    long_ago = timezone.now() - drafting.KEPT - timedelta(hours=1)
    IntakeDraft.objects.filter(pk=IntakeDraft.objects.earliest("pk").pk).update(
        saved_at=long_ago
    )
    jobs.sweep()
    assert IntakeDraft.objects.count() == 1
    assert not StoredFile.objects.exists()
    assert visitor.get("check").headers["Location"] == visitor.url("start")
