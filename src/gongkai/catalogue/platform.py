"""The platform's own frame: whose it is and where its bar leads."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.catalogue.models import ColumnKind
from gongkai.catalogue.navigation import Section

BARRED_ON_PLATFORM = (
    ColumnKind.GUIDE,
    ColumnKind.RULES,
    ColumnKind.STATUTORY,
    ColumnKind.ANNUAL_REPORT,
    ColumnKind.APPLY,
)


def host() -> Agency | None:
    """The body that answers for the platform: the first root of the tree."""
    return Agency.objects.filter(depth=1).first()


class Platform:
    """The platform's own pages: whose they are and where their bar leads."""

    def __init__(self) -> None:
        self.host = host()
        self.section = Section(self.host) if self.host else None

    def context(self, current: str = "") -> dict[str, object]:
        return {
            "host_agency": self.host,
            "portal_columns": self._bar(current),
            "feed_url": reverse("portal:feed"),
        }

    def _bar(self, current: str) -> list[tuple[str, str, bool]]:
        bar = [(_("Home"), reverse("portal:home"), current == "home")]
        if self.section is not None:
            section = self.section
            bar += [
                (column.name, section.address(column), False)
                for kind in BARRED_ON_PLATFORM
                if (column := section.of_kind(kind)) is not None
            ]
        bar.append((_("All bodies"), reverse("portal:agencies"), current == "agencies"))
        return bar
