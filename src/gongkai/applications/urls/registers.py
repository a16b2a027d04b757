"""What goes into the register and out of it as a whole: imports, exports, summary."""

from django.urls import include, path

from gongkai.applications.importing import IMPORTER
from gongkai.registry.imports.urls import urls_of

app_name = "applications-registers"
urlpatterns = [
    path(
        "import/",
        include((urls_of(IMPORTER, f"{app_name}:import"), "import")),
    ),
]
