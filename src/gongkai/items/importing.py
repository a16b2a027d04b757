"""Annual reports of anybody, taken over as published, vouched items."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.scope import SYSTEM
from gongkai.agencies.services import add_agency
from gongkai.agencies.slugs import free_slug
from gongkai.catalogue.models import Column, ColumnKind
from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.items.services.vouching import Earlier, take_over
from gongkai.reportreader import Recognition, read_bytes, recognise, to_html


class NotRecognised(Exception):
    """The text does not tell what an item needs; the message says what is missing."""


@dataclass(frozen=True)
class Imported:
    item: Item
    agency: Agency
    title: str
    year: int
    is_new: bool


@transaction.atomic
def import_report(data: bytes, name: str) -> Imported:
    """Make the report a published item of its own agency, or find the one it made.

    An agency that is not there is made as a tree of its own. Raises ReadingError and
    NotRecognised; the same bytes change nothing the second time.
    """
    source = read_bytes(data, name)
    told = recognise(source)
    if not told.agency or told.year is None:
        missing = _("agency") if not told.agency else _("year")
        raise NotRecognised(
            _("%(name)s: the %(missing)s is not told in the text.")
            % {"name": name, "missing": missing}
        )
    agency = _agency_called(told.agency)
    item, is_new = take_over(
        by=SYSTEM,
        agency=agency,
        earlier=Earlier(
            kind=Kind.ANNUAL_REPORT,
            column=Column.objects.get(
                agency=agency, kind=ColumnKind.ANNUAL_REPORT, parent=None
            ),
            title=told.title,
            body=to_html(source, told),
            published_on=_published_on(told),
            made_on=told.signed_on or told.issued_on,
            doc_no=told.doc_no,
            index_no=told.index_no,
            issuer=told.agency,
            source=name,
            source_data=data,
            note=_note(told, data),
        ),
    )
    return Imported(item, agency, told.title, told.year, is_new)


def _agency_called(name: str) -> Agency:
    """The agency of that full name anywhere in the trees, or a new root."""
    known = Agency.objects.filter(name=name).first()
    if known is not None:
        return known
    government = name.endswith(("人民政府", "政府"))
    kind = AgencyKind.GOVERNMENT if government else AgencyKind.DEPARTMENT
    return add_agency(
        by=SYSTEM, parent=None, name=name, slug=free_slug(name), kind=kind
    )


def _published_on(told: Recognition) -> date:
    """The day the text gives; else the last day by which the law of its year asked.

    R08 Art. 31 and R19 Art. 49: published by 31 March of the following year.
    """
    return told.issued_on or told.signed_on or date((told.year or 0) + 1, 3, 31)


def _note(told: Recognition, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    lines = [f"SHA-256 {digest}", *(problem.message for problem in told.problems)]
    if told.issued_on is None and told.signed_on is None:
        lines.append(_("No date in the text: the legal last day was taken."))
    return "\n".join(lines)
