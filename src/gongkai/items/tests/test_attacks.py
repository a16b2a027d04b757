"""What somebody tries who knows every route of the console."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import Person, User
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM
from gongkai.agencies.services import end_post
from gongkai.agencies.tests.clients import BACKEND, client_of, signed_in
from gongkai.agencies.tests.factories import make_user
from gongkai.audit import guards
from gongkai.audit.models import Event
from gongkai.audit.verifying import verify
from gongkai.items.choices import Outcome
from gongkai.items.models import Decision, Item, Version, VersionFile
from gongkai.items.services import drafting, publishing
from gongkai.items.tests.desks import Desks, at, fresh
from gongkai.items.tests.samples import pdf
from gongkai.registry import files

pytestmark = pytest.mark.django_db

SECRET = "不该外传的底稿"
WORD = "%E5%BA%95%E7%A8%BF"  # one word of it
FILES = [("底稿附件.pdf", pdf(["draft"]))]


def guesses(item: Item) -> Iterator[str]:
    """Every address of the console and of the site that takes an item's numbers."""
    file = fresh(item).draft.files.get()
    version = item.versions.get()
    for name in ("item", "edit", "submit", "review", "revise", "withdraw", "repeal"):
        yield at(name, item)
    for name in ("publish", "plan", "release-add", "discard"):
        yield at(name, item)
    yield at("version", item, version.number)
    yield at("diff", item, version.number, version.number)
    yield at("file-open", item, version.number, file.public_id)
    yield reverse("files:file", args=[file.public_id, file.name])
    yield reverse("items:item-by-id", args=[item.pk])
    for name in ("list", "list-csv"):
        for query in (
            "agency=all",
            f"agency={item.agency.slug}",
            f"q={WORD}",
        ):
            yield f"{reverse(f'items-console:{name}')}?{query}"
    yield f"{reverse('portal:search')}?q={WORD}"
    yield reverse("statistics:form", args=[item.agency.slug, 2026])
    yield reverse("console:home")


@pytest.fixture
def secret(desks: Desks) -> Item:
    return desks.submit(desks.draft(FILES, title=SECRET, body=f"<p>{SECRET}</p>")).item


@pytest.mark.parametrize("who", ["stranger", "outsider", "administrator"])
def test_nobody_else_reads_a_draft_by_guessing_addresses(
    desks: Desks, secret: Item, who: str
) -> None:
    client = {
        "stranger": Client(),
        "outsider": desks.outsiders,
        "administrator": desks.administrators,
    }[who]
    before = Event.objects.count()
    for address in guesses(secret):
        for method in (client.get, client.post):
            text = method(address).getvalue().decode(errors="replace")
            assert SECRET not in text, address
            assert "draft)" not in text, address
    assert Event.objects.count() == before


def test_a_post_that_ended_reads_nothing_any_more(desks: Desks, secret: Item) -> None:
    person = Person.objects.get(pk=desks.clerk.person)
    client = desks.clerks
    assert client.get(at("item", secret)).status_code == 200
    end_post(by=SYSTEM, post=person.posts.get(), ends_on=timezone.localdate())
    assert client.get(at("item", secret)).status_code in {403, 404}
    assert SECRET not in client.get(reverse("console:home")).content.decode()


def approve(client: Client, version: Version) -> int:
    form = {"outcome": Outcome.APPROVED, "content_hash": version.content_hash}
    return client.post(at("review", version.item), form).status_code


def test_nobody_approves_their_own_under_a_second_account(desks: Desks) -> None:
    person = Person.objects.get(pk=desks.clerk.person)
    second = make_user(desks.agency, Role.SECTION_HEAD, person=person)
    version = desks.submit(desks.draft())
    client = signed_in(second)
    assert client.get(at("review", version.item)).status_code == 200
    assert approve(client, version) == 200
    assert approve(desks.clerks, version) == 200
    assert not Decision.objects.exists()


def test_nobody_approves_an_item_of_which_they_wrote_an_earlier_version(
    desks: Desks,
) -> None:
    version = desks.submit(desks.draft())
    head = Desks(desks.agency)
    drafting.revise(by=head.head, item=version.item)
    item = fresh(version.item)
    drafting.save_draft(
        by=head.head, item=item, fields={"title": "改"}, revision=item.draft.revision
    )
    newer = head.submit(item)
    assert approve(signed_in(head.head), version) == 200
    assert newer.steps.filter(decision__isnull=False).count() == 0


def test_one_person_with_both_posts_does_not_decide_twice(desks: Desks) -> None:
    both = make_user(desks.agency, Role.SECTION_HEAD, Role.SECRECY_REVIEWER)
    version = desks.submit(desks.draft())
    client = signed_in(both)
    assert approve(client, version) == 302
    assert approve(client, version) == 200
    assert Decision.objects.count() == 1


def tampered_text(version: Version) -> None:
    Version.objects.filter(pk=version.pk).update(body="<p>审后加的话</p>")


def tampered_name(version: Version) -> None:
    version.files.update(name="另一个名字.pdf")


def tampered_file(version: Version) -> None:
    other = files.store([pdf(["other"])])
    version.files.update(stored=other)


def added_file(version: Version) -> None:
    other = files.store([pdf(["more"])])
    VersionFile.objects.create(version=version, stored=other, name="夹带.pdf")


def tampered_disk(version: Version) -> None:
    path = files.path_of(version.files.get().stored.sha256)
    path.write_bytes(pdf(["put in place of it"]))


@pytest.mark.parametrize(
    "tamper", [tampered_text, tampered_name, tampered_file, added_file, tampered_disk]
)
def test_what_was_changed_after_the_approval_is_not_published(
    desks: Desks, client: Client, tamper: Callable[[Version], None]
) -> None:
    name = f"{tamper.__name__}.pdf"
    item = desks.approved([(name, pdf([tamper.__name__]))])
    guards.lift(connection)  # as whoever owns the database could
    tamper(item.versions.get())
    guards.install(connection)
    desks.clerks.post(at("publish", item))
    assert not fresh(item).is_public
    assert publishing.publish_due() == 0
    assert client.get(reverse("items:item-by-id", args=[item.pk])).status_code == 404


def test_an_approval_does_not_carry_over_to_what_is_typed_later(desks: Desks) -> None:
    item = desks.approved(title="审过的")
    draft = fresh(item).draft
    form = {"title": "没审过的", "revision": draft.revision, "kind": "notice"}
    desks.clerks.post(at("edit", item), form)
    desks.clerks.post(at("publish", item))
    live = fresh(item).live
    assert live is not None
    assert live.title == "审过的"


def test_markup_put_into_the_database_is_not_run_by_the_console(
    desks: Desks,
) -> None:
    item = desks.draft(title="<script>alert(1)</script>", doc_no='"><script>alert(2)')
    bad = "<p>甲</p><script>alert(3)</script><img src=x onerror=alert(4)>"
    type(item.draft).objects.filter(pk=item.draft.pk).update(body=bad)
    for name in ("item", "submit", "edit"):
        text = desks.clerks.get(at(name, item)).content.decode()
        for number in (1, 2, 3):
            assert f"<script>alert({number})" not in text, name
        assert "<img src=x onerror" not in text, name
    lists = desks.clerks.get(reverse("items-console:list")).content.decode()
    assert "<script>alert" not in lists


def test_markup_put_into_the_database_is_not_run_by_the_public_page(
    desks: Desks, client: Client
) -> None:
    bad = "<p>甲</p><script>alert(3)</script><img src=x onerror=alert(4)>"
    for slug in ("plans", "guide"):
        item = desks.draft(column=desks.column(slug))
        type(item.draft).objects.filter(pk=item.draft.pk).update(body=bad)
        version = desks.submit(item)
        desks.approve(version, desks.head)
        publishing.publish(by=desks.clerk, item=desks.approve(version, desks.secrecy))
        column = reverse("portal:column", args=[item.agency.slug, slug])
        for address in (fresh(item).get_absolute_url(), column):
            text = client.get(address).content.decode()
            assert "alert(" not in text, address


def test_markup_in_words_of_a_public_item_is_shown_as_words(
    desks: Desks, client: Client
) -> None:
    bad = "<b>x</b><script>y</script>"
    told = {
        name: f"{name}{bad}"
        for name in ("title", "doc_no", "issuer", "keywords", "summary", "source")
    }
    item = desks.published((), None, **told)
    for address in (
        item.get_absolute_url(),
        reverse("portal:home"),
        reverse("portal:agency", args=[item.agency.slug]),
        reverse("portal:column", args=[item.agency.slug, "plans"]),
        f"{reverse('portal:search')}?q=title",
    ):
        text = client.get(address).content.decode()
        assert "<script>y" not in text, address
        assert "<b>x" not in text, address


POSTED = (
    *("edit", "submit", "review", "publish", "plan"),
    *("revise", "withdraw", "repeal", "release-add", "discard"),
)


def test_every_act_asks_for_the_forms_own_token(desks: Desks) -> None:
    items = [desks.draft(), desks.approved(), desks.published()]
    client = Client(enforce_csrf_checks=True)
    every = make_user(desks.agency, *Role)
    client.force_login(every, BACKEND)
    before = Event.objects.count()
    addresses = [at(name, item) for name in POSTED for item in items]
    addresses += [reverse("items-console:new"), reverse("agencies:act-for")]
    for address in addresses:
        assert client.post(address, {"note": "x"}).status_code == 403, address
        page = client.post(
            address, {"note": "x"}, headers={"Origin": "https://elsewhere.example"}
        )
        assert page.status_code == 403
    assert Event.objects.count() == before


def test_a_link_changes_nothing(desks: Desks) -> None:
    """Whatever a picture or a link in a mail could make a browser fetch."""
    items = [desks.draft(), desks.approved(), desks.published()]
    every = client_of(desks.agency, *Role)
    before = Event.objects.count()
    for name in POSTED:
        for item in items:
            every.get(at(name, item), {"note": "x", "act": "save"})
    assert Event.objects.count() == before


def test_no_page_of_the_console_is_kept_or_framed(desks: Desks) -> None:
    item = desks.draft()
    for address in (
        reverse("console:home"),
        reverse("items-console:list"),
        at("item", item),
        at("edit", item),
        at("submit", item),
    ):
        answer = desks.clerks.get(address)
        assert "no-store" in answer.headers["Cache-Control"], address
        assert answer.headers["X-Frame-Options"] == "DENY"
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_a_closed_account_is_signed_out(desks: Desks, secret: Item) -> None:
    client = desks.clerks
    User.objects.filter(pk=desks.clerk.user).update(is_active=False)
    answer = client.get(at("item", secret))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("accounts:sign-in"))


def test_choosing_an_agency_does_not_lead_off_the_site(desks: Desks) -> None:
    answer = desks.clerks.post(
        reverse("agencies:act-for"),
        {"agency": desks.agency.pk, "next": "//elsewhere.example/"},
    )
    assert answer.headers["Location"] == reverse("console:home")


def test_attempts_leave_the_audit_chain_whole(
    desks: Desks, secret: Item, settings: Any, tmp_path: Path
) -> None:
    settings.AUDIT_HEADS_FILE = tmp_path / "heads"
    for address in guesses(secret):
        desks.outsiders.post(address)
    assert not list(verify())
    assert SECRET not in json.dumps(list(Event.objects.values_list("data", flat=True)))
