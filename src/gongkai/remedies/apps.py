from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "gongkai.remedies"
    append_only = ("Step",)
