from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    NOTICE = "notice", _("Notice")
    NORMATIVE = "normative", _("Administrative normative document")
    RULE = "rule", _("Government rule")
    POLICY = "policy", _("Other policy document")
    INTERPRETATION = "interpretation", _("Policy interpretation")
    ANNUAL_REPORT = "annual_report", _("Annual report")
    GUIDE = "guide", _("Disclosure guide")
    REGULATION = "regulation", _("Disclosure rules")
    DATA = "data", _("Data or statistics")
    OTHER = "other", _("Other information")


class Attribute(models.TextChoices):
    """Disclosure attribute, fixed while drafting. Printed as the law names it."""

    PROACTIVE = "proactive", "主动公开"
    ON_APPLICATION = "on_application", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Ground(models.TextChoices):
    """Legal ground for not publishing on one's own motion, 2019 Regulations."""

    STATE_SECRET = "art14_secret", "第十四条：依法确定为国家秘密"
    LAW_FORBIDS = "art14_law", "第十四条：法律、行政法规禁止公开"
    SECURITY = (
        "art14_security",
        "第十四条：可能危及国家安全、公共安全、经济安全、社会稳定",
    )
    THIRD_PARTY = (
        "art15",
        "第十五条：涉及商业秘密、个人隐私等，公开会损害第三方合法权益",
    )
    INTERNAL = "art16_internal", "第十六条：内部事务信息"
    PROCESS = "art16_process", "第十六条：过程性信息"
    ENFORCEMENT = "art16_file", "第十六条：行政执法案卷信息"
    NOT_PROACTIVE = "art27", "第二十七条：不属于主动公开范围，可依申请公开"


class Validity(models.TextChoices):
    IN_FORCE = "in_force", "现行有效"
    AMENDED = "amended", "已修改"
    REPEALED = "repealed", "已废止"
    LAPSED = "lapsed", "已失效"


class Stage(models.TextChoices):
    """Where the newest work on an item stands. What the public sees is ``live``."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", pgettext_lazy("stage", "Approved")
    PLANNED = "planned", _("Publication planned")
    PUBLISHED = "published", _("Published")
    KEPT = "kept", _("Decided, not for publication")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class StepKind(models.TextChoices):
    CONTENT = "content", _("Content review")
    LEGALITY = "legality", _("Legality review")
    SECRECY = "secrecy", _("Secrecy review")
    CONSENT = "consent", _("Another body's consent")
    SIGN_OFF = "sign_off", _("Sign-off")
    VOUCHING = "vouching", _("Vouching for an earlier publication")


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned for changes")


class Channel(models.TextChoices):
    """Channel classes of the official form, rows 1.2.1 to 1.2.5 of 2014."""

    GAZETTE = "gazette", "政府公报"
    WEBSITE = "website", "政府网站"
    WEIBO = "weibo", "政务微博"
    WECHAT = "wechat", "政务微信"
    OTHER = "other", "其他方式"


class ChangeKind(models.TextChoices):
    CORRECTION = "correction", _("Correction")
    REPEAL = "repeal", _("Repeal")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    REPUBLICATION = "republication", _("Published again")


TOPICS: tuple[str, ...] = (
    "国务院组织机构",
    "综合政务",
    "国民经济管理、国有资产监管",
    "财政、金融、审计",
    "国土资源、能源",
    "农业、林业、水利",
    "工业、交通",
    "商贸、海关、旅游",
    "市场监管、安全生产监管",
    "城乡建设、环境保护",
    "科技、教育",
    "文化、广电、新闻出版",
    "卫生、体育",
    "人口与计划生育、妇女儿童工作",
    "劳动、人事、监察",
    "公安、安全、司法",
    "民政、扶贫、救灾",
    "民族、宗教",
    "对外事务",
    "港澳台侨工作",
    "国防",
    "其他",
)
"""The State Council's 22 top topic classes. A place's own variant goes in the draft as
text: the field is checked against this list on the form only."""

GENRES: tuple[str, ...] = (
    "决议",
    "决定",
    "命令（令）",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)
"""The 15 kinds of official document of the 2012 rules."""
