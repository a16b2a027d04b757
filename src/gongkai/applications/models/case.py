from typing import ClassVar

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import Person, User
from gongkai.agencies.models import Agency
from gongkai.applications.choices import (
    OPEN,
    ApplicantKind,
    Channel,
    Flag,
    Manner,
    Route,
    Stage,
)
from gongkai.applications.querysets import CaseQuerySet


class Paper(models.Model):
    """What came in at once: a letter, or one sending of the online form.

    It is split into cases at registration (一案一号). ``key`` names the sending: a
    double click or a retry after a cut connection is the same paper.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    channel = models.CharField(_("Channel"), max_length=20, choices=Channel)
    received_on = models.DateField(_("Received on"))
    registered_at = models.DateTimeField()
    # None for what the applicant sent online.
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")


class Case(models.Model):
    """One application for disclosure: one case, one number, one file.

    The applicant's identity, contact and words are sealed with the case's own key;
    what stands in clear here may be listed, searched and counted.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="cases")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cases")
    number = models.CharField(_("Case number"), max_length=60, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    # Number and query code together, as an index: neither alone opens the case.
    query_index = models.CharField(max_length=64, unique=True)
    regime = models.CharField(max_length=8)
    channel = models.CharField(_("Channel"), max_length=20, choices=Channel)
    applicant_kind = models.CharField(
        _("Applicant"), max_length=20, choices=ApplicantKind
    )
    received_on = models.DateField(_("Received on"))
    # Where the law counts from the day on which both sides confirm (Art. 31).
    confirmed_on = models.DateField(_("Confirmed on"), null=True, blank=True)
    registered_at = models.DateTimeField()
    subject = models.CharField(_("Information asked for"), max_length=200)
    manner = models.CharField(_("Form"), max_length=20, choices=Manner, blank=True)
    route = models.CharField(_("Route"), max_length=20, choices=Route, blank=True)

    stage = models.CharField(max_length=20, choices=Stage, default=Stage.RECEIVED)
    stage_since = models.DateTimeField()
    # A result code of the case's regime; exactly one is counted.
    result = models.CharField(_("Result"), max_length=12, blank=True)
    replied_on = models.DateField(_("Replied on"), null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    reply_no = models.CharField(_("Reply number"), max_length=80, blank=True)
    # The same application as another case; it is counted there.
    joined_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined"
    )
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    flag = models.CharField(max_length=20, choices=Flag, blank=True)

    # Derived, for lists; only ``clock.wind`` writes them, in the act's transaction.
    due_on = models.DateField(null=True)
    is_stopped = models.BooleanField(default=False)
    is_provisional = models.BooleanField(default=False)
    was_extended = models.BooleanField(default=False)
    calendar_version = models.PositiveIntegerField(default=0)

    # None once the personal data was purged: nothing sealed with it opens any more.
    data_key = models.BinaryField(null=True)
    sealed = models.BinaryField()
    name_index = models.CharField(max_length=64, blank=True)
    identity_index = models.CharField(max_length=64, blank=True)
    contact_index = models.CharField(max_length=64, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    legacy_number = models.CharField(max_length=60, blank=True)
    # What the desk searches for words, a line each: one comparison a case, not four.
    words = models.GeneratedField(
        expression=Lower(
            Concat(
                *("number", Value("\n"), "subject", Value("\n")),
                *("reply_no", Value("\n"), "legacy_number"),
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "year", "serial"], name="case_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["replied", "closed", "withdrawn"])
                | ~Q(result="")
                | Q(joined_into__isnull=False),
                name="case_ended_has_a_result",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "due_on"],
                name="case_open_by_due",
                condition=Q(stage__in=[stage.value for stage in OPEN]),
            ),
            models.Index(
                fields=["agency", "-received_on", "-id"], name="case_register"
            ),
            # Whole: a page of the register and its tabs are found in it alone, with
            # any filter. What a filter asks for belongs here.
            models.Index(
                fields=[
                    *("agency", "stage", "-received_on", "-id", "is_stopped"),
                    *("due_on", "channel", "applicant_kind", "result", "handler"),
                    "words",
                ],
                name="case_listed",
            ),
            # With the agency and in the list's order: else SQLite, which keeps no
            # statistics, would walk a full desk to find one applicant's cases.
            models.Index(
                fields=["name_index", "agency", "-received_on", "-id"],
                name="case_of_name",
            ),
            models.Index(
                fields=["identity_index", "agency", "-received_on", "-id"],
                name="case_of_identity",
            ),
            models.Index(fields=["contact_index"], name="case_of_contact"),
            # Whole: the official form counts every case of an agency from it alone.
            models.Index(
                fields=[
                    *("agency", "regime", "result", "applicant_kind", "received_on"),
                    *("closed_on", "stage_since", "registered_at", "joined_into"),
                    *("channel", "was_extended", "due_on"),
                ],
                name="case_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def is_purged(self) -> bool:
        return not self.data_key
