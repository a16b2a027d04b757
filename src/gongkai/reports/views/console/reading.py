"""One report: its text with the figures marked, and beside it what to decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.registry.access import staff
from gongkai.reportreader import reader_version
from gongkai.reports import marking, permissions
from gongkai.reports.forms import AddForm, CorrectForm
from gongkai.reports.indicators import names
from gongkai.reports.marking import Mark
from gongkai.reports.models import Claim, Finding, Reading, Scope
from gongkai.reports.shown import tag_of, tag_of_claim, tag_of_finding
from gongkai.reports.views.console.fetching import reading_or_404

PAGE_SIZE = 40
VIEWS = ("open", "prose", "table", "all")


@dataclass(frozen=True)
class Beside:
    """A figure beside the text."""

    claim: Claim
    tag: tuple[str, str]
    place_url: str
    form: CorrectForm | None

    @property
    def scope(self) -> str:
        is_year = self.claim.scope == Scope.YEAR
        return "" if is_year else str(self.claim.get_scope_display())


@dataclass(frozen=True)
class FoundBeside:
    finding: Finding
    tag: tuple[str, str]
    places: list[tuple[str, str]]


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    count: int
    is_current: bool


@staff(*READERS)
@require_safe
def reading(request: HttpRequest, reading_id: int) -> HttpResponse:
    """10 queries, however many figures."""
    found = reading_or_404(request, reading_id)
    if not found.is_read:
        may_judge = permissions.can_judge(scope_of_request(request), found)
        context = {"reading": found, "tag": tag_of(found), "may_judge": may_judge}
        return render(request, "reports/console/waiting.html", context)
    return render(request, "reports/console/reading.html", page_of(request, found))


def page_of(
    request: HttpRequest, found: Reading, add_form: AddForm | None = None
) -> dict[str, Any]:
    may_judge = permissions.can_judge(scope_of_request(request), found)
    findings = list(found.findings.all())
    view, page = _page(request, found)
    part = _part(request, found)
    first, last = marking.bounds_of(part)
    claims = list(found.claims.filter(start__lt=last, end__gt=first))
    shown = frozenset(claim.pk for claim in page.object_list)
    places = Places(found, _query(request), shown)
    return {
        "reading": found,
        "tag": tag_of(found),
        "may_judge": may_judge,
        "tabs": _tabs(found, view),
        "view": view,
        "page_obj": page,
        "claims": [_beside(one, places, may_judge) for one in page.object_list],
        "findings": [_found_beside(one, places) for one in findings if one.is_found],
        "settled": [one for one in findings if not one.is_found],
        "blocks": marking.blocks(
            marking.pieces(found.text, places.marks(claims, findings), part)
        ),
        "part": part,
        "parts": range(1, marking.parts_in(found.text) + 1),
        "add_form": add_form or AddForm(auto_id="id_add_%s"),
        "indicators": names().values() if may_judge else (),
        "is_older": found.reader != reader_version(),
        "is_other_body": bool(found.agency_read)
        and found.agency_read != found.agency.name,
        "file_url": _file_url(found),
        "accept_words": _accept_words(found.claims_open),
    }


def _accept_words(count: int) -> str:
    told = {"count": count}
    words = ngettext(
        "Accept the last open figure", "Accept all %(count)d open figures", count
    )
    return words % told


def _file_url(found: Reading) -> str:
    if found.stored_id is None:
        return ""
    return reverse("files:file", args=[found.public_id, found.name])


def _page(request: HttpRequest, found: Reading) -> tuple[str, Page[Claim]]:
    if (place := _place_of(request, found)) is not None:
        paginator = Paginator(found.claims.all(), PAGE_SIZE)
        return "all", paginator.get_page(place // PAGE_SIZE + 1)
    asked = request.GET.get("show", "")
    first = "open" if found.claims_open else "all"
    view = asked if asked in VIEWS else first
    paginator = Paginator(_of_view(found.claims.all(), view), PAGE_SIZE)
    return view, paginator.get_page(request.GET.get("page", "1"))


def _place_of(request: HttpRequest, found: Reading) -> int | None:
    """Where among all figures the one stands that the address asks for."""
    asked = request.GET.get("claim", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return None
    claim = found.claims.filter(pk=int(asked)).first()
    if claim is None:
        return None
    same = Q(position=claim.position, pk__lt=claim.pk)
    return found.claims.filter(Q(position__lt=claim.position) | same).count()


def _of_view(claims: QuerySet[Claim], view: str) -> QuerySet[Claim]:
    if view == "open":
        return claims.filter(verdict="")
    if view in {"prose", "table"}:
        return claims.filter(in_table=view == "table")
    return claims


def _tabs(found: Reading, view: str) -> list[Tab]:
    table = found.claims.filter(in_table=True).count()
    told = (
        ("open", _("To check"), found.claims_open),
        ("prose", _("In the text"), found.claims_total - table),
        ("table", _("In the form"), table),
        ("all", _("All"), found.claims_total),
    )
    return [Tab(words, f"?show={key}", n, key == view) for key, words, n in told]


def _part(request: HttpRequest, found: Reading) -> int:
    asked = request.GET.get("part", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and asked else 1
    return min(max(number, 1), marking.parts_in(found.text))


def _query(request: HttpRequest) -> dict[str, str]:
    told = {name: request.GET.get(name, "") for name in ("show", "page")}
    return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class Places:
    """Addresses of places in the text: a bare anchor where it has only one part."""

    reading: Reading
    query: dict[str, str]
    # Figures that stand beside the text on this page.
    shown: frozenset[int]

    def url(self, anchor: str, start: int) -> str:
        if marking.parts_in(self.reading.text) == 1:
            return f"#{anchor}"
        told = self.query | {"part": str(marking.part_of(start))}
        return f"?{urlencode(told)}#{anchor}"

    def marks(
        self, claims: Sequence[Claim], findings: Sequence[Finding]
    ) -> Iterator[Mark]:
        for finding in findings:
            if finding.is_found and finding.verdict != Finding.Verdict.NO_ERROR:
                yield from self._of_finding(finding)
        for claim in claims:
            state = "open" if not claim.verdict else claim.verdict
            yield Mark(
                claim.start,
                claim.end,
                f"quote-{claim.pk}",
                self._beside(claim),
                state,
                claim.expected_name if claim.is_standing else claim.name,
            )

    def _beside(self, claim: Claim) -> str:
        if claim.pk in self.shown:
            return f"#claim-{claim.pk}"
        told = {"claim": claim.pk, "part": marking.part_of(claim.start)}
        return f"?{urlencode(told)}#claim-{claim.pk}"

    def _of_finding(self, finding: Finding) -> Iterator[Mark]:
        for number, quote in enumerate(finding.quotes):
            yield Mark(
                quote["start"],
                quote["end"],
                f"found-{finding.pk}-{number}",
                f"#finding-{finding.pk}",
                finding.severity,
                finding.message,
            )


def _beside(claim: Claim, places: Places, may_judge: bool) -> Beside:
    return Beside(
        claim,
        tag_of_claim(claim),
        places.url(f"quote-{claim.pk}", claim.start),
        CorrectForm.of(claim) if may_judge else None,
    )


def _found_beside(finding: Finding, places: Places) -> FoundBeside:
    listed = [
        (
            quote["text"],
            places.url(f"found-{finding.pk}-{number}", quote["start"]),
        )
        for number, quote in enumerate(finding.quotes)
    ]
    return FoundBeside(finding, tag_of_finding(finding), listed)
