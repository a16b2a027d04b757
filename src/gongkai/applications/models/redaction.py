"""Boxes that a colleague draws on a document, and the copy that is made of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import User
from gongkai.applications.models.case import Case
from gongkai.applications.models.work import CaseFile


class Redaction(models.Model):
    """One try at one document: drawn, then made by the worker, or failed with a reason.

    The boxes are sealed with the case's key. A copy that was made is not changed any
    more: another try begins with its boxes.
    """

    class State(models.TextChoices):
        DRAWING = "drawing", _("Being drawn")
        WAITING = "waiting", _("Waits for the worker")
        WORKING = "working", _("Being made")
        DONE = "done", _("Made and checked")
        FAILED = "failed", _("Not made")

    case = models.ForeignKey(Case, models.PROTECT, related_name="redactions")
    source = models.ForeignKey(CaseFile, models.PROTECT, related_name="redactions")
    pages = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAWING)
    state_since = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    sealed_boxes = models.BinaryField(null=True)
    # Steps: each page is made, then checked.
    steps_done = models.PositiveIntegerField(default=0)
    # Why it failed: names of traces and of errors, with pages; never words of the file.
    reason = models.CharField(max_length=400, blank=True)
    boxes_painted = models.PositiveIntegerField(default=0)
    result = models.OneToOneField(
        CaseFile, models.PROTECT, null=True, related_name="made_by_redaction"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state__in=["drawing", "waiting", "working"]),
                name="one_open_redaction_of_a_file",
            ),
        ]

    @property
    def steps(self) -> int:
        return 2 * self.pages
