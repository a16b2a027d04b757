from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Person(models.Model):
    """A human being who works for one or more agencies, whatever accounts they have."""

    name = models.CharField(pgettext_lazy("person", "Name"), max_length=60)
    # Two accounts of one person are known to be one person's by this number.
    staff_no = models.CharField(_("Staff number"), max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """An account to sign in with. What it may do hangs on the person's posts."""

    username = models.CharField(_("User name"), max_length=60, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    email = models.EmailField(_("E-mail"), blank=True)
    is_active = models.BooleanField(_("May sign in"), default=True)
    # Set by the demo loader only; a production start is refused while one is left.
    has_demo_password = models.BooleanField(default=False)
    # An administrator knows the password, too: it opens the account until then, and
    # only to choose another. None once the person chose their own.
    temporary_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    def __str__(self) -> str:
        return f"{self.person.name} ({self.username})"

    @property
    def has_temporary_password(self) -> bool:
        return self.temporary_until is not None
