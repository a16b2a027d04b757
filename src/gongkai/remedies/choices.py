"""Words of remedies; labels that the official form prints are verbatim."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Blocks of table four of the annual report, and row 6 of the form of 2014. Terms
    and ends of each stand in ``law.proceedings`` under the same words."""

    RECONSIDERATION = "reconsideration", "行政复议"
    DIRECT_SUIT = "direct_suit", "未经复议直接起诉"
    SUIT_AFTER = "suit_after_reconsideration", "复议后起诉"
    COMPLAINT = "complaint", "举报投诉"


SUITS = (Kind.DIRECT_SUIT, Kind.SUIT_AFTER)
PROCEEDINGS = (Kind.RECONSIDERATION, *SUITS)


class Procedure(models.TextChoices):
    ORDINARY = "ordinary", "普通程序"
    SIMPLE = "simple", "简易程序"


class Stage(models.TextChoices):
    """Where a remedy is; how it ended is its outcome, what moves it ``transitions``."""

    RECEIVED = "received", _("Copy received")
    DEFENDED = "defended", _("Defence sent")
    SUSPENDED = "suspended", "中止"
    DECIDED = "decided", _("Decision made")
    ARCHIVED = "archived", _("In the archive")
    STRUCK = "struck", _("Struck out")


OPEN = (Stage.RECEIVED, Stage.DEFENDED, Stage.SUSPENDED)


class Appeal(models.TextChoices):
    """Whether the decision is contested further, as far as the office knows."""

    UNKNOWN = "", _("not known yet")
    NONE = "none", _("no: it stands")
    THEIRS = "theirs", _("yes, by the other side")
    OURS = "ours", _("yes, by the agency")
    BOTH = "both", _("yes, by both")


class FileKind(models.TextChoices):
    COPY = "copy", _("Copy received (副本)")
    DEFENCE = "defence", _("Defence (答复、答辩)")
    EVIDENCE = "evidence", _("Evidence (证据、依据)")
    HEARING = "hearing", _("Hearing papers")
    DECISION = "decision", _("Decision or judgment")
    OTHER = "other", _("Other")
