"""Refusals of the services as sentences for the page, in one place."""

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongkai.items.exceptions import ItemRefused
from gongkai.items.reading.problems import ReadingError
from gongkai.registry.files import FileTooLarge

REFUSALS = (ItemRefused, ReadingError, FileTooLarge)


def sentences(error: Exception) -> Sequence[str]:
    if isinstance(error, ItemRefused):
        return error.messages
    if isinstance(error, ReadingError):
        return [error.message]
    limit = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
    return [
        _("The file is larger than %(limit)s MB. Make it smaller or split it.")
        % {"limit": limit}
    ]


def add_to_form(form: forms.BaseForm, error: Exception, field: str = "") -> None:
    for sentence in sentences(error):
        form.add_error(field or None, sentence)


def tell(request: HttpRequest, error: Exception) -> None:
    for sentence in sentences(error):
        messages.error(request, sentence)
