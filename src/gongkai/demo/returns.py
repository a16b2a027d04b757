"""Last year's returns of the county's bodies: most in time, one late, one missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.registry.measures import Period
from gongkai.statistics import entries, figures, filed, sheets
from gongkai.statistics.models import Filing
from gongkai.statistics.services import deciding, entering, filing
from gongkai.statistics.services.filing import Foot
from gongkai.statistics.services.setting import set_deadline
from gongkai.statistics.services.uploading import take_sheet

COUNTY = "qinghe"
LATE = "qinghe-shangwu"
WITHOUT_THE_SYSTEM = "qinghe-liuxi"
MISSING = "qinghe-shiqiao"
EXPLAINED = "qinghe-caizheng"
ACCEPTED = ("qinghe-liangshi", "qinghe-liangyou-zhijian")
IN_FORCE = "disclosure.normative_documents.in_force"
BY_HAND = {
    "disclosure.permits.decisions": 126,
    "disclosure.penalties.decisions": 9,
    "disclosure.fees.amount_yuan": 38600,
}


@dataclass(frozen=True)
class Desk:
    """A body with who prepares its return and who signs it."""

    agency: Agency
    preparer: Scope
    leader: Scope
    names: tuple[str, str, str]

    def foot(self, on: date) -> Foot:
        head, reviewer, filer = self.names
        return Foot(head, reviewer, filer, self.agency.phone, on)


def load(desks: Mapping[str, Desk], office: Scope, today: date) -> int:
    """File and decide; returns how many returns there are. ``office``: the county's."""
    year = today.year - 1
    county = desks[COUNTY].agency
    _set_calendar(county, office, year, today)
    for slug, desk in desks.items():
        if slug not in {WITHOUT_THE_SYSTEM, MISSING}:
            _enter(desk, year, today)
    _older(desks[EXPLAINED], office, year - 1, today)
    for slug, desk in desks.items():
        if slug not in {COUNTY, MISSING, WITHOUT_THE_SYSTEM}:
            _file(desk, office, slug, year, today)
    _by_sheet(desks[WITHOUT_THE_SYSTEM], office, year, today)
    return Filing.objects.count()


def _set_calendar(county: Agency, office: Scope, year: int, today: date) -> None:
    for day, below in ((date(year + 1, 1, 26), True), (date(year + 1, 3, 31), False)):
        set_deadline(
            by=office,
            agency=county,
            year=year,
            due_on=day,
            source=f"青政办函〔{year}〕41号",
            includes_below=below,
            now=_at(date(year, 12, 10), today),
        )


def _enter(desk: Desk, year: int, today: date) -> None:
    """What no ledger gives, once for the year; what is not named is nought."""
    form = figures.official_of(year)
    for key in filter(entries.is_enterable, form.by_key):
        entering.enter(
            by=desk.preparer,
            agency=desk.agency,
            key=key,
            on=date(year, 12, 31),
            value=BY_HAND.get(key, 0),
            note="业务科室年末台账",
            now=_at(date(year + 1, 1, 6), today),
        )


def _older(desk: Desk, office: Scope, year: int, today: date) -> None:
    """The year before: one document more in force than the ledger holds."""
    on = date(year + 1, 1, 19)
    draft = _begun(desk, year, on, today)
    value = filed.draft(draft).values[IN_FORCE]
    filing.override(
        by=desk.preparer,
        filing=draft,
        key=IN_FORCE,
        value=int(value or 0) + 1,
        reason="另有 1 件纸质文件未录入系统",
        now=_at(on, today),
    )
    deciding.accept(
        by=office, filing=_signed(desk, draft, on, today), now=_at(on, today, 16)
    )


def _file(desk: Desk, office: Scope, slug: str, year: int, today: date) -> None:
    on = date(year + 1, 2, 5) if slug == LATE else date(year + 1, 1, 20)
    draft = _begun(desk, year, on, today)
    for warning in filed.draft(draft).result.warnings:
        filing.explain(
            by=desk.preparer,
            filing=draft,
            relation=str(warning.relation),
            note="上年多计的 1 件纸质文件本年清理后不再列入。",
            now=_at(on, today),
        )
    done = _signed(desk, draft, on, today)
    if slug in ACCEPTED:
        deciding.accept(by=office, filing=done, now=_at(on, today, 16))


def _begun(desk: Desk, year: int, on: date, today: date) -> Filing:
    return filing.begin(
        by=desk.preparer,
        agency=desk.agency,
        form=figures.official_of(year),
        period=Period.year(year),
        now=_at(on, today),
    )


def _signed(desk: Desk, draft: Filing, on: date, today: date) -> Filing:
    moment = _at(on, today, 14)
    foot = desk.foot(timezone.localdate(moment))
    return filing.file(by=desk.leader, filing=draft, foot=foot, now=moment)


def _by_sheet(desk: Desk, office: Scope, year: int, today: date) -> None:
    """A township without the system: the template came back filled and signed."""
    form, period = figures.official_of(year), Period.year(year)
    on = date(year + 1, 1, 22)
    data = sheets.workbook(
        sheets.written_of(desk.agency, form, period), _typed(form), {}
    )
    draft = take_sheet(
        by=office,
        agency=desk.agency,
        form=form,
        period=period,
        data=data,
        now=_at(on, today),
    )
    foot = desk.foot(timezone.localdate(_at(on, today)))
    filing.file(by=office, filing=draft, foot=foot, now=_at(on, today, 14))


def _typed(form: returns.Form) -> dict[str, int]:
    """Three applications, all answered within the year."""
    values = dict.fromkeys(form.by_key, 0)
    for row, count in (("new_received", 3), ("granted", 2), ("results_total", 3)):
        for kind in ("natural_person", "total"):
            values[f"applications.{row}.{kind}"] = count
    for kind in ("natural_person", "total"):
        values[f"applications.unable.not_held.{kind}"] = 1
    return values


def _at(day: date, today: date, hour: int = 10) -> datetime:
    """Never later than today: a county loaded in January files as far as it can."""
    return timezone.make_aware(datetime.combine(min(day, today), time(hour)))
