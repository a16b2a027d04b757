from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gongkai.catalogue"

    def ready(self) -> None:
        from gongkai.catalogue import receivers  # noqa: F401 - connects itself
