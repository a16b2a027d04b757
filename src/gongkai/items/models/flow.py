from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.items.choices import StepKind


class ReviewFlow(models.Model):
    """The steps that an agency's items go through. One flow is in use at a time."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="review_flow")
    changed_at = models.DateTimeField(auto_now=True)


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
