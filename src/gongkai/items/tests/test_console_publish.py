from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.agencies.tests.factories import make_agency, make_scope
from gongkai.items.choices import Channel, Kind, Stage
from gongkai.items.models import Item, Outlet, Release
from gongkai.items.services import publishing, setting_up
from gongkai.items.tests.desks import Desks, at, form_of, fresh
from gongkai.items.tests.samples import pdf
from gongkai.registry.outbox import run_next
from gongkai.registry.schedules import run_due

pytestmark = pytest.mark.django_db


def test_publishing_gives_a_number_and_a_public_page(
    desks: Desks, client: Client
) -> None:
    item = desks.approved(title="春灌通知")
    answer = desks.clerks.post(at("publish", item))
    assert answer.headers["Location"] == at("item", item)
    published = fresh(item)
    assert published.stage == Stage.PUBLISHED
    assert client.get(published.get_absolute_url()).status_code == 200
    record = desks.clerks.get(at("item", item))
    assert record.context["public_url"].endswith(published.get_absolute_url())


def test_a_second_press_publishes_nothing_more(desks: Desks) -> None:
    item = desks.approved()
    for _each in range(2):
        assert desks.clerks.post(at("publish", item)).status_code == 302
    assert Release.objects.filter(item=item).count() == 1


def test_what_did_not_pass_is_not_published(desks: Desks, client: Client) -> None:
    waiting = desks.submit(desks.draft()).item
    for item in (desks.draft(), waiting, desks.kept()):
        desks.clerks.post(at("publish", item))
        assert not fresh(item).is_public
        assert fresh(item).index_no is None


def test_only_the_agencys_people_publish(desks: Desks) -> None:
    item = desks.approved()
    assert desks.outsiders.post(at("publish", item)).status_code == 404
    for role in (Role.INSPECTOR, Role.ADMINISTRATOR, Role.SECRECY_REVIEWER):
        client = client_of(desks.agency, role)
        assert client.post(at("publish", item)).status_code == 403
    assert desks.clerks.get(at("publish", item)).status_code == 405
    assert not fresh(item).is_public


def test_the_ogi_office_above_reads_and_does_not_publish_for_others() -> None:
    root = make_agency()
    desks = Desks(make_agency(parent=root))
    item = desks.approved()
    ogi = client_of(root, Role.OGI_OFFICE)
    assert ogi.get(at("item", item)).status_code == 200
    assert ogi.post(at("publish", item)).status_code == 403
    assert not fresh(item).is_public


def plan(desks: Desks, item: Item, at_: datetime) -> Any:
    text = timezone.localtime(at_).strftime("%Y-%m-%dT%H:%M")
    return desks.clerks.post(at("plan", item), {"at": text})


def test_the_worker_publishes_at_the_set_time(
    desks: Desks, time_machine: Any, settings: Any, tmp_path: Path
) -> None:
    settings.AUDIT_HEADS_FILE = tmp_path / "heads"  # the worker copies them too
    item, start = desks.approved(), timezone.now()
    plan(desks, item, start + timedelta(hours=2))
    assert fresh(item).stage == Stage.PLANNED
    for hours, is_public in ((1, False), (3, True)):
        time_machine.move_to(start + timedelta(hours=hours), tick=False)
        work()
        assert fresh(item).is_public is is_public
    assert fresh(item).published_on == timezone.localdate()


def work() -> None:
    """A round of the worker: what is due, then all that waits."""
    run_due()
    while run_next("w"):
        pass


@pytest.mark.engines
def test_an_item_that_cannot_go_out_does_not_hold_up_the_others(desks: Desks) -> None:
    now, taken = timezone.now(), desks.published()
    stuck, other = desks.approved(), Desks(desks.other)
    free = other.approved()
    for office, item in ((desks, stuck), (other, free)):
        at_ = now + timedelta(hours=1)
        publishing.plan(by=office.clerk, item=item, at=at_, now=now)
    next_number = str(taken.index_no).replace("00001", "00002")
    Item.objects.filter(pk=taken.pk).update(index_no=next_number)
    assert publishing.publish_due(now + timedelta(hours=2)) == 1
    assert (fresh(stuck).is_public, fresh(free).is_public) == (False, True)
    assert fresh(stuck).stage == Stage.PLANNED


def test_a_time_past_or_none_is_refused_and_kept(desks: Desks) -> None:
    item = desks.approved()
    past = datetime(2026, 1, 2, 9, tzinfo=timezone.get_default_timezone())
    form = form_of(plan(desks, item, past), "plan_form")
    assert "2026-01-02 09:00" in str(form.errors["at"])
    assert form["at"].value() == "2026-01-02T09:00"
    form = form_of(desks.clerks.post(at("plan", item), {"at": "明天"}), "plan_form")
    assert form["at"].value() == "明天"
    assert fresh(item).stage == Stage.APPROVED


def test_a_plan_is_moved_and_taken_back(desks: Desks) -> None:
    item, now = desks.approved(), timezone.now()
    plan(desks, item, now + timedelta(hours=2))
    plan(desks, item, now + timedelta(hours=5))
    planned = fresh(item).planned_for
    assert planned is not None
    assert planned > now + timedelta(hours=4)
    desks.clerks.post(at("revise", item))
    assert (fresh(item).stage, fresh(item).planned_for) == (Stage.DRAFT, None)


def test_revising_asks_first_and_voids_the_approval(desks: Desks) -> None:
    item = desks.approved()
    page = desks.clerks.get(at("revise", item))
    assert page.context["sentences"]
    assert fresh(item).stage == Stage.APPROVED
    for _each in range(2):
        answer = desks.clerks.post(at("revise", item))
        assert answer.headers["Location"] == at("edit", item)
    assert fresh(item).stage == Stage.DRAFT
    desks.clerks.post(at("publish", item))
    assert not fresh(item).is_public


def test_only_editors_of_the_agency_revise(desks: Desks) -> None:
    item = desks.published()
    assert desks.outsiders.post(at("revise", item)).status_code == 404
    assert desks.secrecys.post(at("revise", item)).status_code == 403
    assert fresh(item).stage == Stage.PUBLISHED


def test_withdrawing_needs_a_note_and_leaves_it_to_the_public(
    desks: Desks, client: Client
) -> None:
    item = desks.published()
    assert form_of(desks.heads.post(at("withdraw", item), {"note": " "})).errors["note"]
    assert fresh(item).is_public
    for _each in range(2):
        answer = desks.heads.post(at("withdraw", item), {"note": "附件有误"})
        assert answer.headers["Location"] == at("item", item)
    assert fresh(item).changes.count() == 1
    gone = client.get(item.get_absolute_url())
    assert gone.status_code == 410
    assert "附件有误" in gone.content.decode()


def test_who_may_not_withdraw_does_not(desks: Desks) -> None:
    item = desks.published()
    assert desks.clerks.post(at("withdraw", item), {"note": "x"}).status_code == 403
    assert desks.outsiders.post(at("withdraw", item), {"note": "x"}).status_code == 404
    assert fresh(item).is_public
    draft = desks.draft()
    answer = desks.heads.post(at("withdraw", draft), {"note": "x"})
    assert answer.headers["Location"] == at("item", draft)


def test_a_document_is_repealed_with_a_day_and_a_note(
    desks: Desks, client: Client
) -> None:
    item = desks.published(kind=Kind.NORMATIVE)
    told = {"validity": "repealed", "on": "2026-06-01", "note": "由新办法替代"}
    for name, wrong in (("on", "2026-06-31"), ("note", " "), ("validity", "in_force")):
        form = form_of(desks.clerks.post(at("repeal", item), {**told, name: wrong}))
        assert set(form.errors) == {name}
        assert form["on"].value() == (wrong if name == "on" else "2026-06-01")
    assert desks.clerks.post(at("repeal", item), told).status_code == 302
    assert fresh(item).repealed_on == date(2026, 6, 1)
    assert "由新办法替代" in client.get(item.get_absolute_url()).content.decode()
    assert desks.secrecys.post(at("repeal", item), told).status_code == 403
    assert desks.outsiders.post(at("repeal", item), told).status_code == 404


@pytest.fixture
def weibo(desks: Desks) -> Outlet:
    return setting_up.add_outlet(
        by=make_scope(desks.agency, Role.OGI_OFFICE),
        agency=desks.agency,
        name="青山发布微博",
        channel=Channel.WEIBO,
    )


def enter(desks: Desks, item: Item, outlet: Outlet, **more: object) -> Any:
    told = {"outlet": outlet.pk, "on": timezone.localdate().isoformat()}
    return desks.clerks.post(at("release-add", item), {**told, **more})


def test_a_release_is_entered_with_a_file_as_proof(desks: Desks, weibo: Outlet) -> None:
    item = desks.published()
    proof = SimpleUploadedFile("截图.pdf", pdf(["proof"]))
    answer = enter(desks, item, weibo, proof=proof)
    assert answer.headers["Location"] == f"{at('item', item)}#releases"
    release = Release.objects.get(outlet=weibo)
    assert (release.proof_name, release.item) == ("截图.pdf", item)
    page = desks.clerks.get(at("item", item)).content.decode()
    assert f"/f/{release.proof_public_id}/" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"proof_url": "javascript:alert(1)"},
        {"proof_note": "x", "on": "2999-01-01"},
        {"proof_note": "x", "on": "不知道"},
        {"proof": SimpleUploadedFile("网页.pdf", b"<html>")},
    ],
)
def test_a_release_that_does_not_hold_is_refused_and_kept(
    desks: Desks, weibo: Outlet, wrong: dict[str, object]
) -> None:
    item = desks.published()
    form = form_of(enter(desks, item, weibo, **wrong), "release_form")
    assert form.errors
    assert form["outlet"].value() == str(weibo.pk)
    assert not Release.objects.filter(outlet=weibo).exists()


def test_a_release_sent_twice_counts_once(desks: Desks, weibo: Outlet) -> None:
    item = desks.published()
    enter(desks, item, weibo, proof_note="第3条")
    form = form_of(enter(desks, item, weibo, proof_note="第3条"), "release_form")
    assert weibo.name in str(form.non_field_errors())
    assert Release.objects.filter(outlet=weibo).count() == 1


def test_a_release_is_of_something_public_at_an_outlet_of_ones_own(
    desks: Desks, weibo: Outlet
) -> None:
    draft = desks.draft()
    assert enter(desks, draft, weibo, proof_note="x").status_code == 403
    elsewhere = setting_up.add_outlet(
        by=make_scope(desks.other, Role.OGI_OFFICE),
        agency=desks.other,
        name="别局微博",
        channel=Channel.WEIBO,
    )
    own_site = desks.agency.outlets.get(is_own_site=True)
    item = desks.published()
    for outlet in (elsewhere, own_site):
        form = form_of(enter(desks, item, outlet, proof_note="x"), "release_form")
        assert form.errors["outlet"]
    told = {"outlet": weibo.pk, "on": "2026-11-01", "proof_note": "x"}
    for client, status in ((desks.heads, 302), (desks.outsiders, 404)):
        answer = client.post(at("release-add", item), told)
        assert answer.status_code == status


def test_the_record_tells_every_act_and_why_not_the_others(desks: Desks) -> None:
    item = desks.published()
    acts = desks.clerks.get(at("item", item)).context["acts"]
    allowed = {name for name, act in acts.items() if act.allowed}
    assert allowed == {"revise", "release-add", "repeal"}
    assert all(act.why_not for act in acts.values() if not act.allowed)


def test_the_record_in_each_state_can_be_read(desks: Desks, weibo: Outlet) -> None:
    withdrawn = publishing.withdraw(by=desks.head, item=desks.published(), note="x")
    planned = desks.approved()
    publishing.plan(by=desks.clerk, item=planned, at=timezone.now() + timedelta(days=1))
    in_review = desks.submit(desks.draft([("a.pdf", pdf(["a"]))])).item
    empty = desks.draft(title="", body="", column=None)
    for item in (withdrawn, planned, in_review, desks.kept(), empty):
        assert desks.clerks.get(at("item", item)).status_code == 200
        assert desks.outsiders.get(at("item", item)).status_code == 404
        assert desks.administrators.get(at("item", item)).status_code == 403


def test_versions_are_read_and_compared(desks: Desks) -> None:
    item = desks.published(title="原题")
    desks.clerks.post(at("revise", item))
    desks.edit(item, title="新题", public_note="更正")
    desks.submit(item)
    assert "原题" in desks.clerks.get(at("version", item, 1)).content.decode()
    comparison = desks.clerks.get(at("diff", item, 1, 2)).context["comparison"]
    assert ("原题", "新题") in [(one.before, one.after) for one in comparison.fields]
    assert desks.clerks.get(at("version", item, 3)).status_code == 404
    assert desks.clerks.get(at("diff", item, 1, 3)).status_code == 404
    assert desks.outsiders.get(at("diff", item, 1, 2)).status_code == 404
