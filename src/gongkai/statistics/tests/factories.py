"""Bodies with the people who prepare, sign and take returns."""

from datetime import date, datetime

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_scope
from gongkai.applications.tests.factories import noon
from gongkai.registry.measures import Period
from gongkai.statistics.models import Filing
from gongkai.statistics.services import deciding, filing
from gongkai.statistics.services.filing import Foot

YEAR = Period.year(2025)
NOW = noon(date(2026, 1, 20))
FOOT = Foot("陈立群", "周明远", "李春禾", "0999-5500101", date(2026, 1, 20))


class Body:
    """An agency with its disclosure office and its leader."""

    def __init__(self, agency: Agency | None = None) -> None:
        self.agency = agency or make_agency()
        self.office = make_scope(self.agency, Role.OGI_OFFICE)
        self.leader = make_scope(self.agency, Role.LEADER)

    def below(self) -> "Body":
        return Body(make_agency(parent=Agency.objects.get(pk=self.agency.pk)))

    def draft(self, form: str = "2021", now: datetime = NOW, **told: object) -> Filing:
        return filing.begin(
            by=self.office,
            agency=self.agency,
            form=returns.load_form(form),
            period=told.pop("period", YEAR),  # type: ignore[arg-type]
            now=now,
            **told,  # type: ignore[arg-type]
        )

    def file(self, draft: Filing | None = None, now: datetime = NOW) -> Filing:
        return filing.file(
            by=self.leader, filing=draft or self.draft(now=now), foot=FOOT, now=now
        )

    def accept(self, filed: Filing) -> Filing:
        return deciding.accept(by=self.office, filing=filed)
