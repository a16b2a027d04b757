"""The left rail: ledgers, figures and set-up, each shown to whom it serves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.agencies.acting import acting_agency, own_agencies, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS, Role
from gongkai.applications.todos import waiting as cases_waiting
from gongkai.registry import todos
from gongkai.remedies.todos import waiting as remedies_waiting
from gongkai.reports.todos import waiting as reports_waiting
from gongkai.statistics.todos import waiting as returns_waiting

Section = tuple[str, list["Link"]]


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False
    count: int | None = None
    hot: bool = False


@dataclass(frozen=True)
class AgencyChoice:
    label: str
    value: int
    current: bool


class Desk:
    """What surrounds every console page. Two queries, and none until it is shown."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def agency(self) -> Agency | None:
        return acting_agency(self._request) if self._is_staff else None

    @cached_property
    def agency_choices(self) -> list[AgencyChoice]:
        acting = self.agency
        return [
            AgencyChoice(agency.name, agency.pk, agency == acting)
            for agency in (own_agencies(self._request) if acting else ())
        ]

    @cached_property
    def _counts(self) -> Mapping[todos.Source, int]:
        return todos.counts_for(scope_of_request(self._request)) if self.agency else {}

    @cached_property
    def todo_count(self) -> int:
        return sum(self._counts.values())

    @cached_property
    def nav(self) -> list[Section]:
        if not self._is_staff:
            return []
        count = self.todo_count
        home = Link(
            _("To do"),
            reverse("console:home"),
            self._request.path == reverse("console:home"),
            count or None,
            hot=True,
        )
        return [("", [home]), *self._ledgers(), *self._set_up()]

    @property
    def _is_staff(self) -> bool:
        return bool(self._request.user.is_authenticated)

    @cached_property
    def _roles(self) -> frozenset[str]:
        return scope_of_request(self._request).roles

    def _ledgers(self) -> list[Section]:
        if not self._roles & READERS:
            return []
        cases = self._counts.get(cases_waiting) or None
        remedies = self._counts.get(remedies_waiting) or None
        return [
            (
                _("Ledgers"),
                [
                    self._link(_("Items"), "items-console:list"),
                    self._link("依申请公开", "applications-console:list", cases),
                    self._link("复议诉讼", "remedies:list", remedies),
                ],
            ),
            (
                _("Figures and reports"),
                self._figures(),
            ),
        ]

    def _figures(self) -> list[Link]:
        waiting = self._counts.get(returns_waiting) or None
        others = [
            self._link(_("Returns"), "statistics:filings", waiting),
            self._link(_("Table of figures"), "statistics:table"),
        ]
        unchecked = self._counts.get(reports_waiting) or None
        reports = self._link(_("Reports read back"), "reports-console:list", unchecked)
        form = self._link(_("Statistical form"), "statistics:choose")
        # Their addresses begin with the form's.
        is_other = any(link.current for link in others)
        form = replace(form, current=form.current and not is_other)
        return [form, *others, reports]

    def _set_up(self) -> list[Section]:
        links = []
        if self._roles & {Role.ADMINISTRATOR, Role.OGI_OFFICE}:
            links.append(self._link(_("Columns"), "catalogue:choose"))
        links.append(self._link(_("Agencies and posts"), "agencies:list"))
        if Role.ADMINISTRATOR in self._roles:
            links.append(self._link(_("People"), "agencies:people"))
            links.append(self._link(_("Calendar"), "calendar:year"))
        return [(_("Management"), links)]

    def _link(self, label: str, name: str, count: int | None = None) -> Link:
        url = reverse(name)
        return Link(label, url, self._request.path.startswith(url), count)
