import re

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


_FIELD = re.compile(r"\{(code|organ|year|month|serial)(?::0[1-9])?\}")
# An agency without a credit code is known by its address, of 60 signs at most.
_WIDTHS = {"code": 60, "organ": 60, "year": 4, "month": 2, "serial": 9}
LONGEST_INDEX_NO = 120


def check_index_template(template: str) -> None:
    """Raises ValidationError unless every number made from it is one of its own.

    A number without the body's code could be another body's too, and one without a
    serial could be given once only.
    """
    fields, rest = _FIELD.findall(template), _FIELD.sub("", template)
    told = {"template": template}
    if "{" in rest or "}" in rest:
        raise ValidationError(
            _(
                "“%(template)s” holds a field that is not known. There are {code}, "
                "{organ}, {year}, {month}, {serial} and {serial:05}."
            ),
            params=told,
        )
    if "serial" not in fields or not {"code", "organ"} & {*fields}:
        raise ValidationError(
            _(
                "“%(template)s” would give one number to several items. It needs "
                "{serial}, and {code} or {organ}."
            ),
            params=told,
        )
    if len(rest) + sum(_WIDTHS[field] for field in fields) > LONGEST_INDEX_NO:
        raise ValidationError(
            _("“%(template)s” makes numbers that are too long. Shorten it."),
            params=told,
        )
