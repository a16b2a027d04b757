from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.catalogue.models import Column
from gongkai.items.choices import ChangeKind, Stage, Validity
from gongkai.items.querysets import ItemQuerySet

if TYPE_CHECKING:
    from gongkai.items.models.content import Version


class Item(models.Model):
    """One piece of government information, through all its versions, for ever.

    ``live`` is what the public sees, and nothing else of it; ``stage`` is where the
    newest work on it stands. A correction under review leaves ``live`` as it is.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="items")
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    stage_since = models.DateTimeField()
    live = models.OneToOneField(
        "Version", models.PROTECT, null=True, blank=True, related_name="live_for"
    )
    # Of the live version, for lists; written by publication only.
    column = models.ForeignKey(Column, models.PROTECT, null=True, related_name="items")
    kind = models.CharField(max_length=20, blank=True)
    index_no = models.CharField(
        _("Index number"), max_length=120, null=True, unique=True
    )
    # An imported item keeps its old number as text, however it was made.
    legacy_index_no = models.CharField(max_length=120, blank=True, db_index=True)
    # The day that counts as publication: of the import's source for a vouched item.
    published_on = models.DateField(null=True)
    first_published_at = models.DateTimeField(null=True)
    # When the ledger learned of it; later than the publication for a vouched item.
    recorded_at = models.DateTimeField(null=True)
    planned_for = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    validity = models.CharField(
        max_length=20, choices=Validity, default=Validity.IN_FORCE
    )
    repealed_on = models.DateField(null=True, blank=True)
    # Names the source of an import, so that the same file makes one item.
    import_key = models.CharField(max_length=120, null=True, unique=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(live__isnull=True)
                | Q(published_on__isnull=False, first_published_at__isnull=False),
                name="item_live_has_publication",
            ),
            models.CheckConstraint(
                condition=Q(live__isnull=True) | Q(withdrawn_at__isnull=True),
                name="item_withdrawn_is_not_live",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PLANNED) | Q(planned_for__isnull=False),
                name="item_planned_has_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "-published_on", "-id"],
                name="item_public_of_agency",
                condition=Q(live__isnull=False),
            ),
            models.Index(
                fields=["column", "-published_on", "-id"],
                name="item_public_of_column",
                condition=Q(live__isnull=False),
            ),
            models.Index(
                F("published_on").desc(),
                F("id").desc(),
                name="item_public",
                condition=Q(live__isnull=False),
            ),
            models.Index(fields=["agency", "stage", "-stage_since"], name="item_stage"),
            models.Index(fields=["agency", "kind"], name="item_kind"),
        ]

    def __str__(self) -> str:
        return self.index_no or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        if self.index_no:
            return reverse("items:item", args=[self.index_no])
        return reverse("items:item-by-id", args=[self.pk])

    @property
    def shown(self) -> "Version":
        """The version that the public sees; raises ValueError where there is none."""
        if self.live is None:
            raise ValueError(f"nothing of item {self.pk} is public")
        return self.live

    @property
    def is_public(self) -> bool:
        return self.live_id is not None

    @property
    def was_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Change(models.Model):
    """The public note that every act on what was public leaves: see ChangeKind."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind)
    note = models.TextField(_("Public note"))
    on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
