from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.cn import uscc


def check_uscc(code: str) -> None:
    """Raises ValidationError unless ``code`` has a right checksum.

    Source: GB 32100-2015, 18 characters, check character by modulus 31.
    """
    if not uscc.is_valid(code):
        raise ValidationError(
            _(
                "“%(code)s” is not a unified social credit code: its check character "
                "does not fit. Compare it with the certificate, all 18 characters."
            ),
            params={"code": code},
        )
