"""What was reviewed is what is published, and nobody reviews their own."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.agencies.tests.factories import make_agency, make_scope, make_user, scope
from gongkai.audit import guards
from gongkai.items import todos
from gongkai.items.choices import Outcome, Stage, StepKind
from gongkai.items.exceptions import (
    AlreadyDecided,
    EditedElsewhere,
    ItemRefused,
    NotAllowedNow,
    NotApproved,
)
from gongkai.items.models import Decision, Item, Version
from gongkai.items.services import drafting, publishing, reviewing, setting_up
from gongkai.items.services.setting_up import STANDARD_FLOW, WantedStep
from gongkai.items.tests import samples
from gongkai.items.tests.factories import Office
from gongkai.registry import files

pytestmark = [pytest.mark.django_db]

PDF = samples.pdf(["Subsidies 2026"])
ID_NUMBER = "11010519491231002X"


@pytest.fixture
def office() -> Office:
    return Office()


def decide(version: Version, by: Scope, outcome: str = Outcome.APPROVED) -> Item:
    return reviewing.decide(
        by=by,
        step=version.steps.get(is_current=True),
        outcome=outcome,
        content_hash=version.content_hash,
        opinion="请改",
    )


def test_an_item_goes_out_after_every_step(office: Office) -> None:
    version = office.submit(office.draft())
    item = office.approve(version, office.head)
    assert item.stage == Stage.IN_REVIEW
    with pytest.raises(NotAllowedNow):
        publishing.publish(by=office.clerk, item=item)
    item = office.approve(version, office.secrecy)
    assert item.stage == Stage.APPROVED
    assert publishing.publish(by=office.clerk, item=item).is_public


def test_the_steps_are_decided_in_their_order(office: Office) -> None:
    version = office.submit(office.draft())
    last = version.steps.order_by("-position")[0]
    with pytest.raises(NotAllowedNow):
        reviewing.decide(
            by=office.secrecy,
            step=last,
            outcome=Outcome.APPROVED,
            content_hash=version.content_hash,
        )


def test_nobody_reviews_their_own_draft_under_another_account() -> None:
    agency = make_agency()
    office = Office(agency)
    author = make_user(agency, Role.CLERK, Role.SECTION_HEAD)
    office.clerk = scope(author)
    version = office.submit(office.draft())
    second_account = make_user(person=author.person)
    for own in (office.clerk, scope(second_account)):
        with pytest.raises(ItemRefused):
            decide(version, own)
        with pytest.raises(ItemRefused):
            decide(version, own, Outcome.RETURNED)
    assert not Decision.objects.exists()


def test_whoever_made_an_earlier_version_reviews_no_later_one(office: Office) -> None:
    agency = office.agency
    other = make_scope(agency, Role.CLERK, Role.SECTION_HEAD)
    item = office.draft()
    decide(office.submit(item), office.head, Outcome.RETURNED)
    office.clerk, first_author = other, office.clerk
    version = office.submit(item)
    assert first_author.person_id != other.person_id
    with pytest.raises(ItemRefused):
        decide(version, other)


def test_one_person_decides_one_step_of_a_version() -> None:
    agency = make_agency()
    office = Office(agency)
    both = make_scope(agency, Role.SECTION_HEAD, Role.SECRECY_REVIEWER)
    version = office.submit(office.draft())
    decide(version, both)
    with pytest.raises(ItemRefused, match=".+"):
        decide(version, both)


def test_a_person_without_the_steps_post_cannot_decide(office: Office) -> None:
    version = office.submit(office.draft())
    for stranger in (
        office.secrecy,
        make_scope(office.agency, Role.ADMINISTRATOR),
        make_scope(make_agency(), Role.SECTION_HEAD),
    ):
        with pytest.raises(PermissionDenied):
            decide(version, stranger)


def test_every_attachment_must_be_opened_by_each_reviewer(office: Office) -> None:
    version = office.submit(office.draft(files=[("表.pdf", PDF)]))
    with pytest.raises(ItemRefused, match="表.pdf"):
        decide(version, office.head)
    file = version.files.get()
    reviewing.open_file(by=office.head, version=version, public_id=file.public_id)
    decide(version, office.head)
    with pytest.raises(ItemRefused, match="表.pdf"):
        decide(version, office.secrecy)


def test_a_serious_finding_stops_the_item_until_another_explains_it(
    office: Office,
) -> None:
    version = office.submit(office.draft(body=f"<p>张某（{ID_NUMBER}）</p>"))
    finding = version.findings.filter(is_serious=True).first()
    assert finding is not None
    assert ID_NUMBER not in finding.excerpt + finding.message + finding.place
    with pytest.raises(ItemRefused):
        decide(version, office.head)
    with pytest.raises(PermissionDenied):
        reviewing.explain(by=office.clerk, finding=finding, reason="没事")
    with pytest.raises(ItemRefused):
        reviewing.explain(by=office.head, finding=finding, reason=" ")
    for open_finding in version.findings.filter(is_serious=True):
        reviewing.explain(by=office.head, finding=open_finding, reason="虚构示例号码")
    decide(version, office.head)


def test_a_return_needs_an_opinion_and_comes_back_as_a_new_version(
    office: Office,
) -> None:
    item = office.draft()
    version = office.submit(item)
    with pytest.raises(ItemRefused):
        reviewing.decide(
            by=office.head,
            step=version.steps.get(is_current=True),
            outcome=Outcome.RETURNED,
            content_hash=version.content_hash,
        )
    assert decide(version, office.head, Outcome.RETURNED).stage == Stage.RETURNED
    assert office.submit(item).number == 2


def test_a_step_is_decided_once(office: Office) -> None:
    version = office.submit(office.draft())
    step = version.steps.get(is_current=True)
    for expected in (None, AlreadyDecided):
        if expected is None:
            decide(version, office.head)
            continue
        with pytest.raises(expected):
            reviewing.decide(
                by=office.head,
                step=step,
                outcome=Outcome.APPROVED,
                content_hash=version.content_hash,
            )


def test_a_decision_on_another_hash_is_refused(office: Office) -> None:
    version = office.submit(office.draft())
    with pytest.raises(NotAllowedNow):
        reviewing.decide(
            by=office.head,
            step=version.steps.get(is_current=True),
            outcome=Outcome.APPROVED,
            content_hash="0" * 64,
        )


def test_editing_after_approval_voids_it(office: Office) -> None:
    item = office.approved()
    drafting.revise(by=office.clerk, item=item)
    with pytest.raises(NotAllowedNow):
        publishing.publish(by=office.clerk, item=item)
    office.edit(item, title="换了内容")
    version = office.submit(item)
    item.refresh_from_db()
    assert item.stage == Stage.IN_REVIEW
    with pytest.raises(NotAllowedNow):
        publishing.publish(by=office.clerk, item=item)
    assert not version.steps.filter(decision__isnull=False).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"title": "换了题目"},
        {"body": "<p>换了正文</p>"},
        {"doc_no": "青政发〔2026〕99号"},
        {"summary": "换了概述"},
    ],
)
def test_a_row_changed_behind_the_systems_back_does_not_go_out(
    office: Office, change: dict[str, str]
) -> None:
    item = office.approved()
    guards.lift(connection)
    Version.objects.filter(item=item).update(**change)
    guards.install(connection)
    with pytest.raises(NotApproved):
        publishing.publish(by=office.clerk, item=item)


def test_a_renamed_attachment_does_not_go_out(office: Office) -> None:
    item = office.approved(files=[("补贴名单.pdf", PDF)])
    guards.lift(connection)
    item.versions.get().files.update(name="别的.pdf")
    guards.install(connection)
    with pytest.raises(NotApproved):
        publishing.publish(by=office.clerk, item=item)


def test_a_file_changed_on_the_disk_does_not_go_out(office: Office) -> None:
    item = office.approved(files=[("名单.pdf", PDF + b"\n")])
    stored = item.versions.get().files.get().stored
    path = files.path_of(stored.sha256)
    path.chmod(0o600)
    path.write_bytes(PDF + b"other")
    with pytest.raises(NotApproved, match="名单.pdf"):
        publishing.publish(by=office.clerk, item=item)


def test_a_version_is_never_changed(office: Office) -> None:
    from django.db import DatabaseError, transaction

    version = office.submit(office.draft())
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(title="x")


def test_two_windows_do_not_overwrite_each_other(office: Office) -> None:
    item = office.draft()
    drafting.save_draft(by=office.clerk, item=item, fields={"title": "甲"}, revision=1)
    with pytest.raises(EditedElsewhere):
        drafting.save_draft(
            by=office.clerk, item=item, fields={"title": "乙"}, revision=1
        )


def test_a_double_press_of_submit_makes_one_version(office: Office) -> None:
    item = office.draft()
    revision = item.draft.revision
    reviewing.submit(by=office.clerk, item=item, revision=revision)
    with pytest.raises(NotAllowedNow):
        reviewing.submit(by=office.clerk, item=item, revision=revision)
    assert item.versions.count() == 1


def test_what_stays_closed_needs_a_ground_and_a_reason(office: Office) -> None:
    item = office.draft(attribute="withheld")
    with pytest.raises(ItemRefused) as refused:
        office.submit(item)
    assert len(refused.value.messages) == 2


def test_what_stays_closed_is_decided_and_never_published(office: Office) -> None:
    item = office.kept()
    assert item.stage == Stage.KEPT
    with pytest.raises(NotAllowedNow):
        publishing.publish(by=office.clerk, item=item)
    Item.objects.filter(pk=item.pk).update(stage=Stage.APPROVED)
    with pytest.raises(NotApproved):
        publishing.publish(by=office.clerk, item=item)


def test_a_flow_without_a_secrecy_review_is_refused(office: Office) -> None:
    administrator = make_scope(office.agency, Role.ADMINISTRATOR)
    with pytest.raises(ItemRefused):
        setting_up.set_flow(
            by=administrator,
            agency=office.agency,
            steps=[WantedStep(StepKind.CONTENT, Role.SECTION_HEAD)],
        )


def test_another_bodys_consent_is_asked_and_shows_it_the_item() -> None:
    office, other = Office(), Office()
    setting_up.set_flow(
        by=make_scope(office.agency, Role.ADMINISTRATOR),
        agency=office.agency,
        steps=[
            WantedStep(StepKind.CONSENT, Role.SECTION_HEAD, other.agency),
            *STANDARD_FLOW,
        ],
    )
    item = office.draft()
    assert item not in Item.objects.visible_to(other.head)
    version = office.submit(item)
    assert item in Item.objects.visible_to(other.head)
    assert item not in Item.objects.visible_to(other.clerk)
    decide(version, other.head)
    assert item not in Item.objects.visible_to(other.head)


def test_whoever_typed_in_the_draft_reviews_it_neither(office: Office) -> None:
    item = office.draft()
    drafting.save_draft(by=office.head, item=item, fields={"title": "改"}, revision=1)
    version = office.submit(item)
    with pytest.raises(ItemRefused, match="自己起草"):
        decide(version, office.head)


def test_whoever_attached_a_file_reviews_it_neither(office: Office) -> None:
    item = office.draft()
    drafting.attach(by=office.head, item=item, name="a.pdf", upload=[PDF])
    version = office.submit(item)
    with pytest.raises(ItemRefused, match="自己起草"):
        decide(version, office.head)
    assert not list(todos.steps_to_decide(office.head))


def test_whoever_saved_without_a_change_may_review(office: Office) -> None:
    item = office.draft()
    told = {"title": item.draft.title, "body": item.draft.body}
    drafting.save_draft(by=office.head, item=item, fields=told, revision=1)
    version = office.submit(item)
    assert office.approve(version, office.head).stage == Stage.IN_REVIEW
