from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "gongkai.applications"
    append_only = ("Act", "Notice", "Delivery", "ReplyDecision")

    def ready(self) -> None:
        from gongkai.applications import subjects  # noqa: F401 - registers itself
