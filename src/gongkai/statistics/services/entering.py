"""Figures that no ledger gives, entered by hand with author, date and note."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit
from gongkai.statistics import entries
from gongkai.statistics.exceptions import BadFigure, MovedOn
from gongkai.statistics.models import Entry
from gongkai.statistics.permissions import can_enter


@transaction.atomic
def enter(
    *,
    by: Scope,
    agency: Agency,
    key: str,
    on: date,
    value: Decimal | int | str,
    note: str,
    replaces: Entry | None = None,
    now: datetime | None = None,
) -> Entry:
    """Enter a figure, or correct an older entry by a new one that replaces it.

    Raises BadFigure, MovedOn where the older entry was corrected already.
    """
    if not can_enter(by, agency):
        raise PermissionDenied
    now = now or timezone.now()
    if not entries.is_enterable(key):
        raise BadFigure("key", _("A ledger or a sum gives this figure by itself."))
    if on > timezone.localdate(now):
        told = {"day": on.isoformat()}
        sentence = _("The date %(day)s is later than today. Check it.")
        raise BadFigure("on", sentence % told)
    if not note.strip():
        raise BadFigure("note", _("Write where the figure comes from."))
    _check_replaced(replaces, agency, key)
    entry = Entry.objects.create(
        agency=agency,
        key=key,
        on=on,
        value=Decimal(_read(key, value)),
        note=note.strip(),
        by_id=by.user_id,
        at=now,
        replaces=replaces,
    )
    audit.record(
        "figure.entered",
        about=entry,
        user_id=by.user_id,
        agency_id=agency.pk,
        data={"key": key, "on": on.isoformat(), "value": str(entry.value)},
    )
    return entry


def _check_replaced(replaces: Entry | None, agency: Agency, key: str) -> None:
    if replaces is None:
        return
    if replaces.agency_id != agency.pk or replaces.key != key:
        raise PermissionDenied
    if Entry.objects.filter(replaces=replaces).exists():
        raise MovedOn(_("This entry was corrected already. Correct the newer one."))


def _read(key: str, value: Decimal | int | str) -> int | Decimal:
    for name in returns.list_forms():
        form = returns.load_form(name)
        if key in form.by_key:
            found = returns.read_value(form, key, value)
            if isinstance(found, returns.ValueProblem):
                raise BadFigure("value", found.message)
            if found is not None:
                return found
    raise BadFigure("value", _("Enter a figure."))
