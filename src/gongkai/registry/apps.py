from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegistryConfig(AppConfig):
    name = "gongkai.registry"
    append_only = ("CalendarVersion", "CalendarDay")

    def ready(self) -> None:
        # What a ledger offers to the house, by the module that holds it.
        import_module("gongkai.registry.imports.working")
        autodiscover_modules(
            *("jobs", "measures", "todos", "file_owners", "importing"),
            *("public_outlets", "public_panels", "case_panels"),
        )
