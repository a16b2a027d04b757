from django.urls import path

from gongkai.items.views.console import (
    drafting,
    ledger,
    publishing,
    reading,
    reviewing,
    setting_up,
    starting,
    submitting,
)

app_name = "items-console"
urlpatterns = [
    path("", ledger.items, name="list"),
    path("list.csv", ledger.items_csv, name="list-csv"),
    path("new/", starting.new, name="new"),
    path("<int:item_id>/", reading.item, name="item"),
    path("<int:item_id>/edit/", drafting.edit, name="edit"),
    path("<int:item_id>/submit/", submitting.submit, name="submit"),
    path("<int:item_id>/review/", reviewing.review, name="review"),
    path(
        "<int:item_id>/review/<int:finding_id>/explain/",
        reviewing.explain,
        name="finding-explain",
    ),
    path("<int:item_id>/versions/<int:number>/", reading.version, name="version"),
    path(
        "<int:item_id>/versions/<int:number>/<slug:public_id>/open/",
        reviewing.file_open,
        name="file-open",
    ),
    path("<int:item_id>/diff/<int:old>/<int:new>/", reading.diff, name="diff"),
    path("<int:item_id>/publish/", publishing.publish, name="publish"),
    path("<int:item_id>/plan/", publishing.plan, name="plan"),
    path("<int:item_id>/revise/", publishing.revise, name="revise"),
    path("<int:item_id>/withdraw/", publishing.withdraw, name="withdraw"),
    path("<int:item_id>/repeal/", publishing.repeal, name="repeal"),
    path("<int:item_id>/releases/", publishing.add_release, name="release-add"),
    path("<int:item_id>/discard/", starting.discard, name="discard"),
    path("flow/<int:agency_id>/", setting_up.flow, name="flow"),
    path("flow/<int:agency_id>/<slug:of>/", setting_up.flow, name="flow-of"),
    path("outlets/<int:agency_id>/", setting_up.outlets, name="outlets"),
    path(
        "outlets/<int:outlet_id>/retire/",
        setting_up.retire_outlet,
        name="outlet-retire",
    ),
]
