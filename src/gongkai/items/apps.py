from django.apps import AppConfig


class ItemsConfig(AppConfig):
    name = "gongkai.items"
    append_only = ("Version", "VersionFile", "Decision", "Vouching", "Explanation")

    def ready(self) -> None:
        from gongkai.items import receivers  # noqa: F401 - connects itself
