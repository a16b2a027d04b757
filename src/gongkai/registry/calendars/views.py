"""The calendar for who sets it: a year, its versions, a change and what it moves."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from gongkai.registry import calendars
from gongkai.registry.access import staff
from gongkai.registry.calendars import grid, proposals, standing
from gongkai.registry.calendars.changing import Applied, Preview, check
from gongkai.registry.calendars.directory import Area, directory
from gongkai.registry.calendars.exceptions import CalendarRefused
from gongkai.registry.calendars.forms import (
    FIRST_YEAR,
    LAST_YEAR,
    WHOLE_COUNTRY,
    DaysForm,
    YearForm,
    area_choices,
    may_set_country,
)
from gongkai.registry.models import CalendarVersion

# The roles are defined one layer up, in agencies.
ADMINISTRATOR = "administrator"
PER_PAGE = 50


@staff(ADMINISTRATOR)
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    areas = _areas(request)
    path = _path(request, areas)
    wanted = _year(request)
    snapshot = standing.newest()
    context = {
        "year": wanted,
        "earlier": wanted - 1 if wanted > FIRST_YEAR else None,
        "later": wanted + 1 if wanted < LAST_YEAR else None,
        "months": grid.year_of(snapshot, path, wanted),
        "kinds": [(kind.label, sign) for kind, sign in grid.SIGNS.items()],
        "is_announced": wanted in snapshot.announced,
        "version": snapshot.number,
        "area": path or WHOLE_COUNTRY,
        "choices": [(WHOLE_COUNTRY, _("The whole country"))]
        + [one for one in area_choices(areas) if one[0] != WHOLE_COUNTRY],
        "may_load": may_set_country(areas),
    }
    return render(request, "registry/calendar.html", context)


@staff(ADMINISTRATOR)
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Those of the country and of the person's own agencies. Five queries."""
    stored = CalendarVersion.objects.filter(area__in=_seen_areas(request))
    rows = stored.annotate(day_count=Count("days")).order_by("-number")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = list(page)
    people = directory().people({one.made_by_id for one in found if one.made_by_id})
    names = _area_names({one.area for one in found})
    context = {
        "crumbs": _crumbs(_("Versions")),
        "page_obj": page,
        "rows": [
            {
                "version": one,
                "area": names.get(one.area, ""),
                "person": people.get(one.made_by_id or 0, ""),
                "years": _span(one.years),
            }
            for one in found
        ],
    }
    return render(request, "registry/calendar_versions.html", context)


@staff(ADMINISTRATOR)
def change_days(request: HttpRequest) -> HttpResponse:
    form = DaysForm(_areas(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {
            "changes": form.changes(),
            "area": form.chosen_area,
            "year": None,
            "note": form.cleaned_data["source"],
        }
        if answer := _to_preview(request, form, told):
            return answer
    context = {"form": form, "crumbs": _crumbs(_("Change days"))}
    return render(request, "registry/calendar_days.html", context)


@staff(ADMINISTRATOR)
def load_year(request: HttpRequest) -> HttpResponse:
    """For the whole country, so by who sets up a whole tree only."""
    if not may_set_country(_areas(request)):
        raise Http404
    form = YearForm(
        request.POST or None,
        request.FILES or None,
        initial={"year": max(standing.newest().announced, default=FIRST_YEAR) + 1},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        wanted = {
            "changes": told["changes"],
            "area": calendars.COUNTRY,
            "year": told["year"],
            "note": told["source"] or told["changes"][0].source.partition(":")[0],
        }
        if answer := _to_preview(request, form, wanted):
            return answer
    context = {"form": form, "crumbs": _crumbs(_("Load a year"))}
    return render(request, "registry/calendar_load.html", context)


@staff(ADMINISTRATOR)
def proposal(request: HttpRequest, token: str) -> HttpResponse:
    """What the change would move, then the change itself."""
    found = proposals.find(request.session, token)
    areas = _areas(request)
    if found is None or not _may_set(found.area, areas):
        raise Http404
    if request.method == "POST":
        try:
            applied = _apply(request, found)
        except CalendarRefused as refused:
            messages.error(request, str(refused))
            return redirect("calendar:proposal", token=token)
        messages.success(request, _told(applied))
        return _back_to_year(found)
    try:
        preview = calendars.propose(
            changes=found.changes, area=found.area, year=found.year
        )
    except CalendarRefused as refused:
        messages.info(request, str(refused))
        return _back_to_year(found)
    context = {
        "crumbs": _crumbs(_("Preview")),
        "proposal": found,
        "preview": preview,
        "facts": _facts(found, preview),
        **_moves(request, preview, areas),
    }
    return render(request, "registry/calendar_preview.html", context)


def _to_preview(
    request: HttpRequest, form: Any, told: dict[str, Any]
) -> HttpResponse | None:
    """On to the preview; None, with the reason on the form, where nothing changes."""
    try:
        check(changes=told["changes"], area=told["area"], year=told["year"])
    except CalendarRefused as refused:
        form.add_error(None, str(refused))
        return None
    token = proposals.keep(request.session, **told)
    return redirect("calendar:proposal", token=token)


def _apply(request: HttpRequest, found: proposals.Proposal) -> Applied:
    seen = request.POST.get("seen", "")
    return calendars.apply(
        by_user_id=request.scope.user_id,  # type: ignore[attr-defined]
        changes=found.changes,
        area=found.area,
        note=found.note,
        year=found.year,
        token=found.token,
        seen=int(seen) if seen.isdecimal() and len(seen) < 10 else -1,
    )


def _told(applied: Applied) -> str:
    if applied.is_repeat:
        return _("The change was applied before, as version %(number)s.") % {
            "number": applied.version.number
        }
    moved = sum(applied.moved.values())
    return ngettext(
        "The calendar is changed, as version %(number)s; %(moved)s record moved.",
        "The calendar is changed, as version %(number)s; %(moved)s records moved.",
        moved,
    ) % {"number": applied.version.number, "moved": moved}


def _moves(request: HttpRequest, preview: Preview, areas: list[Area]) -> dict[str, Any]:
    """The records of the person's own agencies, paged; the others are only counted."""
    everything = preview.all_moves
    own = tuple(area.path for area in areas if _is_top(area, areas))
    shown = [move for move in everything if move.path.startswith(own)]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    names = {area.path: area.name for area in areas}
    return {
        "page_obj": page,
        "rows": [(move, names.get(move.path, "")) for move in page],
        "total": len(everything),
        "elsewhere": len(everything) - len(shown),
        "past": sum(move.is_past for move in everything),
    }


def _is_top(area: Area, areas: list[Area]) -> bool:
    return not any(
        area.path != other.path and area.path.startswith(other.path)
        for other in areas
        if other.depth < area.depth
    )


def _facts(found: proposals.Proposal, preview: Preview) -> list[dict[str, str]]:
    days = sorted(preview.change.days.values())
    rest = sum(not day.is_working for day in days)
    rows = [
        {"label": _("Holds for"), "value": _area_names({found.area})[found.area]},
        {"label": _("By which decision"), "value": found.note},
        {"label": _("Rest days"), "value": str(rest)},
        {"label": _("Working days"), "value": str(len(days) - rest)},
        {"label": _("Days"), "value": _days_told(preview)},
    ]
    if found.year is not None:
        rows.insert(0, {"label": _("Year"), "value": str(found.year)})
    return rows


def _days_told(preview: Preview) -> str:
    """One line for days on end of one kind and source."""
    said = preview.change.after.layers[-1][1]
    runs = grid.runs_of([grid.cell_of(day, said[day]) for day in sorted(said)])
    return "\n".join(
        f"{run.first.day}{'' if run.is_one_day else f' – {run.last.day}'} "
        f"{run.first.word} · {run.first.source}"
        for run in runs
    )


def _areas(request: HttpRequest) -> list[Area]:
    found: list[Area] | None = getattr(request, "calendar_areas", None)
    if found is None:
        found = directory().administered(request.scope)  # type: ignore[attr-defined]
        request.calendar_areas = found  # type: ignore[attr-defined]
    return found


def _may_set(area: str, areas: list[Area]) -> bool:
    if area == calendars.COUNTRY:
        return may_set_country(areas)
    return any(one.path == area for one in areas)


def _path(request: HttpRequest, areas: list[Area]) -> str:
    """Whose year is shown; 404 outside the administrator's tree."""
    wanted = request.GET.get("area", "")
    if wanted in ("", WHOLE_COUNTRY):
        return calendars.COUNTRY
    if not any(area.path == wanted for area in areas):
        raise Http404
    return wanted


def _year(request: HttpRequest) -> int:
    wanted = request.GET.get("year", "")
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) == 4):
        return timezone.localdate().year
    return min(max(int(wanted), FIRST_YEAR), LAST_YEAR)


def _seen_areas(request: HttpRequest) -> set[str]:
    """The country, the person's agencies, and what lies above them."""
    found = {calendars.COUNTRY}
    for area in _areas(request):
        step = len(area.path) // area.depth
        found |= {area.path[:end] for end in range(step, len(area.path) + 1, step)}
    return found


def _area_names(paths: set[str]) -> dict[str, str]:
    return {
        **directory().names(paths - {calendars.COUNTRY}),
        calendars.COUNTRY: _("The whole country"),
    }


def _span(years: list[int]) -> str:
    if not years:
        return ""
    return f"{years[0]}" if len(years) == 1 else f"{min(years)}–{max(years)}"


def _back_to_year(found: proposals.Proposal) -> HttpResponse:
    answer = redirect("calendar:year")
    shown = found.year or min(change.day for change in found.changes).year
    answer["Location"] += f"?year={shown}&area={found.area or WHOLE_COUNTRY}"
    return answer


def _crumbs(here: str) -> list[tuple[str, str]]:
    return [(_("Calendar"), reverse("calendar:year")), (here, "")]
