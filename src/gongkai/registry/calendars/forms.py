"""What an administrator enters: days, or a year's notice."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.registry.calendars import notices
from gongkai.registry.calendars.changing import DayChange
from gongkai.registry.calendars.directory import Area
from gongkai.registry.calendars.standing import COUNTRY

FIRST_YEAR, LAST_YEAR = 2004, 2100
MOST_DAYS = 92
MOST_BYTES = 1024 * 1024
ROOT_DEPTH = 1
WHOLE_COUNTRY = "country"


def area_choices(areas: list[Area]) -> list[tuple[str, Any]]:
    """The country too for who sets up a whole tree; agencies indented by depth."""
    top = min((area.depth for area in areas), default=ROOT_DEPTH)
    found: list[tuple[str, Any]] = [
        (area.path, "　" * (area.depth - top) + area.name) for area in areas
    ]
    if may_set_country(areas):
        found.insert(0, (WHOLE_COUNTRY, gettext_lazy("The whole country")))
    return found


def may_set_country(areas: list[Area]) -> bool:
    return any(area.depth == ROOT_DEPTH for area in areas)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DaysForm(forms.Form):
    """A day or several on end, for the country or a part of the tree."""

    area = forms.ChoiceField(
        label=gettext_lazy("Holds for"),
        help_text=gettext_lazy("The agency and all below it."),
    )
    first_on = forms.DateField(label=gettext_lazy("First day"), widget=DateInput)
    last_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DateInput,
        required=False,
        help_text=gettext_lazy("Leave it empty for one day."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("The days become"),
        choices=[
            ("rest", gettext_lazy("Rest days")),
            ("work", gettext_lazy("Working days")),
        ],
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=gettext_lazy("By which decision"),
        max_length=notices.LONGEST_SOURCE,
        help_text=gettext_lazy(
            "Who decided, with title, number and date of the notice. It stands beside "
            "each of the days."
        ),
    )

    def __init__(self, areas: list[Area], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = area_choices(areas)  # type: ignore[attr-defined]

    def clean_first_on(self) -> date:
        return _in_range(self.cleaned_data["first_on"])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("first_on"), told.get("last_on")
        if first and last and last < first:
            self.add_error(
                "last_on",
                _("%(last)s is before the first day, %(first)s. Exchange the two.")
                % {"last": last.isoformat(), "first": first.isoformat()},
            )
        elif first and last and (last - first).days >= MOST_DAYS:
            self.add_error(
                "last_on",
                _("From %(first)s to %(last)s is more than %(most)s days. Check both.")
                % {
                    "last": last.isoformat(),
                    "first": first.isoformat(),
                    "most": MOST_DAYS,
                },
            )
        return told

    @property
    def chosen_area(self) -> str:
        area = self.cleaned_data["area"]
        return COUNTRY if area == WHOLE_COUNTRY else area

    def changes(self) -> list[DayChange]:
        told = self.cleaned_data
        first, last = told["first_on"], told["last_on"] or told["first_on"]
        return [
            DayChange(first + timedelta(days=n), told["kind"] == "work", told["source"])
            for n in range((last - first).days + 1)
        ]


class YearForm(forms.Form):
    """A year's notice: from the package, pasted, or as a file."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    source = forms.CharField(
        label=gettext_lazy("Title and number of the notice"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "Needed with rows or a file, such as 国办发明电〔2026〕7号."
        ),
    )
    rows = forms.CharField(
        label=gettext_lazy("Rows of the notice"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "One day a row: date, 休 or 班, name. For example: 2027-01-01, 休, 元旦. "
            "Leave rows and file empty for a year that the installed package knows."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("The same three columns as .xlsx or CSV."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("“%(name)s” is larger than 1 MB. A notice has some forty rows.")
                % {"name": file.name}
            )
        return file

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if self.errors:
            return told
        if told["rows"].strip() or told["file"]:
            self._read(told)
        else:
            self._take_packaged(told)
        return told

    def _read(self, told: dict[str, Any]) -> None:
        if not told["source"]:
            self.add_error("source", _("Tell by which notice the days are so."))
            return
        place = "file" if told["file"] else "rows"
        data = told["file"].read() if told["file"] else told["rows"].encode()
        try:
            told["changes"] = notices.read_notice(data, told["year"], told["source"])
        except notices.BadNotice as problem:
            for error in problem.errors[:20]:
                self.add_error(place, error)

    def _take_packaged(self, told: dict[str, Any]) -> None:
        told["changes"] = notices.packaged_notice(told["year"])
        if told["year"] not in notices.packaged_years():
            self.add_error(
                "rows",
                _(
                    "The installed package ends with %(last)s and does not know "
                    "%(year)s. Paste the rows of the notice, or choose a file."
                )
                % {"last": notices.packaged_years()[-1], "year": told["year"]},
            )


def _in_range(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(
            _("%(day)s is out of the calendar, which runs from %(first)s to %(last)s.")
            % {"day": day.isoformat(), "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day
