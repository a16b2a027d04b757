import secrets

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


# Read out over a desk and typed once: no sign that looks like another.
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"


def temporary_password() -> str:
    """Such as ``Kx7m-Pq4w-Zt9h``: 12 random signs of three kinds, about 69 bits."""
    while True:
        signs = "".join(secrets.choice(_SIGNS) for _each in range(12))
        kinds = (str.isupper, str.islower, str.isdigit)
        if all(any(map(is_kind, signs)) for is_kind in kinds):
            return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
