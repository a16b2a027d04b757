"""The reply (政府信息公开申请答复书) as a Word file and a PDF, per result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.applications.letters.choosing import Chosen, template_for
from gongkai.applications.letters.kinds import reply_kind
from gongkai.applications.letters.values import remedies_of, values_of
from gongkai.applications.models import Case
from gongkai.registry.papers import checking, filling, pdf, reading
from gongkai.registry.papers.blocks import lines_of

GIVEN = (
    *("文号", "事实", "理由", "提供的信息", "不予公开部分", "获取途径"),
    *("不属本机关", "负责机关", "负责机关联系方式", "其他渠道", "原答复", "补正要求"),
    *("复议机关", "管辖法院"),
)
"""The fields of a reply that a person gives; the case gives the others."""


@dataclass(frozen=True)
class Filled:
    """A letter that was made. ``template`` is the version, None for the built-in."""

    docx: bytes
    title: str
    template_id: int | None = None

    @cached_property
    def text(self) -> str:
        return text_of(self.docx)

    @cached_property
    def pdf(self) -> bytes:
        return pdf_of(self.docx)


def reply_document(
    case: Case, *, result: str, decided_on: date, fields: Mapping[str, str]
) -> Filled:
    """The reply with its facts, article, remedies, organ and day.

    ``fields`` are those of GIVEN, by their Chinese names; a draft without a number is
    given one such as （编号待定）. Raises FieldsMissing before anything is made,
    NoSuchKind for a result that the regime does not know, CannotOpen for a purged case.
    """
    chosen = _chosen(case, result)
    values = _values(case, chosen, result, decided_on, fields)
    title = chosen.kind.heading
    made = filling.fill(chosen.docx, values, title)
    return Filled(made, title, chosen.template_id)


def missing_reply_fields(
    case: Case,
    *,
    result: str,
    fields: Mapping[str, str],
    decided_on: date | None = None,
) -> list[str]:
    """Names of the fields that this reply would print and nobody gave yet."""
    chosen = _chosen(case, result)
    day = decided_on or case.received_on
    values = _values(case, chosen, result, day, fields)
    return filling.missing(chosen.docx, values)


def reply_fields(case: Case, *, result: str) -> list[str]:
    """Those of GIVEN that the template of this result asks for, in GIVEN's order."""
    asked = filling.asked(_chosen(case, result).docx).all
    bodies = {"复议机关", "管辖法院"} if "救济途径" in asked else set()
    return [name for name in GIVEN if name in {*asked, *bodies}]


def pdf_of(docx: bytes) -> bytes:
    """Set from the very document; raises BadWordFile."""
    return pdf(reading.read(docx).paper)


def text_of(docx: bytes) -> str:
    """The words that Word file and PDF hold, a line for each paragraph."""
    return "\n".join(lines_of(reading.read(docx).paper)).strip() + "\n"


def problems_of(docx: bytes) -> list[str]:
    """What stands against sending an edited document out, as sentences; none if all is
    well: macros, links, comments, tracked changes, hidden words, fields not filled, and
    what its PDF could not show."""
    return checking.problems_of(docx)


def _chosen(case: Case, result: str) -> Chosen:
    return template_for(case.agency, reply_kind(case.regime, result))


def _values(
    case: Case,
    chosen: Chosen,
    result: str,
    decided_on: date,
    fields: Mapping[str, str],
) -> dict[str, str]:
    values = values_of(case, chosen.kind, decided_on)
    values |= {name: fields[name] for name in GIVEN if name in fields}
    values["救济途径"] = remedies_of(case, result, decided_on, fields)
    return values
