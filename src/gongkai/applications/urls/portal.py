"""Applying and following, for the public: `/apply/` and `/case/`."""

from django.urls import include, path

from gongkai.applications.views.portal import (
    acting,
    bodies,
    calculator,
    checking,
    following,
    keeping,
    matters,
    query,
    questions,
    starting,
    uploading,
)

app_name = "applications"

apply = [
    path("", bodies.apply, name="apply"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("back/", keeping.back, name="back"),
    path("<slug:agency>/", starting.start, name="start"),
    path("<slug:agency>/form/", bodies.blank_form, name="form"),
    path("<slug:agency>/form.docx", bodies.blank_form_file, name="form-docx"),
    path("<slug:agency>/matter/<int:number>/", matters.matter, name="matter"),
    path(
        "<slug:agency>/matter/<int:number>/published/",
        matters.published,
        name="published",
    ),
    path("<slug:agency>/matters/", matters.matters, name="matters"),
    path("<slug:agency>/files/", uploading.files, name="files"),
    path("<slug:agency>/check/", checking.check, name="check"),
    path("<slug:agency>/saved/", keeping.saved, name="saved"),
    path("<slug:agency>/leave/", keeping.leave, name="leave"),
    path("<slug:agency>/sent/", keeping.sent, name="sent"),
    path("<slug:agency>/sent/<int:place>/", keeping.receipt, name="sent-receipt"),
    path("<slug:agency>/<slug:step>/", questions.step, name="step"),
]

case = [
    path("", query.query, name="query"),
    path("<slug:number>/", following.case, name="case"),
    path("<slug:number>/receipt/", following.receipt, name="receipt"),
    path("<slug:number>/letter/<int:notice_id>/", following.letter, name="letter"),
    path("<slug:number>/file/<slug:public_id>/", following.file, name="file"),
    path("<slug:number>/correct/", acting.correct, name="correct"),
    path("<slug:number>/reasons/", acting.give_reasons, name="reasons"),
    path("<slug:number>/withdraw/", acting.withdraw, name="withdraw"),
    path("<slug:number>/rate/", acting.rate, name="rate"),
]

urlpatterns = [path("apply/", include(apply)), path("case/", include(case))]
