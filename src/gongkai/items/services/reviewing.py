"""Review: handing in, opening, explaining, deciding."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit
from gongkai.items import mailing, permissions, rules
from gongkai.items.choices import Outcome, Stage
from gongkai.items.exceptions import EditedElsewhere, ItemRefused, NotAllowedNow
from gongkai.items.hashing import content_hash
from gongkai.items.inspecting import inspect_draft
from gongkai.items.inspection import Hint
from gongkai.items.models import (
    Content,
    Decision,
    Draft,
    Explanation,
    Finding,
    Item,
    Opening,
    Step,
    Version,
    VersionFile,
)
from gongkai.items.models.flow import ITEMS
from gongkai.items.services import stepping
from gongkai.items.services.locking import locked


def submit(
    *, by: Scope, item: Item, revision: int, now: datetime | None = None
) -> Version:
    """Make the draft the next version and hand it to the first step of the flow.

    ``revision`` is the draft's that the author looked at. Raises ItemRefused with what
    is missing, EditedElsewhere, NotAllowedNow, PermissionDenied.
    """
    now = now or timezone.now()
    # Reading every attachment takes its time; the revision says if it still holds.
    hints = inspect_draft(Draft.objects.get(item=item))
    with transaction.atomic():
        item = locked(item)
        _check_submittable(by, item, revision, now)
        version = _make_version(by, item, now)
        _keep_findings(version, hints)
        stepping.open_steps(
            Step, version, agency_id=item.agency_id, subject=ITEMS, now=now
        )
        item.stage, item.stage_since = Stage.IN_REVIEW, now
        item.save(update_fields=["stage", "stage_since"])
        mailing.tell_reviewers(version)
        audit.record(
            "item.submitted",
            about=version,
            user_id=by.user_id,
            agency_id=item.agency_id,
            data={"item": item.pk, "hash": version.content_hash},
        )
    return version


def _check_submittable(by: Scope, item: Item, revision: int, now: datetime) -> None:
    if not permissions.can_start(by, item.agency_id):
        raise PermissionDenied
    if not permissions.can_edit(by, item):
        raise NotAllowedNow(_("The item was handed in already."))
    if item.draft.revision != revision:
        raise EditedElsewhere(
            _("The draft was changed since you looked at it. Look at it again.")
        )
    today = timezone.localdate(now)
    missing = list(rules.missing_for_submission(item.draft, item, today))
    if not stepping.has_flow(item.agency_id, ITEMS):
        missing.append(
            _("Your agency has no review flow yet. Ask the administrator for one.")
        )
    if missing:
        raise ItemRefused(*missing)


def _make_version(by: Scope, item: Item, now: datetime) -> Version:
    draft = item.draft
    listed = list(draft.files.select_related("stored"))
    last = item.versions.order_by("-number").first()
    version = Version(
        item=item,
        number=last.number + 1 if last else 1,
        made_at=now,
        made_by_id=by.user_id,
        author_person_id=by.person_id,
        column=draft.column,
        public_note=draft.public_note.strip(),
        content_hash=content_hash(
            draft, listed, item.agency_id, draft.public_note.strip()
        ),
        **{name: getattr(draft, name) for name in Content.FIELDS},
    )
    version.save(force_insert=True)
    VersionFile.objects.bulk_create(
        VersionFile(
            version=version,
            public_id=file.public_id,
            stored=file.stored,
            name=file.name,
            is_picture=file.is_picture,
            position=file.position,
        )
        for file in listed
    )
    return version


def _keep_findings(version: Version, hints: Sequence[Hint]) -> None:
    Finding.objects.bulk_create(
        Finding(
            version=version,
            code=hint.code,
            is_serious=hint.severity == "serious",
            place=hint.where[:300],
            excerpt=hint.excerpt[:200],
            message=hint.message,
            fingerprint=hint.fingerprint,
        )
        for hint in hints
    )


@transaction.atomic
def open_file(
    *, by: Scope, version: Version, public_id: str, now: datetime | None = None
) -> VersionFile:
    """Note that the reviewer opened the attachment. Raises VersionFile.DoesNotExist.

    The caller gives a version that the scope may see.
    """
    file = version.files.select_related("stored").get(public_id=public_id)
    _opening, is_first = Opening.objects.get_or_create(
        file=file,
        person_id=by.person,
        defaults={"opened_at": now or timezone.now()},
    )
    if is_first:
        audit.record(
            "item.file_opened",
            about=version,
            user_id=by.user_id,
            agency_id=version.item.agency_id,
            data={"file": public_id},
        )
    return file


@transaction.atomic
def explain(
    *, by: Scope, finding: Finding, reason: str, now: datetime | None = None
) -> Explanation:
    """Record why a finding does not stop the item.

    Raises ItemRefused for an empty reason or the author's own, PermissionDenied where
    the version does not wait for this person.
    """
    version = finding.version
    step = version.steps.filter(is_current=True).first()
    if step is None or not permissions.can_decide(by, step):
        raise PermissionDenied
    if not reason.strip():
        raise ItemRefused(_("The reason is empty. Write why the item may go on."))
    if by.person_id is None or rules.worked_on(version.item, by.person_id):
        raise ItemRefused(
            _("The author cannot explain a finding. Another person has to.")
        )
    explanation, _made = Explanation.objects.get_or_create(
        finding=finding,
        defaults={
            "reason": reason.strip(),
            "explained_at": now or timezone.now(),
            "explained_by_id": by.user,
        },
    )
    audit.record(
        "item.finding_explained",
        about=version,
        user_id=by.user_id,
        agency_id=version.item.agency_id,
        data={"finding": finding.pk, "code": finding.code},
    )
    return explanation


@transaction.atomic
def decide(
    *,
    by: Scope,
    step: Step,
    outcome: str,
    content_hash: str,
    opinion: str = "",
    now: datetime | None = None,
) -> Item:
    """Approve or return the version at one step.

    ``content_hash`` is the one that the reviewer saw. Raises AlreadyDecided,
    NotAllowedNow where the item was taken back meanwhile, ItemRefused with what stands
    against an approval, PermissionDenied.
    """
    now = now or timezone.now()
    item = locked(step.version.item)
    step = Step.objects.select_related("version__item__agency", "agency").get(
        pk=step.pk
    )
    _check_decidable(by, step, outcome, content_hash, opinion)
    decision = stepping.record(
        Decision, step, by=by, outcome=outcome, opinion=opinion, now=now
    )
    item.stage = _stage_after(step, outcome, now)
    item.stage_since = now
    item.save(update_fields=["stage", "stage_since"])
    if item.stage == Stage.RETURNED:
        mailing.tell_author(step.version)
    audit.record(
        f"item.{outcome}",
        about=step.version,
        user_id=by.user_id,
        agency_id=item.agency_id,
        data={
            "step": step.position,
            "kind": step.kind,
            "hash": decision.content_hash,
        },
    )
    return item


def _check_decidable(
    by: Scope, step: Step, outcome: str, seen_hash: str, opinion: str
) -> None:
    stepping.check_waits(step, by=by, seen_hash=seen_hash)
    stepping.check_decision(
        step,
        outcome=outcome,
        opinion=opinion,
        worked=rules.worked_on(step.version.item, by.person_id or 0),
        obstacles=lambda: rules.obstacles_to_approval(step.version, step, by),
        current_hash=lambda: rules.current_hash(step.version),
    )


def _stage_after(step: Step, outcome: str, now: datetime) -> str:
    if outcome == Outcome.RETURNED:
        return Stage.RETURNED
    if stepping.move_on(step, now) is not None:
        mailing.tell_reviewers(step.version)
        return Stage.IN_REVIEW
    is_for_all = permissions.is_publishable(step.version)
    return Stage.APPROVED if is_for_all else Stage.KEPT
