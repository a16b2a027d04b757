"""`/apply/calculator/`: the last day to answer, by the same law as everything else."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai import law
from gongkai.applications.bars import bars_of
from gongkai.applications.forms.calculator import PUT_OFF, UNTIL, CalculatorForm
from gongkai.applications.strips import Month, months_of
from gongkai.applications.views.portal.telling import language
from gongkai.catalogue.freshness import freshness
from gongkai.catalogue.platform import Platform
from gongkai.registry import calendars
from gongkai.registry.access import public
from gongkai.registry.caching import cached_page, narrow_query


@public
@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    narrow_query(request, *CalculatorForm().fields)
    today = timezone.localdate()
    key = ("calculator", calendars.version(), *freshness(today))
    return cached_page(request, key, lambda: _calculator(request, today))


@dataclass(frozen=True)
class Answer:
    """What the law says of the days given."""

    clock: law.Clock
    sentences: list[str]
    warnings: list[str]
    bars: list[dict[str, object]]
    months: list[Month]
    days_left: int | None

    @property
    def summary(self) -> str:
        if self.clock.state == "not_started":
            return _("The term has not begun: the receipt is not confirmed yet.")
        if self.clock.due_on is None:
            return _("The clock stands still; the term has no last day for now.")
        day = {"day": self.clock.due_on.isoformat()}
        if self.clock.provisional:
            return _("Last day to answer: %(day)s (provisional)") % day
        return _("Last day to answer: %(day)s") % day


def _calculator(request: HttpRequest, today: date) -> HttpResponse:
    asked = {name for name in request.GET if name != "lang"}
    form = CalculatorForm(request.GET) if asked else CalculatorForm()
    answer = _answer(form, today) if asked and form.is_valid() else None
    context = {
        **Platform().context(),
        "crumbs": [
            (_("Home"), reverse("portal:home")),
            ("依申请公开", reverse("applications:apply")),
            (_("Calculator of the term"), ""),
        ],
        "form": form,
        "answer": answer,
        "has_events": any(is_used for _title, _fields, is_used in form.groups),
    }
    return render(request, "applications/portal/calculator.html", context)


def _answer(form: CalculatorForm, today: date) -> Answer | None:
    """None where the days cannot be; the form then says why at the field."""
    told = form.cleaned_data
    calendar = calendars.calendar_of(None)
    if told.get("days") is not None and not told.get("extension"):
        form.add_error("extension", _("Write the day of the decision as well."))
        return None
    try:
        clock = law.compute(
            regime=law.regime_on(told["received"]),
            channel=told["channel"],
            received_on=told["received"],
            confirmed_on=told["confirmed"],
            events=list(form.events()),
            calendar=calendar,
        )
    except law.UnknownRegime:
        sentence = _(
            "On %(day)s no Regulations were in force: the first took effect on "
            "2008-05-01. Check the day."
        )
        form.add_error("received", sentence % {"day": told["received"].isoformat()})
        return None
    except law.BadHistory as error:
        form.add_error(_field_of(form, error), _sentence(error))
        return None
    clock = _put_off(form, clock)
    if form.errors:
        return None
    words = language()
    return Answer(
        clock=clock,
        sentences=[one.words(words) for one in clock.segments],
        warnings=[one.words(words) for one in clock.warnings],
        bars=bars_of(clock, calendar, min(today, clock.due_on or today)),
        months=months_of(clock, calendar),
        days_left=law.days_left(clock, today, calendar),
    )


def _put_off(form: CalculatorForm, clock: law.Clock) -> law.Clock:
    told_on, until = form.cleaned_data[PUT_OFF], form.cleaned_data[UNTIL]
    if told_on is None and until is None:
        return clock
    if told_on is None or until is None:
        missing = PUT_OFF if told_on is None else UNTIL
        form.add_error(missing, _("Both days are needed: when it was told, and until."))
        return clock
    later = law.put_off(clock, told_on, until)
    if later is clock:
        sentence = _(
            "A later day counts only where it was told within the term and lies after "
            "its end, under the Regulations of 2019."
        )
        form.add_error(UNTIL, sentence)
    return later


def _field_of(form: CalculatorForm, error: law.BadHistory) -> str | None:
    name = error.field.split(" ")[0]
    if error.code in {"no_days", "days_out_of_range"}:
        name = "days"
    return name if name in form.fields else None


def _sentence(error: law.BadHistory) -> str:
    """The law's own, with the day that it is about and without the field's code."""
    said = error.words(language())
    return said.removeprefix(f"{error.field} ")
