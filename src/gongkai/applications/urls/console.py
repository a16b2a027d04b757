"""The application desk: the register, a case, what is done with it."""

from django.urls import path

from gongkai.applications.views.console import (
    doing,
    filing,
    reading,
    redaction,
    register,
    registering,
    replying,
)

app_name = "applications-console"
urlpatterns = [
    path("", register.cases, name="list"),
    path("find/", register.find, name="find"),
    path("new/", registering.new, name="new"),
    path("<int:case_id>/", reading.case, name="case"),
    path("<int:case_id>/show/", reading.show, name="show"),
    path("<int:case_id>/receipt/", reading.receipt, name="receipt"),
    path("<int:case_id>/file/<slug:public_id>/", reading.file, name="file"),
    path("<int:case_id>/letter/<int:notice_id>/", reading.letter, name="letter"),
    path("<int:case_id>/archive/", filing.archive, name="archive"),
    path("<int:case_id>/reply/", replying.reply, name="reply"),
    path("<int:case_id>/reply/add/", replying.add, name="reply-add"),
    path("<int:case_id>/reply/review/", replying.review, name="reply-review"),
    path(
        "<int:case_id>/reply/<int:number>/letter.<str:ending>",
        replying.letter,
        name="reply-letter",
    ),
    path(
        "<int:case_id>/reply/<int:number>/open/<slug:public_id>/",
        replying.open_document,
        name="reply-open",
    ),
    path("<int:case_id>/redaction/", redaction.documents, name="redactions"),
    path("<int:case_id>/redaction/add/", redaction.add, name="redaction-add"),
    path(
        "<int:case_id>/redaction/<slug:public_id>/",
        redaction.document,
        name="redaction",
    ),
    path(
        "<int:case_id>/redaction/<slug:public_id>/page/<int:number>/",
        redaction.page_picture,
        name="redaction-page",
    ),
    path("<int:case_id>/do/<slug:act>/", doing.act, name="act"),
]
