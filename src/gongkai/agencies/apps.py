from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"

    def ready(self) -> None:
        from gongkai.agencies import areas  # noqa: F401 - registers itself
