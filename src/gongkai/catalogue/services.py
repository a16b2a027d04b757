from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, Scope
from gongkai.audit import services as audit
from gongkai.catalogue import standard
from gongkai.catalogue.models import Column


def make_standard_columns(agency: Agency) -> None:
    """The fixed columns of a new agency. Part of the act that adds the agency."""
    for position, wanted in enumerate(standard.TOP):
        parent = _make(agency, wanted, None, position)
        if wanted.slug == "statutory":
            for below, category in enumerate(standard.STATUTORY):
                _make(agency, category, parent, below)


def _make(
    agency: Agency, wanted: standard.Standard, parent: Column | None, position: int
) -> Column:
    return Column.objects.create(
        agency=agency,
        parent=parent,
        kind=wanted.kind,
        name=wanted.name,
        slug=wanted.slug,
        statutory_no=wanted.statutory_no,
        position=position,
    )


@transaction.atomic
def add_column(
    *, by: Scope, parent: Column, name: str, slug: str, position: int = 0
) -> Column:
    """A column of the agency's own below an existing one, for the same purpose.

    Raises PermissionDenied, and ValidationError for an address that is, or ever was,
    another column's.
    """
    check_may_edit(by, parent.agency)
    column = Column(
        agency=parent.agency,
        parent=parent,
        kind=parent.kind,
        name=name,
        slug=slug,
        statutory_no=parent.statutory_no,
        position=position,
    )
    column.full_clean()
    column.save(force_insert=True)
    _changed(by, column, "column.added")
    return column


@transaction.atomic
def change_column(*, by: Scope, column: Column, name: str, position: int) -> Column:
    """Rename or move a column; its address stays."""
    check_may_edit(by, column.agency)
    column.name, column.position = name, position
    column.full_clean()
    column.save(update_fields=["name", "position"])
    _changed(by, column, "column.changed")
    return column


@transaction.atomic
def retire_column(*, by: Scope, column: Column, on: date) -> Column:
    """Take a column of the agency's own out of use; its items stay reachable.

    Raises PermissionDenied for the columns that every section must have.
    """
    check_may_edit(by, column.agency)
    if is_fixed(column):
        raise PermissionDenied
    column.retired_on = on
    column.save(update_fields=["retired_on"])
    _changed(by, column, "column.retired")
    return column


def is_fixed(column: Column) -> bool:
    """Whether the column is one that 国办公开办函〔2019〕61号 and Art. 20 ask for."""
    return column.slug in fixed_slugs()


def fixed_slugs() -> frozenset[str]:
    return frozenset(wanted.slug for wanted in (*standard.TOP, *standard.STATUTORY))


def may_edit(by: Scope, agency: Agency) -> bool:
    return by is SYSTEM or by.holds(agency.pk, Role.OGI_OFFICE, Role.ADMINISTRATOR)


def check_may_edit(by: Scope, agency: Agency) -> None:
    if not may_edit(by, agency):
        raise PermissionDenied


def _changed(by: Scope, column: Column, verb: str) -> None:
    Agency.objects.filter(pk=column.agency_id).touch()
    audit.record(verb, about=column, user_id=by.user_id, agency_id=column.agency_id)
