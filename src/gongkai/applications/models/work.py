"""What happens to a case: acts, consultations, notices, fees, co-handling, files."""

from typing import ClassVar

from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import Person, User
from gongkai.applications.choices import FileKind, Stage
from gongkai.applications.models.case import Case
from gongkai.registry.models import StoredFile


def new_public_id() -> str:
    return get_random_string(20, "abcdefghijkmnpqrstuvwxyz23456789")


class Act(models.Model):
    """One row of the case's life: a transition that was taken. Append-only.

    ``clock_kind`` and the days beside it are what the clock reads; the acts of a case
    in order are its segments. What was typed is sealed with the case's key.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="acts")
    name = models.CharField(max_length=40)
    from_stage = models.CharField(max_length=20, choices=Stage, blank=True)
    to_stage = models.CharField(max_length=20, choices=Stage)
    # The day that counts in law; ``at`` is when it was entered.
    on = models.DateField()
    at = models.DateTimeField()
    # None for the applicant's own acts and the clock's.
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_applicant = models.BooleanField(default=False)
    clock_kind = models.CharField(max_length=30, blank=True)
    until = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    # Tells several consultations of one case apart.
    consultation = models.ForeignKey(
        "Consultation", models.PROTECT, null=True, related_name="acts"
    )
    sealed_note = models.BinaryField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["case", "clock_kind"], name="act_of_clock")
        ]


class Consultation(models.Model):
    """An opinion asked of a third party (Art. 32) or another organ (Art. 34)."""

    class Of(models.TextChoices):
        THIRD_PARTY = "third_party", _("Third party")
        ORGAN = "organ", _("Another organ")

    class Answer(models.TextChoices):
        AGREES = "agrees", _("Agrees")
        REFUSES = "refuses", _("Does not agree")
        SILENT = "silent", _("No answer in time")

    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    of = models.CharField(max_length=12, choices=Of)
    # Whom: name, contact, what was asked, opinion, reason for an override.
    sealed = models.BinaryField()
    sent_on = models.DateField()
    received_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField(null=True)
    overridden_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class Notice(models.Model):
    """A letter that an act makes; its text is sealed, as it names the applicant."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    act = models.ForeignKey(Act, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    number = models.CharField(max_length=80, blank=True)
    made_on = models.DateField()
    to_applicant = models.BooleanField(default=True)
    sealed_text = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["pk"]


class Fee(models.Model):
    """The processing fee of 国办函〔2020〕109号: by item or by volume, never both."""

    class Basis(models.TextChoices):
        ITEM = "item", "按件计收"
        VOLUME = "volume", "按量计收"

    case = models.OneToOneField(Case, models.PROTECT, related_name="fee")
    basis = models.CharField(max_length=8, choices=Basis)
    # Items of the applicant in the month, this one included; or pages of this one.
    quantity = models.PositiveIntegerField()
    amount_yuan = models.DecimalField(max_digits=12, decimal_places=2)
    notified_on = models.DateField()
    received_on = models.DateField(null=True)
    due_on = models.DateField()
    paid_on = models.DateField(null=True)


class CoHandling(models.Model):
    """A section of the office that was asked to help with a case (协办)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="co_handlings")
    section = models.CharField(_("Section"), max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    sealed_opinion = models.BinaryField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class CaseFile(models.Model):
    """A document of the case. Bytes and name are sealed with the case's key."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=12, choices=FileKind)
    public_id = models.CharField(max_length=24, default=new_public_id, unique=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    # Of the plain bytes; the store holds sealed ones.
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sealed_name = models.BinaryField()
    added_at = models.DateTimeField()
    by_applicant = models.BooleanField(default=False)
    # The applicant may download it with number and query code.
    for_applicant = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]


class IntakeDraft(models.Model):
    """An online application while it is being typed: "save and come back".

    Sealed with its own key and found by the index of a token that only the applicant
    has; deleted when it is sent, or unsent after 30 days.
    """

    token_index = models.CharField(max_length=64, unique=True)
    data_key = models.BinaryField()
    sealed = models.BinaryField()
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
