"""The reply to an application: drafted, reviewed, signed, frozen, delivered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import Person, User
from gongkai.applications.models.case import Case
from gongkai.applications.models.work import Act, CaseFile
from gongkai.items.models.flow import ReviewDecision, ReviewStep


class Reply(models.Model):
    """One numbered draft of a case's reply. What was handed in is not edited any more:
    taken back or returned, it goes on as the next number.

    The words are sealed with the case's key; ``withheld`` holds the result codes of the
    parts of a partial release that stay closed, which are never counted.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        IN_REVIEW = "in_review", _("In review")
        RETURNED = "returned", _("Returned for changes")
        TAKEN_BACK = "taken_back", _("Taken back")
        SIGNED = "signed", _("Signed, not delivered")
        DELIVERED = "delivered", _("Delivered")

    case = models.ForeignKey(Case, models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField()
    result = models.CharField(_("Result"), max_length=12)
    withheld = models.JSONField(default=list)
    sealed = models.BinaryField(null=True)
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Whoever typed in it: none of them may review it.
    writers = models.ManyToManyField(Person, related_name="+")
    files = models.ManyToManyField(CaseFile, related_name="+")
    content_hash = models.CharField(max_length=64, blank=True)
    handed_in_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+"
    )
    reply_no = models.CharField(_("Reply number"), max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    word = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], name="reply_number_once"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=~Q(state__in=["returned", "taken_back"]),
                name="reply_one_goes_on",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "state_since"], name="reply_by_state")
        ]

    @property
    def is_frozen(self) -> bool:
        return self.pdf_id is not None


class ReplyStep(ReviewStep):
    reviewed = "reply"

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="steps")

    class Meta(ReviewStep.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reply", "position"], name="reply_step_once"
            ),
            models.UniqueConstraint(
                fields=["reply"],
                condition=Q(is_current=True),
                name="reply_step_current",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "role"],
                condition=Q(is_current=True),
                name="reply_step_waiting",
            )
        ]


class ReplyDecision(ReviewDecision):
    step = models.OneToOneField(ReplyStep, models.PROTECT, related_name="decision")


class ReplyOpening(models.Model):
    """A reviewer opened this document that would go out; needed before an approval."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="openings")
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reply", "file", "person"], name="reply_opening_once"
            )
        ]


class Delivery(models.Model):
    """How and when the reply reached the applicant; ``on`` is the day that counts.

    Posting or signature: 国办公开办函〔2016〕235号.
    """

    class Way(models.TextChoices):
        POST = "post", _("By post")
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        EMAIL = "email", _("By e-mail")

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="deliveries")
    act = models.OneToOneField(Act, models.PROTECT, related_name="delivery")
    way = models.CharField(max_length=10, choices=Way)
    on = models.DateField()
    proof = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="+")
