"""Annual reports as the reader took them in, and what people say of its figures."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.items.models import Item, Version
from gongkai.items.models.content import new_public_id
from gongkai.registry.models import StoredFile
from gongkai.reports.indicators import name_of, unit_of, whole
from gongkai.reports.querysets import FigureQuerySet, ReadingQuerySet


class Reading(models.Model):
    """One annual report of an agency, read: an uploaded file or a published version.

    ``text`` is what the figures' places count in. It stays as it was first read, so
    that whatever a person said of a place in it keeps its meaning.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Being read")
        UNREADABLE = "unreadable", _("Could not be read")
        OPEN = "open", _("To check")
        CHECKED = "checked", _("Checked")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="readings")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="readings")
    version = models.OneToOneField(
        Version, models.PROTECT, null=True, related_name="reading"
    )
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    public_id = models.CharField(max_length=24, default=new_public_id, unique=True)
    # Of the file that was read; of an item whose own text was read, its title.
    name = models.CharField(max_length=300)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    # Why it could not be read, as the reader says it.
    problem = models.CharField(max_length=400, blank=True)

    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    # As the reader calls the kind of file: text, html, docx, pdf.
    kind = models.CharField(max_length=8, blank=True)
    read_at = models.DateTimeField(null=True)
    reader = models.CharField(max_length=16, blank=True)
    title = models.CharField(_("Title"), max_length=300, blank=True)
    # As the text names it; whose report it is here says ``agency``.
    agency_read = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("Year"), null=True)
    regime = models.CharField(max_length=8, blank=True)
    form = models.CharField(max_length=8, blank=True)

    # Of lists; written with each verdict.
    claims_total = models.PositiveIntegerField(default=0)
    claims_open = models.PositiveIntegerField(default=0)
    findings_open = models.PositiveIntegerField(default=0)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "stored"], name="reading_file_once"
            ),
            models.CheckConstraint(
                condition=Q(stored__isnull=False) ^ Q(version__isnull=False),
                name="reading_has_one_source",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-id"], name="reading_of_agency"),
            models.Index(fields=["state", "agency"], name="reading_by_state"),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    def get_absolute_url(self) -> str:
        return reverse("reports-console:reading", args=[self.pk])

    @property
    def is_read(self) -> bool:
        return self.state in {self.State.OPEN, self.State.CHECKED}


class Scope(models.TextChoices):
    """How much of the body's year a figure covers, as the reader tells it."""

    YEAR = "year", _("the whole year")
    CUMULATIVE = "cumulative", _("added up over years")
    PART = "part", _("a part only")
    OTHER_BODY = "other_body", _("another body")


class Verdict(models.TextChoices):
    """What a person said of a figure that was read, or that the reader missed."""

    OPEN = "", _("To check")
    ACCEPTED = "accepted", pgettext_lazy("figure", "Accepted")
    CORRECTED = "corrected", _("Corrected")
    REJECTED = "rejected", _("Not a figure")
    ADDED = "added", _("Added by hand")


STANDING = (Verdict.ACCEPTED, Verdict.CORRECTED, Verdict.ADDED)
"""Verdicts after which a figure stands."""


class Claim(models.Model):
    """A figure at a place of the text: what the reader read there, what a person says.

    ``indicator`` and ``value`` are the reader's, ``expected_…`` the person's. One that
    the reader does not find (any more) has ``is_read`` false.
    """

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="claims")
    # Tells it from the others of its text, whichever reader reads it.
    identity = models.CharField(max_length=32)
    position = models.PositiveIntegerField()
    is_read = models.BooleanField(default=True)
    indicator = models.CharField(_("Indicator"), max_length=80)
    # Money in yuan.
    value = models.DecimalField(_("Value"), max_digits=20, decimal_places=2)
    exact = models.BooleanField(default=True)
    scope = models.CharField(max_length=12, choices=Scope, default=Scope.YEAR)
    unit = models.CharField(max_length=8, blank=True)
    in_table = models.BooleanField(default=False)
    row = models.CharField(max_length=300, blank=True)
    column = models.CharField(max_length=300, blank=True)
    quote = models.TextField(_("Quote"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    expected_indicator = models.CharField(max_length=80, blank=True)
    expected_value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reading", "identity"], name="claim_identity_once"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", Verdict.REJECTED])
                | (Q(expected_value__isnull=False) & ~Q(expected_indicator="")),
                name="claim_standing_has_value",
            ),
        ]

    @property
    def shown_value(self) -> Decimal | int:
        return whole(self.value)

    @property
    def shown_expected(self) -> Decimal | int | None:
        return None if self.expected_value is None else whole(self.expected_value)

    @property
    def is_standing(self) -> bool:
        return self.verdict in STANDING

    @property
    def name(self) -> str:
        return name_of(self.indicator)

    @property
    def expected_name(self) -> str:
        return name_of(self.expected_indicator)

    @property
    def shown_unit(self) -> str:
        return self.unit or unit_of(self.indicator)


class Finding(models.Model):
    """What does not agree in a report. The verdict keeps when the report is read anew.

    One that the reader does not find any more stays, with ``is_found`` false, so that
    its verdict is there when it comes back.
    """

    class Severity(models.TextChoices):
        ERROR = "error", _("Error")
        WARNING = "warning", pgettext_lazy("finding", "Warning")
        NOTICE = "notice", pgettext_lazy("finding", "Notice")

    class Verdict(models.TextChoices):
        OPEN = "", _("Open")
        AGREED = "agreed", _("Agreed")
        NO_ERROR = "no_error", _("Not an error")

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="findings")
    fingerprint = models.CharField(max_length=32)
    position = models.PositiveIntegerField()
    is_found = models.BooleanField(default=True)
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity)
    message = models.TextField()
    # [{"text", "start", "end"}]
    quotes = models.JSONField(default=list)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reading", "fingerprint"], name="finding_once"
            )
        ]


class Figure(models.Model):
    """The one figure of a report for a series, out of its standing claims.

    Written with each verdict. ``series`` is the indicator, under the key that it has
    in the oldest form, so that a series runs on through the change of form.
    """

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="figures")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=20, decimal_places=2)
    exact = models.BooleanField(default=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "series"], name="figure_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["series", "year", "agency"], name="figure_by_series"),
            models.Index(fields=["agency", "year"], name="figure_by_agency"),
        ]

    @property
    def shown_value(self) -> Decimal | int:
        return whole(self.value)

    @property
    def name(self) -> str:
        return name_of(self.series)

    @property
    def unit(self) -> str:
        return unit_of(self.series)
