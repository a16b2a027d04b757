"""Decisions over items: what must be filled, who may judge, what may go live."""

import unicodedata
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.items.choices import Attribute
from gongkai.items.exceptions import FileRefused, NotApproved
from gongkai.items.hashing import content_hash
from gongkai.items.models import Draft, Item, Step, Version
from gongkai.items.services import stepping
from gongkai.registry import files

MEDIA_TYPES = {
    "application/pdf": (".pdf",),
    files.DOCX: (".docx",),
    files.XLSX: (".xlsx",),
    "application/zip": (".zip",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
}
"""What may be attached, by content, and the endings that tell the truth about it."""


def missing_for_submission(draft: Draft, item: Item, today: date) -> Iterator[str]:
    """Sentences on what the draft still lacks before it can be reviewed."""
    if not draft.title.strip():
        yield _("The title is empty. Enter the title as the public will read it.")
    if not draft.body.strip() and not draft.files.exists():
        yield _("There is neither a text nor an attachment. Add one of them.")
    if draft.column is None:
        yield _("No column is chosen. Choose where the item belongs.")
    elif draft.column.agency_id != item.agency_id or draft.column.retired_on:
        yield _("The column is not in use any more. Choose another one.")
    if draft.attribute != Attribute.PROACTIVE:
        yield from _missing_for_keeping(draft)
    yield from _wrong_dates(draft, today)
    if item.first_published_at and not draft.public_note.strip():
        yield _(
            "The item was public before. Write the public note: what changes and why."
        )


def _missing_for_keeping(draft: Draft) -> Iterator[str]:
    # 国办发〔2016〕80号: a draft proposed as not open states its reason.
    if not draft.ground:
        yield _("An item that stays closed needs its legal ground. Choose it.")
    if not draft.reason.strip():
        yield _("An item that stays closed needs a reason. Write it down.")


def _wrong_dates(draft: Draft, today: date) -> Iterator[str]:
    if draft.made_on and draft.made_on > today:
        yield _("The date of making, %(day)s, is later than today. Check it.") % {
            "day": draft.made_on.isoformat()
        }
    if (
        draft.effective_on
        and draft.expires_on
        and draft.expires_on < draft.effective_on
    ):
        yield _("It is in force until %(until)s, before it begins. Check both.") % {
            "until": draft.expires_on.isoformat()
        }


def obstacles_to_approval(version: Version, step: Step, by: Scope) -> list[str]:
    """Why this person cannot approve this version yet; empty if they can."""
    of_person = stepping.obstacles_of_person(
        step,
        by,
        author_id=version.author_person_id,
        worked=worked_on(version.item, by.person_id or 0),
    )
    return [*of_person, *_obstacles_of_version(version, by)]


def worked_on(item: Item, person_id: int) -> bool:
    """Whether the person began it, typed in it or handed it in, under any account."""
    if item.author is not None and item.author.person_id == person_id:
        return True
    return (
        item.writers.filter(person_id=person_id).exists()
        or item.versions.filter(author_person_id=person_id).exists()
    )


def _obstacles_of_version(version: Version, by: Scope) -> Iterator[str]:
    unopened = version.files.exclude(openings__person_id=by.person_id or 0).filter(
        is_picture=False
    )
    for name in unopened.values_list("name", flat=True):
        yield _("“%(name)s” is not opened yet. Open it first.") % {"name": name}
    unexplained = version.findings.filter(is_serious=True, explanation__isnull=True)
    count = unexplained.count()
    if count:
        yield _(
            "%(count)d findings are open. Return the item, or write for each one why "
            "it may go on."
        ) % {"count": count}


def current_hash(version: Version) -> str:
    """The hash of what the version holds now, computed again from its rows."""
    listed = version.files.select_related("stored")
    return content_hash(version, listed, version.item.agency_id, version.public_note)


def check_publishable(version: Version) -> None:
    """Raises NotApproved unless every step approved exactly this content.

    The hash is computed anew and each file read back from the disk: neither a changed
    row nor a changed file can go out under an old approval.
    """
    now = current_hash(version)
    if now != version.content_hash:
        raise NotApproved(_("The content is not the one that was submitted."))
    for file in version.files.select_related("stored"):
        try:
            files.read(file.stored)
        except (files.DamagedFile, OSError) as error:
            raise NotApproved(
                _("“%(name)s” on the disk is not the file that was reviewed.")
                % {"name": file.name}
            ) from error
    if version.attribute != Attribute.PROACTIVE:
        raise NotApproved(_("The item is not meant for publication."))
    if not _is_vouched(version, now) and not _passed_every_step(version, now):
        raise NotApproved(_("Not every step has approved this version."))


def _is_vouched(version: Version, content: str) -> bool:
    vouching = getattr(version, "vouching", None)
    return vouching is not None and vouching.content_hash == content


def _passed_every_step(version: Version, content: str) -> bool:
    steps = version.steps.select_related("decision")
    return stepping.passed_every_step(steps, content, version.author_person_id)


def check_attachment(name: str, media_type: str) -> str:
    """The name as it will be shown; raises FileRefused.

    The type is the one that the bytes tell, and the ending must agree with it.
    """
    clean = clean_file_name(name)
    endings = MEDIA_TYPES.get(media_type)
    if endings is None:
        raise FileRefused(
            _(
                "“%(name)s” is not a PDF, Word (.docx), Excel (.xlsx), picture or "
                "zip file by its content. Save it as one of these and try again."
            )
            % {"name": clean}
        )
    if not clean.lower().endswith(endings):
        raise FileRefused(
            _("“%(name)s” is a %(ending)s file by its content. Rename it so.")
            % {"name": clean, "ending": endings[0]}
        )
    return clean


def clean_file_name(name: str) -> str:
    """Without path, control and direction signs, so that no name plays a trick."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Co"}
    )
    return kept.strip(" .")[-200:] or "file"
