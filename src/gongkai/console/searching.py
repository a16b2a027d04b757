"""One box for all that a person reads: items, cases, bodies, and whom they set up."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongkai.agencies import people
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS, Role
from gongkai.agencies.scope import Scope
from gongkai.applications.models import Case
from gongkai.items.models import Item
from gongkai.items.states import tag_of

SHOWN = 5
LONGEST = 100


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The first few of one ledger; ``more_url`` where it holds others."""

    title: str
    rows: list[Row]
    more_url: str = ""


def found_everywhere(scope: Scope, words: str) -> Iterator[Group]:
    """One query a ledger that the person reads."""
    if scope.roles & READERS:
        yield _items(scope, words)
        yield _cases(scope, words)
    yield _bodies(scope, words)
    if Role.ADMINISTRATOR in scope.roles:
        yield _people(scope, words)


def _items(scope: Scope, words: str) -> Group:
    found = Item.objects.visible_to(scope).saying(words)
    listed = (
        found.select_related("agency", "draft")
        .defer("draft__body", "draft__summary", "draft__reason")
        .order_by("-stage_since", "-pk")[: SHOWN + 1]
    )
    rows = [
        Row(
            item.draft.title or _("(no title yet)"),
            reverse("items-console:item", args=[item.pk]),
            (tag_of(item)[0], item.draft.doc_no, item.index_no or "", item.agency.name),
        )
        for item in listed
    ]
    every = f"?{urlencode({'agency': 'all', 'q': words})}"
    return _group(_("Items"), rows, reverse("items-console:list") + every)


def _cases(scope: Scope, words: str) -> Group:
    found = Case.objects.visible_to(scope).saying(words).select_related("agency")
    rows = [
        Row(
            f"{case.number} {case.subject}",
            reverse("applications-console:case", args=[case.pk]),
            (case.get_stage_display(), case.agency.name),
        )
        for case in found.newest_first()[: SHOWN + 1]
    ]
    every = f"?{urlencode({'agency': 'all', 'state': 'all', 'q': words})}"
    return _group("依申请公开", rows, reverse("applications-console:list") + every)


def _bodies(scope: Scope, words: str) -> Group:
    named = Q(name__icontains=words) | Q(short_name__icontains=words)
    found = Agency.objects.in_console_of(scope).filter(
        named | Q(uscc__iexact=words) | Q(slug=words)
    )
    rows = [
        Row(
            agency.name,
            reverse("agencies:agency", args=[agency.pk]),
            (agency.get_kind_display(), agency.uscc),
        )
        for agency in found[: SHOWN + 1]
    ]
    return _group(_("Agencies"), rows, reverse("agencies:list"))


def _people(scope: Scope, words: str) -> Group:
    found = people.saying(people.looked_after_by(scope), words).order_by("name")
    rows = [
        Row(
            person.name,
            reverse("agencies:person", args=[person.pk]),
            (person.staff_no,),
        )
        for person in found[: SHOWN + 1]
    ]
    every = f"{reverse('agencies:people')}?{urlencode({'q': words})}"
    return _group(_("People"), rows, every)


def _group(title: str, rows: list[Row], every: str) -> Group:
    has_more = len(rows) > SHOWN
    return Group(title, rows[:SHOWN], every if has_more else "")
