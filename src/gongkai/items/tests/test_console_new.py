import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.agencies.tests.factories import make_agency
from gongkai.catalogue.models import Column
from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.items.tests.desks import Desks, at, form_of
from gongkai.items.tests.samples import pdf, word

pytestmark = pytest.mark.django_db

NEW = reverse("items-console:new")
DOCX = word(
    "^青山县农业农村局文件", "^青农发〔2026〕9号", "^关于春灌的通知", "各乡镇："
)


def told(desks: Desks, **more: object) -> dict[str, object]:
    return {"column": desks.column().pk, "kind": Kind.NOTICE, **more}


def upload(data: bytes, name: str = "通知.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_an_empty_draft_begins_in_its_column(desks: Desks) -> None:
    answer = desks.clerks.post(NEW, told(desks, kind=Kind.NORMATIVE))
    item = Item.objects.select_related("draft").get()
    assert answer.headers["Location"] == at("edit", item)
    assert item.draft.column == desks.column()
    assert (item.draft.kind, item.draft.issuer) == (Kind.NORMATIVE, desks.agency.name)


def test_a_word_file_fills_the_draft(desks: Desks) -> None:
    desks.clerks.post(NEW, told(desks, document=upload(DOCX)))
    draft = Item.objects.get().draft
    assert draft.title == "关于春灌的通知"
    assert draft.doc_no == "青农发〔2026〕9号"
    assert "各乡镇" in draft.body


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut off", pdf(["x"]), b"<html>"])
def test_a_file_that_cannot_be_read_starts_nothing_and_keeps_the_choices(
    desks: Desks, data: bytes
) -> None:
    answer = desks.clerks.post(NEW, told(desks, document=upload(data), kind="rule"))
    form = form_of(answer)
    assert form.errors["document"]
    assert form["kind"].value() == "rule"
    assert not Item.objects.exists()


def test_a_form_sent_twice_starts_one_item(desks: Desks) -> None:
    once = desks.clerks.get(NEW).context["once"]
    form = told(desks, once=once)
    first, second = desks.clerks.post(NEW, form), desks.clerks.post(NEW, form)
    assert Item.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]
    desks.clerks.post(NEW, told(desks, once=desks.clerks.get(NEW).context["once"]))
    assert Item.objects.count() == 2


def test_the_column_must_be_one_of_the_agencys_that_holds_items(desks: Desks) -> None:
    elsewhere = Column.objects.get(agency=desks.other, slug="plans")
    for wrong in (elsewhere.pk, desks.column("apply").pk, "", "x", "9" * 30):
        form = form_of(desks.clerks.post(NEW, told(desks, column=wrong)))
        assert form.errors["column"]
    assert not Item.objects.exists()


def test_only_editors_start_and_only_for_their_own_agencies(desks: Desks) -> None:
    for role in (Role.LEADER, Role.INSPECTOR, Role.ADMINISTRATOR):
        client = client_of(desks.agency, role)
        assert client.post(NEW, told(desks)).status_code == 403
    for slug in (desks.other.slug, "nobody"):
        assert desks.clerks.post(f"{NEW}?agency={slug}", told(desks)).status_code == 404
    assert not Item.objects.exists()


def test_somebody_with_posts_in_two_agencies_chooses(desks: Desks) -> None:
    from gongkai.accounts.models import User

    second = Desks(make_agency())
    user = User.objects.get(pk=desks.clerk.user)
    user.person.posts.create(agency=second.agency, role=Role.CLERK)
    answer = desks.clerks.get(f"{NEW}?agency={second.agency.slug}")
    assert answer.context["agency"] == second.agency
    assert answer.context["others"] == [desks.agency]
    desks.clerks.post(f"{NEW}?agency={second.agency.slug}", told(second))
    assert Item.objects.get().agency == second.agency


def test_a_draft_never_handed_in_is_discarded_after_asking(desks: Desks) -> None:
    item = desks.draft([("a.pdf", pdf(["x"]))])
    assert desks.clerks.get(at("discard", item)).status_code == 200
    assert Item.objects.filter(pk=item.pk).exists()
    answer = desks.clerks.post(at("discard", item))
    assert answer.headers["Location"] == reverse("items-console:list")
    assert not Item.objects.filter(pk=item.pk).exists()
    assert desks.clerks.post(at("discard", item)).status_code == 404


def test_what_was_handed_in_cannot_be_discarded(desks: Desks) -> None:
    item = desks.draft()
    desks.submit(item)
    answer = desks.clerks.post(at("discard", item))
    assert answer.headers["Location"] == at("item", item)
    assert Item.objects.filter(pk=item.pk).exists()
    assert desks.outsiders.post(at("discard", desks.draft())).status_code == 404
