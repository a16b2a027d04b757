"""Figures entered by hand, and the returns that an agency files with its parent."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.registry.measures import Period


class Reach(models.TextChoices):
    """Whose figures a return of a body in the tree takes together."""

    OWN = "own", _("This body alone")
    DEPARTMENTS = "departments", _("Its departments")
    AREA = "area", _("The whole area")


class Entry(models.Model):
    """A figure that no ledger gives, as of a day: staff, funds, a meeting, a training.

    Append-only: a correction is a new entry that replaces the older one.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    key = models.CharField(_("Indicator"), max_length=80)
    on = models.DateField(_("Date"))
    # Money in yuan, anything else a whole number.
    value = models.DecimalField(_("Value"), max_digits=17, decimal_places=2)
    note = models.CharField(_("Note"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "key", "on"], name="entry_of_figure")
        ]


class Filing(models.Model):
    """One version of an agency's return: a form for a period, on its way upwards.

    A draft holds no figures: they are computed as of ``as_of`` until it is filed, and
    then frozen into its cells. What is filed never changes; a correction is the next
    version.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        FILED = "filed", pgettext_lazy("filing", "Filed")
        ACCEPTED = "accepted", pgettext_lazy("filing", "Accepted")
        RETURNED = "returned", pgettext_lazy("filing", "Returned")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="filings")
    form = models.CharField(_("Form"), max_length=20)
    # A government files for itself, and the sum of its area beside it.
    reach = models.CharField(max_length=12, choices=Reach, default=Reach.OWN)
    first = models.DateField()
    last = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    as_of = models.DateTimeField()
    # Its figures came by spreadsheet, from a body without the system.
    is_uploaded = models.BooleanField(default=False)
    begun_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    # What a corrected version tells everybody.
    public_note = models.CharField(_("Public note"), max_length=300, blank=True)

    # The foot of the form.
    head = models.CharField("单位负责人", max_length=40, blank=True)
    reviewer = models.CharField("审核人", max_length=40, blank=True)
    filer = models.CharField("填报人", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    filled_on = models.DateField("填报日期", null=True, blank=True)

    filed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    is_late = models.BooleanField(default=False)
    # Bodies are renamed: the return keeps the name that it was filed under.
    agency_name = models.CharField(max_length=120, blank=True)
    # How many warnings it was filed with, each with its note.
    warnings = models.PositiveSmallIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "form", "reach", "first", "last", "version"],
                name="filing_version_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "form", "reach", "first", "last"],
                condition=Q(state__in=["draft", "filed"]),
                name="filing_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(filed_at__isnull=False) & ~Q(content_hash=""),
                name="filing_filed_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="filing_period_forwards"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["form", "first", "last"], name="filing_of_period")
        ]

    def __str__(self) -> str:
        return f"{self.body_name} {self.form} {self.first} v{self.version}"

    @property
    def body_name(self) -> str:
        """As printed in its head."""
        return self.agency_name or self.agency.name

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_sum(self) -> bool:
        """Of the returns of the bodies below, and its own."""
        return self.reach != Reach.OWN

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def is_annual(self) -> bool:
        return self.period == Period.year(self.first.year)


class Override(models.Model):
    """A value in the place of a computed one, or typed where there is none.

    Append-only: the newest of a cell counts, and ``value`` None takes it back.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="overrides")
    key = models.CharField(max_length=80)
    computed = models.DecimalField(max_digits=17, decimal_places=2, null=True)
    value = models.DecimalField(max_digits=17, decimal_places=2, null=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


class Explanation(models.Model):
    """The written note that a warning needs. Append-only: the newest counts.

    ``message`` is the warning in numbers: other numbers need a note of their own.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="explanations")
    relation = models.CharField(max_length=600)
    message = models.TextField()
    note = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


class FilingCell(models.Model):
    """One figure as it was filed, with the one that was computed, for ever."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="cells")
    key = models.CharField(max_length=80)
    # None where nothing was known; both are in the unit of ``Row.json_unit``.
    computed = models.DecimalField(max_digits=17, decimal_places=2, null=True)
    value = models.DecimalField(max_digits=17, decimal_places=2, null=True)
    reason = models.CharField(max_length=300, blank=True)
    ledger = models.CharField(max_length=40, blank=True)
    # Which records made the figure: their model, and their ids packed small.
    record_model = models.CharField(max_length=60, blank=True)
    records = models.BinaryField(default=b"")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "key"], name="filing_cell_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["filing", "key", "value"], name="filing_cell_sum")
        ]


class Remark(models.Model):
    """What the parent says of a cell, or of the whole (``key`` empty). Append-only."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="remarks")
    key = models.CharField(max_length=80, blank=True)
    text = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


class Deadline(models.Model):
    """By when the bodies at and below an agency file for a report year.

    Local days are earlier than the law's: the notice of the year sets them.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Report year"))
    due_on = models.DateField(_("Due on"))
    # For the agency alone, or for all below it too.
    includes_below = models.BooleanField(_("Also for all bodies below"), default=True)
    source = models.CharField(_("Notice that sets it"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "year", "includes_below"], name="deadline_once"
            )
        ]


class SavedTable(models.Model):
    """A table of figures that somebody asks for again: its name and its question."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=80)
    query = models.TextField()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="saved_table_name_once"
            )
        ]
