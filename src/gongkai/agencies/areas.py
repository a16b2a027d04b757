"""What the calendar's pages ask of the tree: whose days a person sets, and names."""

from collections.abc import Collection

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.registry.calendars.directory import Area, Directory, register_directory


def administered(scope: Scope) -> list[Area]:
    rows = Agency.objects.filter(scope.administering("")).order_by("path")
    return [Area(*row) for row in rows.values_list("path", "name", "depth")]


def names(paths: Collection[str]) -> dict[str, str]:
    rows = Agency.objects.filter(path__in=paths)
    return dict(rows.values_list("path", "name"))


def people(user_ids: Collection[int]) -> dict[int, str]:
    rows = User.objects.filter(pk__in=user_ids)
    return dict(rows.values_list("pk", "person__name"))


register_directory(Directory(administered, names, people))
