from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.items.choices import Channel
from gongkai.items.models.content import new_public_id
from gongkai.items.models.item import Item
from gongkai.registry.models import StoredFile


class Outlet(models.Model):
    """A place where an agency makes information public, and its channel in the form."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="outlets")
    name = models.CharField(_("Outlet"), max_length=80)
    channel = models.CharField(_("Channel"), max_length=20, choices=Channel)
    is_own_site = models.BooleanField(default=False)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-is_own_site", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="outlet_name"),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(is_own_site=True),
                name="outlet_own_site_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Release(models.Model):
    """An item came out at an outlet on a day. The own site's is made by publication."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="releases")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="releases")
    on = models.DateField(_("Date"))
    proof_url = models.URLField(_("Address of the page"), max_length=500, blank=True)
    proof_note = models.CharField(
        _("Issue, page or other proof"), max_length=200, blank=True
    )
    # A scan or a screenshot, for the office only.
    proof_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+"
    )
    proof_name = models.CharField(max_length=200, blank=True)
    proof_public_id = models.CharField(
        max_length=24, default=new_public_id, unique=True
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "outlet", "on"], name="release_once_a_day"
            )
        ]
