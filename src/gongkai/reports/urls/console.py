from django.urls import path

from gongkai.reports.views.console import adding, comparison, judging, ledger, reading

app_name = "reports-console"
_ONE = "<int:reading_id>/"
urlpatterns = [
    path("", ledger.readings, name="list"),
    path("corrections.jsonl", ledger.corrections_jsonl, name="corrections"),
    path("new/", adding.new, name="new"),
    path("new/<int:item_id>/", adding.pick, name="pick"),
    path("compare/", comparison.compare, name="compare"),
    path(_ONE, reading.reading, name="reading"),
    path(f"{_ONE}accept/", judging.accept_all, name="accept-all"),
    path(f"{_ONE}again/", judging.read_again, name="read-again"),
    path(f"{_ONE}figures/", judging.add_claim, name="claim-add"),
    path(f"{_ONE}figures/<int:claim_id>/", judging.judge_claim, name="claim"),
    path(
        f"{_ONE}findings/<int:report_finding_id>/",
        judging.judge_finding,
        name="finding",
    ),
]
