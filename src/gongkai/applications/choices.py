"""Words of the application desk; labels that the official form prints are verbatim."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a case is. How it ended is its result; what moves it, ``transitions``."""

    RECEIVED = "received", _("Received")
    IN_REVIEW = "in_review", _("Being handled")
    CORRECTION = "correction", "补正中"
    REASON_ASKED = "reason_asked", _("Reasons asked for")
    DELAYED = "delayed", _("Answered later")
    FEE_PENDING = "fee_pending", _("Waiting for the fee")
    THIRD_PARTY = "third_party", "征求第三方意见"
    ORGAN_CONSULT = "organ_consult", _("Consulting another organ")
    REPLIED = "replied", _("Replied")
    WITHDRAWN = "withdrawn", _("Withdrawn by the applicant")
    CLOSED = "closed", _("Closed without a reply")
    ARCHIVED = "archived", _("Filed")


OPEN = (
    Stage.RECEIVED,
    Stage.IN_REVIEW,
    Stage.CORRECTION,
    Stage.REASON_ASKED,
    Stage.DELAYED,
    Stage.FEE_PENDING,
    Stage.THIRD_PARTY,
    Stage.ORGAN_CONSULT,
)
"""Stages in which the office still owes something."""


class Channel(models.TextChoices):
    """How the application came in; the words are those of ``law``."""

    IN_PERSON = "in_person", "当面"
    SIGNED_POST = "signed_post", "挂号信、特快专递"
    LETTER = "letter", "平常信函"
    FAX = "fax", "传真"
    NETWORK = "network", "网络"
    EMAIL = "email", "电子邮件"
    ORAL = "oral", "口头"


class ApplicantKind(models.TextChoices):
    """Columns of the official table 申请人情况."""

    NATURAL_PERSON = "natural_person", "自然人"
    ENTERPRISE = "enterprise", "商业企业"
    RESEARCH = "research", "科研机构"
    SOCIAL_WELFARE = "social_welfare", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER_ORG = "other_org", "其他"


class IdentityKind(models.TextChoices):
    RESIDENT_ID = "resident_id", "居民身份证"
    PASSPORT = "passport", "护照"
    HK_MACAO = "hk_macao", "港澳居民来往内地通行证"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证"
    USCC = "uscc", "统一社会信用代码"
    OTHER = "other", _("Another document")


class Manner(models.TextChoices):
    """In what form the applicant wants the information (Art. 29)."""

    PAPER = "paper", "纸质"
    EMAIL = "email", "电子邮件"
    DISC = "disc", "光盘"
    ON_SITE = "on_site", "查阅抄录"


class Route(models.TextChoices):
    """On what route the applicant wants the information (Art. 29)."""

    POST = "post", "邮寄"
    COLLECT = "collect", "自行领取"
    NETWORK = "network", "网络"


class FileKind(models.TextChoices):
    APPLICATION = "application", _("Application as it came in")
    IDENTITY = "identity", _("Proof of identity")
    ATTACHMENT = "attachment", _("Attachment")
    CORRECTION = "correction", _("Corrected application")
    OPINION = "opinion", _("Opinion consulted")
    FOUND = "found", _("Information found, as the office holds it")
    RELEASED = "released", _("Information to be released")
    REPLY = "reply", "答复书"
    PROOF = "proof", _("Proof of delivery")
    OTHER = "other", _("Other")


class Flag(models.TextChoices):
    """What a person has to look at; a flag never stops or refuses anything."""

    MANY = "many", _("Many at once")
    PAST_CALENDAR = "past_calendar", _("The calendar changed in the past")
    REPEAT = "repeat", _("Likely a repeat")
