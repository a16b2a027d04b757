from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One public record in the index: what is shown, counted and ranked by.

    The words themselves are in the engine's own structures. ``id`` grows with the time
    of publication, so that newest first is the order of the index.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    published_second = models.BigIntegerField()
    facets = models.TextField()  # names and values, with signs between
    head = models.TextField()  # canonical title and numbers
    lead = models.TextField()  # beginning of the canonical body
    doc_key = models.CharField(max_length=200)
    index_key = models.CharField(max_length=200)
    digest = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="search_entry_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["doc_key"], name="search_entry_doc_key"),
            models.Index(fields=["index_key"], name="search_entry_index_key"),
        ]


class FacetValue(models.Model):
    """A facet's value that some document has or had."""

    name = models.CharField(max_length=60)
    value = models.CharField(max_length=400)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name", "value"], name="search_facet_value_once"
            )
        ]


class Rebuild(models.Model):
    """A rebuild of one kind that is under way, or was killed."""

    kind = models.CharField(max_length=30, primary_key=True)
    token = models.CharField(max_length=32)


class Settled(models.Model):
    """A record that a rebuild under way need not put: itself or an act did so already.

    An act's is the fresher one; a withdrawn record must not come back.
    """

    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="search_settled_once"
            )
        ]
