"""Returns in the to-do list: to prepare, to sign, to decide on; the overdue first."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.registry import calendars
from gongkai.registry.measures import Period
from gongkai.registry.todos import Todo, register
from gongkai.statistics import figures
from gongkai.statistics.deadlines import Calendar
from gongkai.statistics.models import Deadline, Filing, Reach
from gongkai.statistics.permissions import PREPARING


def season(today: date) -> Period:
    """The report year whose returns are due now: the last that has ended."""
    return Period.year(today.year - 1)


def owing(period: Period) -> QuerySet[Agency]:
    """Bodies from which no return of the year stands, filed or accepted.

    Bodies that the year's filing calendar names, or that have filed before: a body
    that has just begun with the system owes it no return of a year before it came.
    """
    year = period.first.year
    own = Filing.objects.filter(reach=Reach.OWN)
    standing = own.filter(
        first=period.first,
        last=period.last,
        state__in=(Filing.State.FILED, Filing.State.ACCEPTED),
    )
    here = ExpressionWrapper(OuterRef("path"), CharField())
    named = Deadline.objects.alias(here=here).filter(
        Q(agency=OuterRef("pk"))
        | Q(includes_below=True, here__startswith=F("agency__path")),
        year=year,
    )
    return (
        Agency.objects.existing(period.last)
        .filter(Exists(named) | Exists(own.filter(agency=OuterRef("pk"))))
        .exclude(pk__in=standing.values("agency"))
        .order_by("path")
    )


def unprepared(scope: Scope, today: date) -> QuerySet[Agency]:
    """The person's bodies that owe last year's return and have not begun it."""
    period = season(today)
    drafts = Filing.objects.filter(
        reach=Reach.OWN,
        first=period.first,
        last=period.last,
        state=Filing.State.DRAFT,
    )
    own = owing(period).filter(pk__in=scope.agency_ids(*PREPARING))
    return own.exclude(pk__in=drafts.values("agency"))


def drafts(scope: Scope) -> QuerySet[Filing]:
    ids = scope.agency_ids(*PREPARING, Role.LEADER)
    return Filing.objects.filter(agency__in=ids, state=Filing.State.DRAFT)


def undecided(scope: Scope) -> QuerySet[Filing]:
    """Returns of bodies directly below the person's OGI offices."""
    found = Filing.objects.none()
    for post in scope.posts:
        if post.role == Role.OGI_OFFICE:
            depth = len(post.path) // Agency.steplen
            found |= Filing.objects.filter(
                state=Filing.State.FILED,
                agency__path__startswith=post.path,
                agency__depth=depth + 1,
            )
    return found


def waiting(scope: Scope, limit: int) -> Iterator[Todo]:
    today = timezone.localdate()
    yield from _to_prepare(scope, today, limit)
    for filing in drafts(scope).select_related("agency").order_by("pk")[:limit]:
        act, since = _("Finish and file the return"), filing.begun_at
        yield _todo(act, filing, since, filing.due_on, today)
    for filing in undecided(scope).select_related("agency").order_by("pk")[:limit]:
        since = filing.filed_at or filing.begun_at
        yield _todo(_("Accept or return"), filing, since, None, today)


def _to_prepare(scope: Scope, today: date, limit: int) -> Iterator[Todo]:
    agencies = list(unprepared(scope, today)[:limit])
    if not agencies:
        return
    period = season(today)
    year, calendar = period.first.year, Calendar.of_year(period.first.year)
    for agency in agencies:
        due_on = calendar.due_on(agency, period)
        yield Todo(
            act=_("Prepare the return"),
            title=f"{figures.official_of(year).title} {year}",
            url=reverse("statistics:form", args=[agency.slug, year]),
            agency=agency.name,
            since=timezone.now() - timedelta(days=(today - period.last).days),
            due_on=due_on,
            days_left=days_left(agency, today, due_on),
        )


def _todo(
    act: str, filing: Filing, since: datetime, due_on: date | None, today: date
) -> Todo:
    year = filing.first.year
    return Todo(
        act=act,
        title=f"{figures.official_of(year).title} {year}",
        url=reverse("statistics:filing", args=[filing.pk]),
        agency=filing.agency.name,
        since=since,
        due_on=due_on,
        days_left=days_left(filing.agency, today, due_on) if due_on else None,
    )


def days_left(agency: Agency, today: date, due_on: date) -> int:
    """Working days, below zero when overdue; the law's day itself is a plain date."""
    calendar = calendars.calendar_of(agency)
    if today <= due_on:
        return calendar.working_days(today, due_on)
    return -max(calendar.working_days(due_on, today), 1)


def count(scope: Scope) -> int:
    """One query."""
    parts = (drafts(scope), undecided(scope))
    ids = [part.order_by().values("pk") for part in parts]
    first = unprepared(scope, timezone.localdate()).order_by().values("pk")
    return first.union(*ids, all=True).count()


register(waiting, count)
