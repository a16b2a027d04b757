"""The file of a closed case (一案一号一档): what lies in it, frozen at filing."""

from typing import ClassVar

from django.db import models

from gongkai.applications.models.case import Case
from gongkai.applications.models.work import CaseFile
from gongkai.registry.models import StoredFile


class Archive(models.Model):
    """A case as it was filed: its documents in order, under one manifest.

    ``manifest`` is the SHA-256 of the list of hashes inside the archive; it also
    stands in the audit chain. Empty where the personal data was gone before filing.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="archive")
    filed_on = models.DateField()
    manifest = models.CharField(max_length=64, blank=True)
    documents = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)


class ArchiveEntry(models.Model):
    """One file of the archive: a document of the case, or what was made at filing.

    Number, title and author may tell whose case it is: sealed with the case's key.
    The hash is of the plain bytes; it is blanked when the personal data is destroyed.
    """

    archive = models.ForeignKey(Archive, models.PROTECT, related_name="entries")
    # Of the document in the contents page; 0 for what describes the archive itself.
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    path = models.CharField(max_length=120)
    # A rendering of the entry before it, for readers without its program.
    is_face = models.BooleanField(default=False)
    made_on = models.DateField(null=True)
    pages = models.PositiveIntegerField(null=True)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    # One of the two: a document of the case, or bytes of the archive's own.
    file = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="+")
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    sealed_told = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["archive", "path"], name="archive_path_once"
            ),
            models.CheckConstraint(
                condition=models.Q(file__isnull=False) ^ models.Q(stored__isnull=False),
                name="archive_entry_has_one_source",
            ),
        ]
