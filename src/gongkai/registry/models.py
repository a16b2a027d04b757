from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """The last number given out under a key, such as an agency's year."""

    key = models.CharField(max_length=120, unique=True)
    value = models.PositiveBigIntegerField(default=0)


class StoredFile(models.Model):
    """A file by its content: kept once under its SHA-256, however often it is used."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField(auto_now_add=True)


class OutboxEntry(models.Model):
    """A promise to do something after the commit. The row is the truth about it."""

    topic = models.CharField(max_length=64)
    # The same promise made twice is one promise.
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "key"], name="outbox_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="outbox_open",
                condition=Q(done_at__isnull=True, failed_at__isnull=True),
            )
        ]


class Schedule(models.Model):
    """When a repeated job is due next; swept by the worker."""

    name = models.CharField(max_length=64, primary_key=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    last_run_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)


class CalendarVersion(models.Model):
    """One decision on the calendar: a year loaded, or days changed, here or everywhere.

    Append-only. The calendar in force is all versions laid upon each other, the newest
    on top.
    """

    number = models.PositiveIntegerField(unique=True)
    # Path of the agency for which, and for all below it, the days hold; empty for the
    # whole country. A path and no key: agencies lie above this app.
    area = models.CharField(max_length=255, blank=True)
    # The years whose official notice this version brings.
    years = models.JSONField(default=list)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_id = models.PositiveBigIntegerField(null=True)
    # Of this version and all before it: equal digests, equal calendars.
    digest = models.CharField(max_length=64)
    # The proposal that this was, so that sent twice it is applied once.
    token = models.CharField(max_length=64, null=True, unique=True)


class CalendarDay(models.Model):
    """What one version of the calendar says of one day, and by whose word."""

    version = models.ForeignKey(
        CalendarVersion, models.PROTECT, related_name="days", db_index=False
    )
    day = models.DateField()
    is_working = models.BooleanField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "day"], name="calendar_day_once_a_version"
            )
        ]


class FailedAttempt(models.Model):
    """A failed try at something secret, such as a query code; kept for a day."""

    purpose = models.CharField(max_length=20)
    origin = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["purpose", "origin", "at"], name="failed_attempt")
        ]


class ImportRun(models.Model):
    """One file that a ledger takes over: mapped, tried, then brought in by the worker.

    File and errors are personal data: sealed with keys of the run. ``file_key`` is
    destroyed when the run ends, ``rows_key`` (errors and the rows that stayed out) a
    week after the file came, when both are.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waiting for its columns")
        CHECKING = "checking", _("Being tried")
        CHECKED = "checked", _("Tried")
        IMPORTING = "importing", _("Coming in")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Could not be read")
        DISCARDED = "discarded", _("Discarded")

    importer = models.CharField(max_length=40)
    # Agencies and accounts lie above this app.
    agency_id = models.PositiveBigIntegerField()
    user_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADED)
    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    # Of the plain bytes, so that the audit chain can name the file.
    sha256 = models.CharField(max_length=64)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_key = models.BinaryField(null=True)
    rows_key = models.BinaryField(null=True)
    sealed_name = models.BinaryField()
    sealed_headings = models.BinaryField(null=True)
    sheet = models.PositiveSmallIntegerField(default=0)
    # Numbers as the spreadsheet shows them, from 1.
    header_row = models.PositiveIntegerField(default=1)
    # Field to column, from 0.
    mapping = models.JSONField(default=dict)
    # Raised by each trial: its promise has a key of its own.
    trial = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    manifest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["importer", "agency_id", "-id"], name="import_runs")
        ]


class ImportRow(models.Model):
    """What became of one row of the file. Holds nothing of it in clear."""

    class State(models.TextChoices):
        GOOD = "good", _("Can come in")
        BAD = "bad", _("Stays out")
        KNOWN = "known", _("Here already")
        DONE = "done", _("Came in")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    # A blind index: the same row has the same key in every run.
    key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State)
    # Of a bad row: its cells, and what is wrong with them.
    sealed = models.BinaryField(null=True)
    record_id = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "state", "number"], name="import_rows_by_state")
        ]


class ImportHeading(models.Model):
    """To which field an agency mapped a column with this heading the last time."""

    importer = models.CharField(max_length=40)
    agency_id = models.PositiveBigIntegerField()
    # A blind index: with a wrong header row a heading may be an applicant's data.
    heading = models.CharField(max_length=64)
    field = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["importer", "agency_id", "heading"], name="import_heading_once"
            )
        ]
