from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import User


class SignInForm(AuthenticationForm):
    def get_invalid_login_error(self) -> ValidationError:
        """One text for a wrong name, a wrong password and a closed account.

        So a stranger learns nothing about which names exist.
        """
        return ValidationError(
            _(
                "The user name or the password is not right. Check both and try again; "
                "after %(tries)s tries the account is locked for %(minutes)s minutes."
            ),
            code="invalid_login",
            params={
                "tries": settings.AXES_FAILURE_LIMIT,
                "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
            },
        )

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        until = user.temporary_until
        if until is not None and until < timezone.now():
            raise ValidationError(
                _(
                    "The temporary password has run out. Ask your administrator for a "
                    "new one."
                ),
                code="ran_out",
            )


class PasswordForm(forms.Form):
    current = forms.CharField(
        label=_("Current password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 10 characters of three kinds."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.user.check_password(current):
            raise ValidationError(_("The current password is not right."))
        return current

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("The two new passwords differ. Type both again."))
        return again

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password == self.cleaned_data.get("current"):
            raise ValidationError(
                _("This is the password you have. Choose another one.")
            )
        return password
