"""The parent's word on a return: accepted, or returned with remarks per cell."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit
from gongkai.statistics import filed
from gongkai.statistics.exceptions import BadFigure, MovedOn
from gongkai.statistics.models import Filing, Remark
from gongkai.statistics.permissions import can_decide
from gongkai.statistics.services.filing import locked


@transaction.atomic
def remark(
    *, by: Scope, filing: Filing, key: str, text: str, now: datetime | None = None
) -> Remark:
    """Say something of one cell before deciding. ``key`` empty: of the whole."""
    filing = _waiting(by, filing)
    if key and key not in filed.form_of(filing).by_key:
        raise BadFigure("key", _("The form has no such cell."))
    if not text.strip():
        raise BadFigure("text", _("Write the remark."))
    made = Remark.objects.create(
        filing=filing,
        key=key,
        text=text.strip(),
        by_id=by.user_id,
        at=now or timezone.now(),
    )
    _record("filing.remarked", filing, by, {"key": key})
    return made


@transaction.atomic
def accept(*, by: Scope, filing: Filing, now: datetime | None = None) -> Filing:
    """Take it: from now on it is locked, and only a new version corrects it."""
    filing = _decided(by, filing, Filing.State.ACCEPTED, now)
    _record("filing.accepted", filing, by, {"hash": filing.content_hash})
    return filing


@transaction.atomic
def give_back(
    *,
    by: Scope,
    filing: Filing,
    remarks: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> Filing:
    """Return it with remarks by cell; raises BadFigure where there is none at all."""
    filing = _waiting(by, filing)
    for key, text in (remarks or {}).items():
        remark(by=by, filing=filing, key=key, text=text, now=now)
    if not filing.remarks.exists():
        raise BadFigure("text", _("Write what has to be changed, at a cell or below."))
    filing = _decided(by, filing, Filing.State.RETURNED, now)
    keys = sorted(filing.remarks.values_list("key", flat=True))
    _record("filing.returned", filing, by, {"keys": keys})
    return filing


def _decided(
    by: Scope, filing: Filing, state: Filing.State, now: datetime | None
) -> Filing:
    filing = _waiting(by, filing)
    filing.state = state
    filing.decided_by_id, filing.decided_at = by.user_id, now or timezone.now()
    filing.save(update_fields=["state", "decided_by", "decided_at"])
    return filing


def _waiting(by: Scope, filing: Filing) -> Filing:
    filing = locked(filing)
    if not can_decide(by, filing):
        raise PermissionDenied
    if filing.state != Filing.State.FILED:
        told = {"state": filing.get_state_display()}
        raise MovedOn(_("It does not wait for a decision: %(state)s.") % told)
    return filing


def _record(verb: str, filing: Filing, by: Scope, data: Mapping[str, object]) -> None:
    audit.record(
        verb,
        about=filing,
        user_id=by.user_id,
        agency_id=filing.agency_id,
        data=data,
    )
