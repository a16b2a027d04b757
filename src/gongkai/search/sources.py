"""Where documents come from: an app's module ``search_documents``.

It has ``KIND`` and ``documents()``, which gives every public record of that kind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from gongkai.search.documents import Document

MODULE = "search_documents"


@dataclass(frozen=True)
class Source:
    kind: str
    documents: Callable[[], Iterator[Document]]


def sources() -> dict[str, Source]:
    """Kind → its source."""
    found: dict[str, Source] = {}
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, MODULE):
            module = import_module(f"{config.name}.{MODULE}")
            if module.KIND in found:
                raise ValueError(f"Two sources of documents for {module.KIND}")
            found[module.KIND] = Source(module.KIND, module.documents)
    return found
