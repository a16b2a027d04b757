from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from gongkai.catalogue.models import Column  # noqa: F401 - named in the class below


class ColumnQuerySet(models.QuerySet["Column"]):
    def in_use(self) -> "ColumnQuerySet":
        return self.filter(retired_on__isnull=True)

    def top(self) -> "ColumnQuerySet":
        return self.filter(parent__isnull=True)
