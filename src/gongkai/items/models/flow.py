"""The review flow, once for all that is reviewed: an item's version, a reply.

What is reviewed has a table of steps and one of decisions of its own, made from the two
abstract models here; ``services.stepping`` moves them.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import Person, User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.items.choices import Outcome, StepKind

ITEMS = "item"


class ReviewFlow(models.Model):
    """The steps that an agency's work of one kind goes through; one flow is in use.

    ``subject`` is the kind of work, as ``services.setting_up`` knows it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="review_flows")
    subject = models.CharField(max_length=20, default=ITEMS)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "subject"], name="review_flow_once"
            )
        ]


class FlowStep(models.Model):
    """One step of the flow: what is judged, and which post of which body judges."""

    flow = models.ForeignKey(ReviewFlow, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Step"), max_length=20, choices=StepKind)
    role = models.CharField(_("Post"), max_length=20, choices=Role)
    # Another body, for its consent (Art. 11); the item's own agency where empty.
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["flow", "position"], name="flow_step_position"
            )
        ]


class ReviewStep(models.Model):
    """A step that one piece of work must pass: the flow as it was at submission.

    ``reviewed`` names the foreign key to the work; the subclass's decisions have a
    one-to-one ``step`` with the related name ``decision``.
    """

    reviewed: ClassVar[str]

    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=StepKind)
    role = models.CharField(max_length=20, choices=Role)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    # The step that waits for a decision now; at most one of the work.
    is_current = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["position"]

    @property
    def work(self) -> Any:
        return getattr(self, self.reviewed)

    @property
    def siblings(self) -> dict[str, Any]:
        """What selects all steps of the same work."""
        return {f"{self.reviewed}_id": getattr(self, f"{self.reviewed}_id")}


class ReviewDecision(models.Model):
    """What a reviewer decided on a step, on exactly the content with this hash."""

    outcome = models.CharField(max_length=20, choices=Outcome)
    opinion = models.TextField(_("Opinion"), blank=True)
    content_hash = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
