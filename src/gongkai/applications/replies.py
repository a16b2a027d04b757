"""What a reply must hold, who may judge it, and the hash that they judge by."""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from gongkai import law
from gongkai.agencies.scope import Scope
from gongkai.applications.choices import FileKind
from gongkai.applications.letters import replies as letters
from gongkai.applications.models import Case, CaseFile, Reply, ReplyStep
from gongkai.applications.permissions import can_see_person
from gongkai.items.hashing import digest_of
from gongkai.items.services import stepping
from gongkai.law.model import Result
from gongkai.registry.sealing import seal, unseal

PLACE = "reply"
NUMBER = "文号"
RELEASED = "提供的信息"
WITHHELD = "不予公开部分"
TO_COME = "（编号待定）"
PARTIAL = {"2019": "R2", "2008": "3.3.3"}
RELEASING = {"2019": ("R1", "R2"), "2008": ("3.3.2", "3.3.3")}
"""Results with which documents go out."""
_REFUSED = {"2019": "D", "2008": "3.3.4."}
_WITHOUT_REPLY = {"2019": ("O1", "O2"), "2008": ()}
"""Ends of a case that other acts bring."""


def results_of(case: Case) -> list[Result]:
    """What a reply can decide, in the official table's order."""
    return [
        one
        for one in law.regime(case.regime).results.values()
        if one.code not in _WITHOUT_REPLY[case.regime]
    ]


def grounds_of(case: Case) -> list[Result]:
    """On which a part of a partial release may stay closed."""
    start = _REFUSED[case.regime]
    return [one for one in results_of(case) if one.code.startswith(start)]


def words_of(reply: Reply) -> dict[str, str]:
    """What was typed, by the fields' names; raises CannotOpen once purged."""
    if not reply.sealed:
        return {}
    told: dict[str, str] = json.loads(unseal(reply.case.data_key, reply.sealed, PLACE))
    return told


def sealed_words(case: Case, words: Mapping[str, str]) -> bytes:
    written = json.dumps(dict(words), ensure_ascii=False, sort_keys=True)
    return seal(case.data_key, written.encode(), PLACE)


def document_of(reply: Reply, on: date) -> letters.Filled:
    """The reply as it reads; without a number yet, it says so in its place."""
    fields = {**words_of(reply), NUMBER: reply.reply_no or TO_COME}
    return letters.reply_document(
        reply.case, result=reply.result, decided_on=on, fields=fields
    )


def missing_for_review(reply: Reply, on: date) -> Iterator[str]:
    """Sentences on what the draft still lacks."""
    fields = {**words_of(reply), NUMBER: TO_COME}
    for name in letters.missing_reply_fields(
        reply.case, result=reply.result, fields=fields, decided_on=on
    ):
        yield _("“%(field)s” is empty. The letter prints it: fill it in.") % {
            "field": name
        }
    if reply.result == PARTIAL[reply.case.regime]:
        if not reply.withheld:
            yield _("Choose the ground on which the other part stays closed.")
        if not reply.files.exists():
            yield _("A partial release needs the part that is released. Add it.")


def content_hash(reply: Reply) -> str:
    """SHA-256, hex, over case, result, grounds, words and each document with its name.

    A document is told by the sealed bytes in the store: others never give the same.
    """
    files = [
        [file.public_id, file.stored.sha256, bytes(file.sealed_name).hex()]
        for file in reply.files.select_related("stored").order_by("pk")
    ]
    return digest_of(
        {
            "case": reply.case.number,
            "number": reply.number,
            "result": reply.result,
            "withheld": sorted(reply.withheld),
            "words": words_of(reply),
            "files": files,
        }
    )


def can_read(by: Scope, reply: Reply) -> bool:
    """The desk, and whoever decides a step of this reply."""
    return can_see_person(by, reply.case) or any(
        by.holds(step.agency_id, step.role) for step in reply.steps.all()
    )


def can_decide(by: Scope, step: ReplyStep) -> bool:
    return step.is_current and by.holds(step.agency_id, step.role)


def worked_on(reply: Reply, person_id: int) -> bool:
    """Whether the person wrote at this reply or an earlier draft, under any account."""
    if reply.author.person_id == person_id:
        return True
    drafts = Reply.objects.filter(case=reply.case_id)
    return drafts.filter(writers=person_id).exists()


def obstacles_to_approval(step: ReplyStep, by: Scope) -> list[str]:
    """Why this person cannot approve this reply yet; empty if they can."""
    reply = step.reply
    found = list(
        stepping.obstacles_of_person(
            step,
            by,
            author_id=reply.handed_in_by_id,
            worked=worked_on(reply, by.person_id or 0),
        )
    )
    if unopened(reply, by.person_id or 0):
        found.append(_("Not every document that goes out was opened. Open them first."))
    return found


def unopened(reply: Reply, person_id: int) -> list[CaseFile]:
    opened = reply.openings.filter(person_id=person_id).values("file_id")
    return list(reply.files.exclude(pk__in=opened))


def is_signed_as_it_stands(reply: Reply) -> bool:
    """Whether every step approved exactly what the rows hold now."""
    steps = reply.steps.select_related("decision")
    return stepping.passed_every_step(steps, content_hash(reply), reply.handed_in_by_id)


def released_files(case: Case) -> list[CaseFile]:
    """Documents of the case that may go out: none but those that were cleared."""
    return list(
        case.files.filter(kind=FileKind.RELEASED)
        .select_related("stored")
        .order_by("pk")
    )
