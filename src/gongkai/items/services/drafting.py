"""Drafting: from an empty page or a Word file to what is handed in for review."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit
from gongkai.catalogue.models import Column
from gongkai.items import permissions, rules
from gongkai.items.choices import Attribute, Kind, Stage
from gongkai.items.exceptions import EditedElsewhere, FileRefused, NotAllowedNow
from gongkai.items.models import Content, Draft, DraftFile, Item, Step, Writer
from gongkai.items.reading.docx import Picture, ReadDocument, read_docx
from gongkai.items.reading.text import sanitise
from gongkai.items.services.locking import locked
from gongkai.registry import files
from gongkai.registry.models import StoredFile

WRITABLE = frozenset(Content.FIELDS) | {"column", "public_note"}
MAX_FILES = 50


@transaction.atomic
def start_draft(
    *,
    by: Scope,
    agency: Agency,
    column: Column | None = None,
    kind: str = Kind.NOTICE,
    now: datetime | None = None,
) -> Item:
    """A new item with an empty draft. Raises PermissionDenied."""
    if not permissions.can_start(by, agency.pk):
        raise PermissionDenied
    now = now or timezone.now()
    item = Item.objects.create(
        agency=agency, author_id=by.user_id, created_at=now, stage_since=now
    )
    Draft.objects.create(item=item, column=column, kind=kind, issuer=agency.name)
    audit.record("item.started", about=item, user_id=by.user_id, agency_id=agency.pk)
    return item


@transaction.atomic
def save_draft(
    *, by: Scope, item: Item, fields: Mapping[str, object], revision: int
) -> Draft:
    """Save what was typed; returns the draft with its new revision.

    ``revision`` is the one that the typing began from. Raises EditedElsewhere where
    another save came between, PermissionDenied or NotAllowedNow.
    """
    draft = _editable(by, item)
    if draft.revision != revision:
        raise EditedElsewhere(
            _(
                "This draft was saved in another window or by a colleague since you "
                "opened it. Your text is still in the form: open the draft in a new "
                "tab, compare, and save again there."
            )
        )
    before = {name: getattr(draft, name) for name in fields if name in WRITABLE}
    for name, value in fields.items():
        if name not in WRITABLE:
            raise ValueError(name)
        setattr(draft, name, sanitise(str(value)) if name == "body" else value)
    # A look at the form and a press on the button is no authorship.
    if any(getattr(draft, name) != value for name, value in before.items()):
        _note_writer(by, draft)
    _save(draft)
    audit.record(
        "item.saved",
        about=item,
        user_id=by.user_id,
        agency_id=item.agency_id,
        data={"revision": draft.revision},
    )
    return draft


def attach(*, by: Scope, item: Item, name: str, upload: files.Chunks) -> DraftFile:
    """Add an attachment to the draft; a name in use gets a number behind it.

    Raises FileRefused for a type that is not allowed, FileTooLarge, PermissionDenied,
    NotAllowedNow.
    """
    _check_editable(by, item)
    # Before the transaction: a large upload must not hold the database's only lock.
    stored = files.store(upload)
    shown = rules.check_attachment(name, stored.media_type)
    with transaction.atomic():
        draft = _editable(by, item)
        file = _add_file(draft, shown, stored, is_picture=False)
        _note_writer(by, draft)
        _save(draft)
        audit.record(
            "item.file_added",
            about=item,
            user_id=by.user_id,
            agency_id=item.agency_id,
            data={"sha256": stored.sha256},
        )
    return file


@transaction.atomic
def detach(*, by: Scope, item: Item, public_id: str) -> None:
    """Take a file off the draft; earlier versions keep theirs."""
    draft = _editable(by, item)
    draft.files.filter(public_id=public_id).delete()
    _note_writer(by, draft)
    _save(draft)
    audit.record(
        "item.file_removed", about=item, user_id=by.user_id, agency_id=item.agency_id
    )


def fill_from_word(
    *, by: Scope, item: Item, name: str, data: bytes
) -> tuple[Draft, ReadDocument]:
    """Read title, number, date and text from a .docx into the draft.

    Keeps what the author typed in fields that the file does not tell. Raises
    ReadingError for a file that cannot be read, PermissionDenied, NotAllowedNow.
    """
    _check_editable(by, item)
    document = read_docx(data)
    pictures = [(picture, files.store([picture.data])) for picture in document.pictures]
    with transaction.atomic():
        draft = _editable(by, item)
        _take_over(draft, document)
        draft.body = sanitise(_with_pictures(draft, document.body_html, pictures))
        _note_writer(by, draft)
        _save(draft)
        audit.record(
            "item.read_from_word",
            about=item,
            user_id=by.user_id,
            agency_id=item.agency_id,
        )
    return draft, document


def _take_over(draft: Draft, document: ReadDocument) -> None:
    draft.title = document.title[:300] or draft.title
    draft.doc_no = document.doc_no[:80] or draft.doc_no
    draft.made_on = document.made_on or draft.made_on
    draft.issuer = document.issuer[:200] or draft.issuer
    if "依申请公开" in document.attribute_note:
        draft.attribute = Attribute.ON_APPLICATION
    elif "不予公开" in document.attribute_note:
        draft.attribute = Attribute.WITHHELD


def _with_pictures(
    draft: Draft, body: str, pictures: list[tuple[Picture, StoredFile]]
) -> str:
    """The text with its picture placeholders replaced by the pictures' addresses."""
    draft.files.filter(is_picture=True).delete()
    addresses = {}
    for number, (picture, stored) in enumerate(pictures, start=1):
        if stored.media_type in rules.MEDIA_TYPES:
            file = _add_file(draft, picture.name, stored, is_picture=True)
            addresses[f"picture:{number}"] = f"/f/{file.public_id}/{file.name}"
    return re.sub(
        r'src="(picture:\d+)"',
        lambda found: f'src="{addresses.get(found[1], "")}"',
        body,
    )


def _add_file(
    draft: Draft, name: str, stored: StoredFile, *, is_picture: bool
) -> DraftFile:
    taken = set(draft.files.values_list("name", flat=True))
    if len(taken) >= MAX_FILES:
        raise FileRefused(
            _("An item holds at most %(count)d files. Put them into a zip file.")
            % {"count": MAX_FILES}
        )
    return DraftFile.objects.create(
        draft=draft,
        stored=stored,
        name=_free_name(name, taken),
        is_picture=is_picture,
        position=len(taken),
    )


def _free_name(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}{dot}{ending}"
    return candidate


@transaction.atomic
def revise(*, by: Scope, item: Item, now: datetime | None = None) -> Item:
    """Take an item back into drafting. Whatever was approved is void from here on.

    What the public sees stays as it is until a new version is approved.
    """
    item = locked(item)
    if not permissions.can_revise(by, item):
        raise PermissionDenied
    Step.objects.filter(version__item=item, is_current=True).update(is_current=False)
    Draft.objects.filter(item=item).update(public_note="")
    item.stage, item.stage_since = Stage.DRAFT, now or timezone.now()
    item.planned_for = None
    item.save(update_fields=["stage", "stage_since", "planned_for"])
    audit.record(
        "item.revised", about=item, user_id=by.user_id, agency_id=item.agency_id
    )
    return item


def _editable(by: Scope, item: Item) -> Draft:
    """The draft of the locked item. Raises PermissionDenied, NotAllowedNow."""
    item = locked(item)
    _check_editable(by, item)
    return item.draft


def _check_editable(by: Scope, item: Item) -> None:
    if not permissions.can_start(by, item.agency_id):
        raise PermissionDenied
    if not permissions.can_edit(by, item):
        raise NotAllowedNow(
            _("The item is not being drafted now. Take it back into drafting first.")
        )


def _note_writer(by: Scope, draft: Draft) -> None:
    if by.person_id is not None:
        Writer.objects.get_or_create(item_id=draft.item_id, person_id=by.person_id)


def _save(draft: Draft) -> None:
    draft.revision += 1
    draft.save()
