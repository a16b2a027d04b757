from typing import ClassVar

from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import Person, User
from gongkai.catalogue.models import Column
from gongkai.items.choices import Attribute, Ground, Kind
from gongkai.items.models.item import Item
from gongkai.registry.models import StoredFile


def new_public_id() -> str:
    return get_random_string(16, "abcdefghijkmnpqrstuvwxyz23456789")


class Content(models.Model):
    """Everything that the public would read of an item, and how it was classified."""

    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.NOTICE)
    attribute = models.CharField(
        _("Disclosure attribute"),
        max_length=20,
        choices=Attribute,
        default=Attribute.PROACTIVE,
    )
    ground = models.CharField(
        _("Legal ground"), max_length=20, choices=Ground, blank=True
    )
    reason = models.TextField(_("Reason"), blank=True)
    column = models.ForeignKey(
        Column, models.PROTECT, null=True, related_name="+", verbose_name=_("Column")
    )
    title = models.CharField(_("Title"), max_length=300, blank=True)
    doc_no = models.CharField(_("Document number"), max_length=80, blank=True)
    issuer = models.CharField(_("Issuing body"), max_length=200, blank=True)
    made_on = models.DateField(_("Date of making"), null=True, blank=True)
    topic = models.CharField(_("Topic class"), max_length=60, blank=True)
    genre = models.CharField(_("Genre"), max_length=20, blank=True)
    audience = models.CharField(_("Audience"), max_length=60, blank=True)
    keywords = models.CharField(_("Subject words"), max_length=200, blank=True)
    summary = models.TextField(_("Abstract"), blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    effective_on = models.DateField(_("In force from"), null=True, blank=True)
    expires_on = models.DateField(_("In force until"), null=True, blank=True)
    body = models.TextField(_("Text"), blank=True)

    class Meta:
        abstract = True

    FIELDS: ClassVar[tuple[str, ...]] = (
        "kind",
        "attribute",
        "ground",
        "reason",
        "title",
        "doc_no",
        "issuer",
        "made_on",
        "topic",
        "genre",
        "audience",
        "keywords",
        "summary",
        "source",
        "effective_on",
        "expires_on",
        "body",
    )
    """What a version takes over from its draft, beside the column and the files."""


class Draft(Content):
    """The working copy of an item: the one place where its author types."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="draft")
    # Two browsers cannot overwrite each other: a save names the revision it began from.
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)
    # For a correction of what is live: what the public will be told has changed.
    public_note = models.TextField(_("Public note on the correction"), blank=True)


class Writer(models.Model):
    """A person who typed in an item's draft: they review no version of it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="writers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "person"], name="writer_once")
        ]


class AttachedFile(models.Model):
    """A file under the name that the public will see. ``public_id`` never changes."""

    public_id = models.CharField(max_length=24, default=new_public_id, db_index=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    # A picture stands in the text; anything else is listed below it.
    is_picture = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class DraftFile(AttachedFile):
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "name"], name="draft_file_name")
        ]


class Version(Content):
    """One numbered state of an item, never changed. Reviewers decide on its hash."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Whoever handed it in; with the item's writers, they may not review it.
    author_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+"
    )
    public_note = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "number"], name="version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class VersionFile(AttachedFile):
    version = models.ForeignKey(Version, models.PROTECT, related_name="files")

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "public_id"], name="version_file_once"
            )
        ]
