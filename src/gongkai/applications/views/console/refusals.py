"""What a service refuses, at the field that it names, in one place."""

from django import forms

from gongkai.applications.exceptions import ApplicationRefused, BadInput


def add_to_form(form: forms.BaseForm, error: ApplicationRefused) -> None:
    field = error.field if isinstance(error, BadInput) else None
    for sentence in error.sentences:
        form.add_error(field if field in form.fields else None, sentence)
