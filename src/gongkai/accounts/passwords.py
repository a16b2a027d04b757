from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CLASSES = 3
"""Of upper case, lower case, digits and other signs, how many a password must have."""


class CharacterClassValidator:
    """Asks for three kinds of signs, as GB/T 22239-2019 asks for complexity."""

    def validate(self, password: str, user: object | None = None) -> None:
        kinds = (
            any(sign.isupper() for sign in password),
            any(sign.islower() for sign in password),
            any(sign.isdigit() for sign in password),
            any(not sign.isalnum() for sign in password),
        )
        if sum(kinds) < CLASSES:
            raise ValidationError(self.get_help_text(), code="password_too_simple")

    def get_help_text(self) -> str:
        return _(
            "Use at least three of: capital letters, small letters, digits, other "
            "signs."
        )
