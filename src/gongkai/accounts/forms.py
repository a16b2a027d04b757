from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import User


class SignInForm(AuthenticationForm):
    # One text for a wrong name, a wrong password and a closed account: a stranger
    # learns nothing about which names exist.
    error_messages = {
        "invalid_login": _(
            "The user name or the password is not right. Check both and try again; "
            "after five tries the account is locked for 15 minutes."
        ),
        "inactive": _(
            "The user name or the password is not right. Check both and try again; "
            "after five tries the account is locked for 15 minutes."
        ),
    }


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
        if again != self.cleaned_data.get("password"):
            raise ValidationError(_("The two new passwords differ. Type both again."))
        return again
