from typing import ClassVar

from django.db import models

INSTALLATION = 0
"""The chain of acts that belong to no agency, such as adding a root of the tree."""


class Chain(models.Model):
    """The head of one agency's chain of events; its row is the lock of the chain."""

    agency_id = models.PositiveBigIntegerField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="", blank=True)


class Event(models.Model):
    """One act, in the words of the office's log: who did what to which record, when.

    Holds ids, never personal data: a case can be purged and the chain stays whole.
    """

    agency_id = models.PositiveBigIntegerField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    user_id = models.PositiveBigIntegerField(null=True)
    verb = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    # Text, not JSON: the bytes that were hashed are the bytes that are kept.
    data = models.TextField(default="{}")
    previous = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_id", "seq"], name="audit_event_place"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["object_type", "object_id", "id"], name="audit_event_object"
            )
        ]
