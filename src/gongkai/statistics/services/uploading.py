"""A return that came as a spreadsheet, from a body without the system."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit
from gongkai.registry.measures import Period
from gongkai.statistics import filed, sheets
from gongkai.statistics.exceptions import MovedOn
from gongkai.statistics.models import Filing, Override
from gongkai.statistics.permissions import can_prepare
from gongkai.statistics.services import filing


@transaction.atomic
def take_sheet(
    *,
    by: Scope,
    agency: Agency,
    form: returns.Form,
    period: Period,
    data: bytes,
    public_note: str = "",
    now: datetime | None = None,
) -> Filing:
    """A draft with the figures of a filled template: all of them, or none.

    A template brought again replaces the figures of the draft. Raises BadSheet with
    sheet, cell and value; FilingRefused as ``filing.begin``; MovedOn where the body
    counts from its own ledgers already.
    """
    if not can_prepare(by, agency):
        raise PermissionDenied
    values = sheets.read(sheets.written_of(agency, form, period), data)
    now = now or timezone.now()
    draft = filing.begin(
        by=by,
        agency=agency,
        form=form,
        period=period,
        public_note=public_note,
        is_uploaded=True,
        now=now,
    )
    if not draft.is_uploaded:
        raise MovedOn(_("This body is preparing its return from its own ledgers."))
    known = filed.overrides_of(draft)
    Override.objects.bulk_create(
        Override(
            filing=draft,
            key=key,
            computed=None,
            value=None if value is None else Decimal(value),
            reason=_("From the filled template"),
            by_id=by.user_id,
            at=now,
        )
        for key, value in values.items()
        if value is not None or key in known
    )
    audit.record(
        "filing.sheet_taken",
        about=draft,
        user_id=by.user_id,
        agency_id=agency.pk,
        data={"figures": sum(value is not None for value in values.values())},
    )
    return draft
