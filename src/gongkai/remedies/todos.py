"""Remedies in the to-do list: defences by days left, hearings of today and tomorrow."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.applications.transitions import HANDLERS
from gongkai.registry.todos import Todo, register
from gongkai.remedies import clock
from gongkai.remedies.choices import OPEN
from gongkai.remedies.models import Hearing, Remedy
from gongkai.remedies.querysets import RemedyQuerySet

SOON = timedelta(days=2)
"""Hearings of today and tomorrow: until the end of tomorrow."""


def defences_of(scope: Scope) -> RemedyQuerySet:
    """To be sent by the person, or by nobody yet."""
    mine = Q(handler__isnull=True) | Q(handler_id=scope.person_id)
    owed = Remedy.objects.awaiting_defence()
    return owed.filter(mine, agency_id__in=scope.agency_ids(*HANDLERS))


def hearings_of(scope: Scope) -> QuerySet[Hearing]:
    mine = Q(remedy__handler__isnull=True) | Q(remedy__handler_id=scope.person_id)
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    return Hearing.objects.filter(
        mine,
        remedy__stage__in=OPEN,
        remedy__agency_id__in=scope.agency_ids(*HANDLERS),
        held_on__isnull=True,
        called_off_on__isnull=True,
        at__gte=midnight,
        at__lt=midnight + SOON,
    )


def waiting(scope: Scope, limit: int) -> Iterator[Todo]:
    today = timezone.localdate()
    for remedy in defences_of(scope).select_related("agency").by_urgency()[:limit]:
        yield Todo(
            act=_("Send the defence"),
            title=f"{remedy.number} {remedy.subject}",
            url=reverse("remedies:remedy", args=[remedy.pk]),
            agency=remedy.agency.name,
            since=remedy.stage_since,
            due_on=remedy.due_on,
            days_left=clock.days_left(remedy, today),
        )
    for hearing in hearings_of(scope).select_related("remedy__agency")[:limit]:
        remedy, on = hearing.remedy, timezone.localdate(hearing.at)
        yield Todo(
            act=_("Attend the hearing"),
            title=f"{remedy.number} {remedy.subject}",
            url=reverse("remedies:remedy", args=[remedy.pk]),
            agency=remedy.agency.name,
            since=remedy.stage_since,
            due_on=on,
            days_left=(on - today).days,
        )


def count(scope: Scope) -> int:
    """One query."""
    defences = defences_of(scope).order_by().values("pk")
    hearings = hearings_of(scope).order_by().values("pk")
    return defences.union(hearings, all=True).count()


register(waiting, count)
