from gongkai.applications.models.case import Case, Paper
from gongkai.applications.models.filing import Archive, ArchiveEntry
from gongkai.applications.models.redaction import Redaction
from gongkai.applications.models.reply import (
    Delivery,
    Reply,
    ReplyDecision,
    ReplyOpening,
    ReplyStep,
)
from gongkai.applications.models.work import (
    Act,
    CaseFile,
    CoHandling,
    Consultation,
    Fee,
    IntakeDraft,
    Notice,
)

__all__ = [
    "Act",
    "Archive",
    "ArchiveEntry",
    "IntakeDraft",
    "Case",
    "CaseFile",
    "CoHandling",
    "Consultation",
    "Fee",
    "Delivery",
    "Notice",
    "Paper",
    "Redaction",
    "Reply",
    "ReplyDecision",
    "ReplyOpening",
    "ReplyStep",
]
