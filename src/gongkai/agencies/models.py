from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from gongkai.accounts.models import Person
from gongkai.agencies.querysets import AgencyManager
from gongkai.agencies.roles import Role
from gongkai.agencies.rules import check_uscc

slug_validator = RegexValidator(
    r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("Use small letters, digits and single hyphens, such as county-finance."),
)


class AgencyKind(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    DEPARTMENT = "department", _("Department")
    INSTITUTION = "institution", _("Subordinate institution")
    TOWNSHIP = "township", _("Township")
    ENTERPRISE = "enterprise", _("Public enterprise")


class Agency(MP_Node):
    """A body with open-government duties, somewhere in the tree of such bodies."""

    name = models.CharField(_("Full name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    slug = models.SlugField(
        _("Address"), max_length=60, unique=True, validators=[slug_validator]
    )
    kind = models.CharField(_("Kind"), max_length=20, choices=AgencyKind)
    uscc = models.CharField(
        _("Unified social credit code"),
        max_length=18,
        blank=True,
        validators=[check_uscc],
    )
    established_on = models.DateField(_("Established on"), null=True, blank=True)
    dissolved_on = models.DateField(_("Dissolved on"), null=True, blank=True)
    # From the day of dissolution on its records count with those of this body.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_over",
        verbose_name=_("Work taken over by"),
    )
    index_template = models.CharField(
        _("Index number template"),
        max_length=80,
        default="{code}/{year}-{serial:05}",
        help_text=_(
            "Fields: {code} the credit code, {organ} its nine organ digits, {year}, "
            "{month}, {serial:05}. The serial starts anew with each year or month."
        ),
    )
    # Raised by every act that changes what the public sees of this agency; part of
    # every cache key, so that withdrawn is gone at once.
    generation = models.PositiveBigIntegerField(default=0)

    office_name = models.CharField(_("Disclosure office"), max_length=120, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    phone = models.CharField(_("Telephone"), max_length=60, blank=True)
    fax = models.CharField(_("Fax"), max_length=60, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    hours = models.CharField(_("Opening hours"), max_length=120, blank=True)
    site_code = models.CharField(_("Site code"), max_length=40, blank=True)
    icp_no = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    psb_no = models.CharField(_("Police filing number"), max_length=60, blank=True)

    objects = AgencyManager()
    node_order_by: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Agency")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["uscc"], condition=~Q(uscc=""), name="agency_uscc_once"
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True)
                | Q(established_on__isnull=True)
                | Q(dissolved_on__gte=F("established_on")),
                name="agency_dissolved_after_established",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(dissolved_on__isnull=False),
                name="agency_merged_is_dissolved",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """What stands for the agency in an index number."""
        return self.uscc or self.slug

    def exists_on(self, day: date) -> bool:
        begun = self.established_on is None or self.established_on <= day
        return begun and (self.dissolved_on is None or day < self.dissolved_on)


class Post(models.Model):
    """A person's post in an agency; one person may hold several, in several bodies."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    role = models.CharField(_("Post"), max_length=20, choices=Role)
    starts_on = models.DateField(_("From"), default=date.today)
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "agency", "role"],
                condition=Q(ends_on__isnull=True),
                name="post_held_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency.name} · {self.get_role_display()}"
