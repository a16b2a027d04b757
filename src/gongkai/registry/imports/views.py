"""The wizard: a file, its columns, the trial, the run. A ledger mounts it by ``urls``.

Only who brought a file sees what is in it; colleagues see that it came and how many.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.registry.files import XLSX
from gongkai.registry.imports import errors, guessing, keeping, services, tables
from gongkai.registry.imports.forms import MappingForm, UploadForm
from gongkai.registry.imports.importers import Importer
from gongkai.registry.models import ImportRow, ImportRun, OutboxEntry
from gongkai.registry.once import new_token, once
from gongkai.registry.sealing import CannotOpen

PAGE = 50
SAMPLES = 3
S, R = ImportRun.State, ImportRow.State
View = Callable[..., HttpResponse]


class Wizard:
    """The pages of one importer. ``space`` is the namespace of its addresses."""

    def __init__(self, importer: Importer, space: str) -> None:
        self.importer, self.space = importer, space

    # Pages

    def start(self, request: HttpRequest) -> HttpResponse:
        """The upload form and the runs of the agency."""
        agency_id, agency_name = self.importer.place(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            answer = once(request, lambda: self._begin(request, form, agency_id))
            if answer.status_code == 302:
                return answer
        runs = ImportRun.objects.filter(
            importer=self.importer.key, agency_id=agency_id
        ).order_by("-pk")
        runs = runs.annotate(
            came=Count("rows", filter=Q(rows__state=R.DONE)),
            stayed_out=Count("rows", filter=Q(rows__state=R.BAD)),
        )
        page = Paginator(runs, PAGE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "once": new_token(),
            "agency_name": agency_name,
            "page_obj": page,
            "rows": [
                (run, self._url("run", run) if self._is_mine(request, run) else "")
                for run in page
            ],
        }
        return self._render(request, "start", context)

    def _begin(
        self, request: HttpRequest, form: UploadForm, agency_id: int
    ) -> HttpResponse:
        upload = form.cleaned_data["file"]
        try:
            run = services.begin(
                importer=self.importer,
                agency_id=agency_id,
                user_id=_user_id(request),
                name=upload.name,
                data=upload.read(),
            )
        except tables.NotReadable as error:
            form.add_error("file", error.sentence)
            return HttpResponse()
        return HttpResponseRedirect(self._url("run", run))

    def run(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Where the run is: its columns, its progress or what came of it."""
        run = self._mine(request, run_id)
        if run.state == S.UPLOADED:
            return self._columns(request, run)
        if run.state in (S.CHECKING, S.IMPORTING):
            return self._progress(request, run)
        return self._outcome(request, run)

    def columns(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self._mine(request, run_id)
        if run.state not in (S.UPLOADED, S.CHECKED):
            return HttpResponseRedirect(self._url("run", run))
        return self._columns(request, run)

    def bring_in(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self._mine(request, run_id)
        # Where it cannot, the run's page says where it is.
        with suppress(services.NotNow, services.BadMapping):
            services.bring_in(run=run)
        return HttpResponseRedirect(self._url("run", run))

    def discard(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self._mine(request, run_id)
        try:
            services.discard(run=run)
        except services.NotNow:
            return HttpResponseRedirect(self._url("run", run))
        return HttpResponseRedirect(reverse(f"{self.space}:start"))

    def errors(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """The rows that stay out, to be corrected and brought in by themselves."""
        run = self._mine(request, run_id)
        try:
            data = errors.workbook(run, self.importer, keeping.headings_of(run))
        except CannotOpen as error:
            raise Http404 from error
        answer = HttpResponse(data, content_type=XLSX)
        name = quote(_("rows to correct") + ".xlsx")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return answer

    # Parts

    def _columns(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        table = _Table(run, request)
        remembered = services.remembered(self.importer, run.agency_id)
        known = run.mapping if table.is_as_mapped else {}
        guessed = known or guessing.guess(
            table.headings, self.importer.columns, remembered
        )
        told = request.POST if request.method == "POST" else None
        form = MappingForm(self.importer, table.headings, table.samples, guessed, told)
        sentences: list[str] = []
        if told is not None and form.is_valid():
            try:
                self._map(run, table, form)
                return HttpResponseRedirect(self._url("run", run))
            except services.NotNow:
                return HttpResponseRedirect(self._url("run", run))
            except services.BadMapping as error:
                sentences = list(error.sentences)
        context = {
            "run": run,
            "name": keeping.name_of(run),
            "form": form,
            "table": table,
            "sentences": sentences,
            "columns": self.importer.columns,
            "act": self._url("columns", run),
            "discard": self._url("discard", run),
        }
        return self._render(request, "columns", context)

    def _map(self, run: ImportRun, table: "_Table", form: MappingForm) -> None:
        labels = {one.name: str(one.label) for one in self.importer.columns}
        if form.twice:
            names = _(", ").join(labels[field] for field in form.twice)
            raise services.BadMapping(
                _("Two columns fill one field: %(fields)s. Leave one out.")
                % {"fields": names}
            )
        services.map_columns(
            run=run,
            importer=self.importer,
            sheet=table.sheet,
            header_row=table.header_row,
            headings=table.headings,
            mapping=form.mapping,
        )

    def _progress(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        is_trial = run.state == S.CHECKING
        counts = _counts(run)
        total = None if is_trial else counts[R.GOOD] + counts[R.DONE]
        context = {
            "run": run,
            "name": keeping.name_of(run),
            "title": _("The rows are being tried")
            if is_trial
            else _("The rows come in"),
            "done": sum(counts.values()) if is_trial else counts[R.DONE],
            "total": total,
            "words": _("Rows read: %(count)s") % {"count": f"{sum(counts.values()):,}"}
            if is_trial
            else "",
            "url": self._url("run", run),
            "running": True,
            "has_failed": _has_failed(run),
        }
        is_part = request.headers.get("HX-Request") == "true"
        return self._render(request, "_progress" if is_part else "progress", context)

    def _outcome(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        if request.headers.get("HX-Request") == "true":
            # The progress that asked is over: the whole page follows.
            return HttpResponse(headers={"HX-Refresh": "true"})
        counts = _counts(run)
        bad = run.rows.filter(state=R.BAD).order_by("number")
        page = Paginator(bad, PAGE).get_page(request.GET.get("page"))
        try:
            found = errors.objections_of(run, self.importer, list(page))
        except CannotOpen:
            found = []
        context = {
            "run": run,
            "name": keeping.name_of(run),
            "good": counts[R.GOOD],
            "bad": counts[R.BAD],
            "known": counts[R.KNOWN],
            "came": counts[R.DONE],
            "total": sum(counts.values()),
            "objections": found,
            "page_obj": page,
            "is_tried": run.state == S.CHECKED,
            "is_done": run.state == S.DONE,
            "keeps_errors": bool(found),
            "ledger_url": self.importer.address(),
            "columns_url": self._url("columns", run),
            "bring_in": self._url("bring-in", run),
            "discard": self._url("discard", run),
            "errors_url": self._url("errors", run),
        }
        return self._render(request, "outcome", context)

    def _mine(self, request: HttpRequest, run_id: int) -> ImportRun:
        """The person's own run, in an agency in which they may still import."""
        run = (
            ImportRun.objects.select_related("stored")
            .filter(pk=run_id, importer=self.importer.key, user_id=_user_id(request))
            .first()
        )
        if run is None or not self._is_mine(request, run):
            raise Http404
        return run

    def _is_mine(self, request: HttpRequest, run: ImportRun) -> bool:
        scope: Any = request.scope  # type: ignore[attr-defined]
        may = scope.holds(run.agency_id, *self.importer.roles)
        return bool(may) and run.user_id == _user_id(request)

    def _url(self, name: str, run: ImportRun) -> str:
        return reverse(f"{self.space}:{name}", args=[run.pk])

    def _render(
        self, request: HttpRequest, name: str, context: dict[str, Any]
    ) -> HttpResponse:
        own = {
            "importer": self.importer,
            "crumbs": [
                (self.importer.title, self.importer.address()),
                (
                    _("Imports"),
                    "" if name == "start" else reverse(f"{self.space}:start"),
                ),
            ],
        }
        return render(request, f"registry/imports/{name}.html", {**own, **context})


class _Table:
    """The head of the run's file, by the sheet and header row that are asked for."""

    def __init__(self, run: ImportRun, request: HttpRequest) -> None:
        told = request.POST if request.method == "POST" else request.GET
        data = keeping.data_of(run)
        self.sheets = list(enumerate(tables.sheet_names(data)))
        self.sheet = _number(told.get("sheet"), run.sheet, len(self.sheets) - 1)
        head = tables.head_of(data, self.sheet, guessing.LOOKED_AT + SAMPLES)
        self.header_row = _number(told.get("header_row"), run.header_row, 10**6)
        known = dict(head)
        if self.header_row not in known:
            self.header_row = head[0][0] if head else 1
        self.header_rows = [
            (number, " · ".join(cell for cell in row if cell)[:60])
            for number, row in head[: guessing.LOOKED_AT]
        ]
        self.headings = known.get(self.header_row, ())
        below = [row for number, row in head if number > self.header_row]
        self.samples = below[:SAMPLES]
        self.is_as_mapped = (self.sheet, self.header_row) == (
            run.sheet,
            run.header_row,
        )


def _user_id(request: HttpRequest) -> int:
    return int(str(request.user.pk))


def _number(told: str | None, otherwise: int, most: int) -> int:
    if told is None or not told.isdecimal() or len(told) > 7:
        return otherwise
    return int(told) if int(told) <= most else otherwise


def _counts(run: ImportRun) -> dict[str, int]:
    """Rows by state. One query."""
    found = run.rows.order_by().values_list("state").annotate(Count("pk"))
    return {state.value: 0 for state in R} | dict(found)


def _has_failed(run: ImportRun) -> bool:
    """Whether the worker gave the promise up after many tries."""
    promises = Q(topic=services.CHECK, key=f"{run.pk}-{run.trial}") | Q(
        topic=services.COMMIT, key=str(run.pk)
    )
    return OutboxEntry.objects.filter(promises, failed_at__isnull=False).exists()
