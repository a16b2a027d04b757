"""What goes into the register and out of it as a whole: imports, exports, summary."""

from django.urls import include, path

from gongkai.applications.importing import IMPORTER
from gongkai.applications.views import exports, summary
from gongkai.registry.imports.urls import urls_of

app_name = "applications-registers"
urlpatterns = [
    path("import/", include((urls_of(IMPORTER, f"{app_name}:import"), "import"))),
    path("export/", exports.export, name="export"),
    path("summary/", summary.summary, name="summary"),
    path("summary/records/", summary.records, name="summary-records"),
    path("summary/summary.xlsx", summary.workbook, name="summary-xlsx"),
    path(
        "summary/<int:agency_id>/chart/<slug:digest>.svg",
        summary.chart,
        name="summary-chart",
    ),
]
