from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, slug_validator
from gongkai.catalogue.querysets import ColumnQuerySet


class ColumnKind(models.TextChoices):
    """What a column is for. The names on screen are the column's own, verbatim."""

    GUIDE = "guide", _("Guide")
    RULES = "rules", _("Rules")
    STATUTORY = "statutory", _("Statutory proactive content")
    ANNUAL_REPORT = "annual_report", _("Annual reports")
    APPLY = "apply", _("Disclosure on application")
    OTHER = "other", _("Other")


class Column(models.Model):
    """A section of an agency's open-government pages, two or more levels deep.

    Its address is never given to another column, so a retired one keeps its row.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="columns")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(_("Kind"), max_length=20, choices=ColumnKind)
    name = models.CharField(_("Name"), max_length=80)
    slug = models.SlugField(_("Address"), max_length=60, validators=[slug_validator])
    # 1 to 15: the item of Art. 20 that the column answers to; empty elsewhere.
    statutory_no = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    objects = ColumnQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "slug"], name="column_address_once"
            ),
            models.CheckConstraint(
                condition=Q(statutory_no__isnull=True)
                | Q(statutory_no__gte=1, statutory_no__lte=15),
                name="column_statutory_no_of_article_20",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.parent is not None and self.parent.agency_id != self.agency_id:
            raise ValidationError(_("A column lies below one of the same agency."))

    @property
    def holds_items(self) -> bool:
        """The entry to applications is a form, not a list."""
        return self.kind != ColumnKind.APPLY
