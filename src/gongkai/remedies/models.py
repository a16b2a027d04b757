from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import Person, User
from gongkai.agencies.models import Agency
from gongkai.applications.choices import ApplicantKind
from gongkai.applications.models import Case
from gongkai.registry.models import StoredFile
from gongkai.remedies.choices import (
    OPEN,
    SUITS,
    Appeal,
    FileKind,
    Kind,
    Procedure,
    Stage,
)
from gongkai.remedies.querysets import RemedyQuerySet


class Remedy(models.Model):
    """One proceeding against what the agency did or left undone, before one body.

    An appeal is a remedy of its own that ``follows`` the first instance, as a suit may
    follow a reconsideration. Parties and their words are sealed with its own key.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="remedies")
    # None for older matters and for what was never registered as a case.
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="remedies"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    # One sending of the form: a second click is the same remedy.
    key = models.CharField(max_length=64, unique=True)
    number = models.CharField(_("Number"), max_length=60, unique=True)
    registered_at = models.DateTimeField()
    regime = models.CharField(max_length=8)
    kind = models.CharField(_("Kind"), max_length=30, choices=Kind)
    procedure = models.CharField(
        _("Procedure"), max_length=10, choices=Procedure, default=Procedure.ORDINARY
    )
    instance = models.PositiveSmallIntegerField(_("Instance"), default=1)
    subject = models.CharField(_("Matter"), max_length=200)
    # What is contested: reply and day; of a failure to reply there is none.
    contested_no = models.CharField(_("Reply contested"), max_length=80, blank=True)
    contested_on = models.DateField(_("Of"), null=True, blank=True)

    body = models.CharField(_("Receiving body"), max_length=120)
    body_number = models.CharField(_("Its file number"), max_length=80, blank=True)
    known_on = models.DateField(_("Knew of it on"), null=True, blank=True)
    filed_on = models.DateField(_("Begun on"), null=True, blank=True)
    accepted_on = models.DateField(_("Accepted on"), null=True, blank=True)
    # The day that counts: the defence is due from here.
    copy_received_on = models.DateField(_("Copy received on"))
    # Where the body set a day of its own for the answer.
    answer_set_on = models.DateField(null=True, blank=True)

    stage = models.CharField(max_length=12, choices=Stage, default=Stage.RECEIVED)
    stage_since = models.DateTimeField()
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    defended_on = models.DateField(_("Defence sent on"), null=True, blank=True)
    defence_no = models.CharField(_("Defence number"), max_length=80, blank=True)
    extended_until = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    # Natural days of the suspensions that are over.
    suspended_days = models.PositiveIntegerField(default=0)
    # A key of law.proceedings.outcomes; which row it falls into stands there.
    outcome = models.CharField(_("Outcome"), max_length=20, blank=True)
    # The second instance let the first judgment stand; the outcome is that one's.
    appeal_dismissed = models.BooleanField(default=False)
    decision_no = models.CharField(_("Decision number"), max_length=80, blank=True)
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    served_on = models.DateField(_("Served on"), null=True, blank=True)
    appeal = models.CharField(max_length=8, choices=Appeal, blank=True)

    # Derived, for lists; only ``clock`` writes them, in the act's transaction.
    due_on = models.DateField(null=True)
    is_provisional = models.BooleanField(default=False)
    calendar_version = models.PositiveIntegerField(default=0)

    # None once the personal data was purged: nothing sealed with it opens any more.
    data_key = models.BinaryField(null=True)
    sealed = models.BinaryField()
    party_kind = models.CharField(_("Party"), max_length=20, choices=ApplicantKind)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(stage__in=["decided", "archived"])
                    & ~Q(outcome="")
                    & Q(decided_on__isnull=False)
                )
                | ~Q(stage__in=["decided", "archived"]),
                name="remedy_decided_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(stage="suspended", suspended_on__isnull=False)
                | ~Q(stage="suspended"),
                name="remedy_suspended_since",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "due_on"],
                name="remedy_open_by_due",
                condition=Q(stage__in=[stage.value for stage in OPEN]),
            ),
            models.Index(
                fields=["agency", "kind", "stage", "-copy_received_on", "-id"],
                name="remedy_listed",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def is_suit(self) -> bool:
        return self.kind in SUITS

    @property
    def is_simple(self) -> bool:
        return self.procedure == Procedure.SIMPLE

    @property
    def is_purged(self) -> bool:
        return not self.data_key


class Hearing(models.Model):
    """A day before the body: a court session, a hearing or a talk with the parties."""

    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="hearings")
    at = models.DateTimeField(_("Day and time"))
    place = models.CharField(_("Place"), max_length=120)
    held_on = models.DateField(null=True)
    called_off_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["at"],
                name="hearing_ahead",
                condition=Q(held_on__isnull=True, called_off_on__isnull=True),
            )
        ]

    @property
    def is_ahead(self) -> bool:
        return self.held_on is None and self.called_off_on is None


class Step(models.Model):
    """One row of a remedy's life: a transition that was taken. Append-only.

    ``outcome`` and ``on`` of what decides or corrects a decision are what figures
    read: a correction that is entered later changes no figure of an earlier moment.
    """

    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="steps")
    name = models.CharField(max_length=40)
    from_stage = models.CharField(max_length=12, choices=Stage, blank=True)
    to_stage = models.CharField(max_length=12, choices=Stage)
    # The day that counts in law; ``at`` is when it was entered.
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    until = models.DateField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    sealed_note = models.BinaryField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["remedy", "name", "at", "on", "outcome"], name="step_counted"
            )
        ]


def new_public_id() -> str:
    return get_random_string(20, "abcdefghijkmnpqrstuvwxyz23456789")


class RemedyFile(models.Model):
    """A document of the remedy. Bytes and name are sealed with the remedy's key."""

    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=12, choices=FileKind)
    public_id = models.CharField(max_length=24, default=new_public_id, unique=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    # Of the plain bytes; the store holds sealed ones.
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sealed_name = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
