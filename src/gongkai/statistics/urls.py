from django.urls import path

from gongkai.statistics.views import entries, filing, form, sheets, table, tree

app_name = "statistics"
_YEAR = "<slug:slug>/<int:year>/"
urlpatterns = [
    path("", form.choose, name="choose"),
    path("-/returns/", tree.filings, name="filings"),
    path("-/returns/<int:filing_id>/", filing.filing, name="filing"),
    *(
        path(
            f"-/returns/<int:filing_id>.{kind}",
            sheets.filing_file,
            {"kind": kind},
            name=f"filing-{kind}",
        )
        for kind in sheets.KINDS
    ),
    path("-/returns/<int:filing_id>/versions/", filing.versions, name="versions"),
    path("-/returns/<int:filing_id>/<slug:act>/", filing.act, name="filing-act"),
    path("-/table/", table.table, name="table"),
    path("-/table/save/", table.save, name="table-save"),
    path("-/table/<int:saved_id>/remove/", table.forget, name="table-forget"),
    path(_YEAR, form.form, name="form"),
    *(
        path(
            f"{_YEAR}form.{kind}",
            sheets.form_file,
            {"kind": kind},
            name=f"form-{kind}",
        )
        for kind in sheets.KINDS
    ),
    path(f"{_YEAR}template.xlsx", sheets.template, name="template"),
    path(f"{_YEAR}template/", sheets.upload, name="upload"),
    path(f"{_YEAR}entries/", entries.entries, name="entries"),
    path(f"{_YEAR}deadline/", tree.deadline, name="deadline"),
    path(f"{_YEAR}return/", filing.begin, name="filing-begin"),
    path(f"{_YEAR}<str:key>.csv", form.records_csv, name="records-csv"),
]
