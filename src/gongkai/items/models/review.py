from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import Person, User
from gongkai.items.models.content import Version, VersionFile
from gongkai.items.models.flow import ReviewDecision, ReviewStep


class Step(ReviewStep):
    """A step that this version must pass."""

    reviewed = "version"

    version = models.ForeignKey(Version, models.PROTECT, related_name="steps")

    class Meta(ReviewStep.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "position"], name="step_position_once"
            ),
            models.UniqueConstraint(
                fields=["version"], condition=Q(is_current=True), name="step_current"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "role"],
                condition=Q(is_current=True),
                name="step_waiting",
            )
        ]


class Decision(ReviewDecision):
    step = models.OneToOneField(Step, models.PROTECT, related_name="decision")


class Vouching(models.Model):
    """Stands in for review where the item was published elsewhere before.

    Who vouches, from which source, with the hash of the very bytes taken over.
    """

    version = models.OneToOneField(Version, models.PROTECT, related_name="vouching")
    source = models.CharField(max_length=300)
    source_sha256 = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    vouched_at = models.DateTimeField()
    # Empty where the operator of the machine ran the import.
    vouched_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")


class Finding(models.Model):
    """Something that a tired reviewer misses, pointed out by the system.

    Holds a masked excerpt and a keyed fingerprint, never the number itself.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="findings")
    code = models.CharField(max_length=40)
    is_serious = models.BooleanField()
    place = models.CharField(max_length=300)
    excerpt = models.CharField(max_length=200, blank=True)
    message = models.TextField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-is_serious", "pk"]


class Explanation(models.Model):
    """Why a finding does not stop the item; by a reviewer, never by its author."""

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="explanation")
    reason = models.TextField(_("Reason"))
    explained_at = models.DateTimeField()
    explained_by = models.ForeignKey(User, models.PROTECT, related_name="+")


class Opening(models.Model):
    """A reviewer opened this attachment; needed before an approval."""

    file = models.ForeignKey(VersionFile, models.PROTECT, related_name="openings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "person"], name="opening_once")
        ]
