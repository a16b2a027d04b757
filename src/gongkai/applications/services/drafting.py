"""An online application from its first page until it is sent.

The token in the applicant's hands is all that finds it; the database holds an index of
it. What was typed and uploaded is sealed with the draft's own key.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.applications.choices import Channel
from gongkai.applications.exceptions import BadInput, NoSuchDraft
from gongkai.applications.files import FILE_PLACE, Prepared, keep
from gongkai.applications.intake import MOST_FILES, DraftFile, Typed
from gongkai.applications.models import IntakeDraft, Paper
from gongkai.applications.rules import Actor
from gongkai.applications.services.registering import (
    Incoming,
    Receipt,
    receipts_of,
    register,
)
from gongkai.registry import attempts
from gongkai.registry import files as store
from gongkai.registry.models import StoredFile
from gongkai.registry.sealing import (
    CannotOpen,
    blind_index,
    new_key,
    seal,
    unseal,
    unseal_file,
)

PLACE = "draft"
KEPT = timedelta(days=30)
BEGINNING = "draft-begin"
MOST_BEGUN = 200
BEGUN_WITHIN = timedelta(hours=1)
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
TOKEN_LENGTH = 20  # 100 bits, short enough to be typed from a slip of paper
RETURNING = "draft-return"
MOST_FAILURES = 10
FAILED_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Draft:
    """A draft that is open: the token that found it, and what was typed."""

    token: str
    row: IntakeDraft
    typed: Typed


def begin(
    agency: Agency, *, address: str = "", about: str = "", now: datetime | None = None
) -> Draft:
    """A new draft, its first matter named ``about`` where something is given.

    Raises attempts.TooMany after MOST_BEGUN from one address: a whole street or office
    may share it, and a paper can always be brought or sent by post.
    """
    now = now or timezone.now()
    if address:
        attempts.refuse_if_many(BEGINNING, address, MOST_BEGUN, BEGUN_WITHIN, now)
        attempts.note_failure(BEGINNING, address, now)
    token, key = get_random_string(TOKEN_LENGTH, _SIGNS), new_key()
    typed = Typed(agency.slug, matters=[{"subject": about}] if about else [])
    row = IntakeDraft.objects.create(
        token_index=_index(token),
        data_key=key,
        sealed=seal(key, typed.bytes(), PLACE),
        begun_at=now,
        saved_at=now,
    )
    return Draft(token, row, typed)


def find(token: str) -> Draft:
    """Raises NoSuchDraft: it never was, was sent, or is too old."""
    return _open(token, IntakeDraft.objects.filter(token_index=_index(token)).first())


def code_of(token: str) -> str:
    """The token as it is shown and copied by hand: abcd-efgh-…"""
    return "-".join(re.findall("....", token))


def come_back(code: str, *, address: str) -> str:
    """The token of a code, with hyphens, spaces and capitals as they come.

    Raises NoSuchDraft where it opens neither a draft nor receipts, and
    attempts.TooMany after MOST_FAILURES from one address, before it is looked for.
    """
    attempts.refuse_if_many(RETURNING, address, MOST_FAILURES, FAILED_WITHIN)
    token = re.sub(r"[\s\-]", "", code).lower()
    if not receipts(token):
        try:
            find(token)
        except NoSuchDraft:
            attempts.note_failure(RETURNING, address)
            raise
    return token


@transaction.atomic
def change(
    token: str, act: Callable[[Typed], None], *, now: datetime | None = None
) -> Draft:
    """Do ``act`` to what was typed and keep it; two at once follow one another."""
    rows = IntakeDraft.objects.select_for_update()
    draft = _open(token, rows.filter(token_index=_index(token)).first())
    act(draft.typed)
    draft.row.sealed = seal(draft.row.data_key, draft.typed.bytes(), PLACE)
    draft.row.saved_at = now or timezone.now()
    draft.row.save(update_fields=["sealed", "saved_at"])
    return draft


def add_file(token: str, prepared: Prepared) -> Draft:
    """Raises BadInput for one more than MOST_FILES."""
    draft = find(token)
    _check_room(draft.typed)
    kept = keep(draft.row.data_key, prepared)
    waiting = DraftFile(
        kind=prepared.kind,
        name=prepared.name,
        media_type=prepared.media_type,
        size=len(prepared.data),
        stored_id=kept.stored.pk,
    )

    def add(typed: Typed) -> None:
        _check_room(typed)
        typed.files.append(waiting)

    try:
        return change(token, add)
    except BadInput:
        store.discard(kept.stored)
        raise


def remove_file(token: str, stored_id: int) -> Draft:
    """Take an upload back; nothing happens where it is gone already."""
    gone = [one for one in find(token).typed.files if one.stored_id == stored_id]

    def remove(typed: Typed) -> None:
        typed.files = [one for one in typed.files if one.stored_id != stored_id]

    draft = change(token, remove)
    _discard(gone)
    return draft


def send(token: str, *, now: datetime | None = None) -> list[Receipt]:
    """Register what was typed; a second call gives the receipts of the first.

    Raises NoSuchDraft, and BadInput where something that registration needs is missing;
    the draft stays until the receipts are there.
    """
    now = now or timezone.now()
    known = receipts(token, now=now)
    if known:
        _forget_sent(token)
        return known
    draft = find(token)
    try:
        files = list(_files(draft))
    except FileNotFoundError:
        # Sent at the same moment by a second click, which took the uploads along.
        known = receipts(token, now=now)
        if not known:
            raise
        return known
    made = register(
        actor=Actor(),
        agency=Agency.objects.get(slug=draft.typed.agency),
        incoming=_incoming(token, draft.typed, now),
        files=files,
        now=now,
    )
    _forget(draft)
    return made


def _incoming(token: str, typed: Typed, now: datetime) -> Incoming:
    return Incoming(
        key=_key(token),
        channel=Channel.NETWORK,
        received_on=timezone.localdate(now),
        kind=typed.of("who").get("kind", ""),
        applicant=typed.applicant,
        wanted=typed.wanted,
    )


def receipts(token: str, *, now: datetime | None = None) -> list[Receipt]:
    """Of what was sent under this token in the last 30 days; else none."""
    since = (now or timezone.now()) - KEPT
    key = _key(token)
    if not Paper.objects.filter(key=key, registered_at__gte=since).exists():
        return []
    try:
        return receipts_of(key)
    except CannotOpen:
        return []


def discard_unsent(before: datetime) -> int:
    """Delete what was last saved before, with its uploads; for a repeated job."""
    count = 0
    for row in list(IntakeDraft.objects.filter(saved_at__lt=before)):
        count += 1
        try:
            _forget(Draft("", row, _typed(row)))
        except CannotOpen:
            row.delete()
    return count


def _forget_sent(token: str) -> None:
    """What was left behind where the first sending was cut off after its commit."""
    try:
        _forget(find(token))
    except NoSuchDraft:
        return


def _forget(draft: Draft) -> None:
    draft.row.delete()
    _discard(draft.typed.files)


def _discard(files: list[DraftFile]) -> None:
    # Sealed with a key of their own, the bytes are nobody else's.
    for stored in StoredFile.objects.filter(pk__in=[one.stored_id for one in files]):
        store.discard(stored)


def _files(draft: Draft) -> Iterator[Prepared]:
    stored = StoredFile.objects.in_bulk([one.stored_id for one in draft.typed.files])
    for one in draft.typed.files:
        if one.stored_id not in stored:
            raise FileNotFoundError(one.stored_id)
        with store.open_file(stored[one.stored_id]) as sealed:
            data = b"".join(unseal_file(draft.row.data_key, sealed, FILE_PLACE))
        yield Prepared(one.kind, one.name, one.media_type, data)


def _open(token: str, row: IntakeDraft | None) -> Draft:
    if row is None:
        raise NoSuchDraft
    try:
        return Draft(token, row, _typed(row))
    except CannotOpen as error:
        raise NoSuchDraft from error


def _typed(row: IntakeDraft) -> Typed:
    return Typed.read(unseal(row.data_key, row.sealed, PLACE))


def _check_room(typed: Typed) -> None:
    if len(typed.files) >= MOST_FILES:
        raise BadInput(
            "files",
            _(
                "%(most)s files are there; no more fit. Remove one, or send the others "
                "by post."
            )
            % {"most": MOST_FILES},
        )


def _index(token: str) -> str:
    return blind_index("draft", token)


def _key(token: str) -> str:
    """The paper's key: from the token, so that sent twice it is one paper."""
    return blind_index("sending", token)
