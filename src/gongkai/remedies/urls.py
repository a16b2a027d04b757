"""Remedies in the console: their register, one of them, what is done with it."""

from django.urls import path

from gongkai.remedies.views import doing, listing, reading, registering

app_name = "remedies"
urlpatterns = [
    path("", listing.remedies, name="list"),
    path("new/", registering.new, name="new"),
    path("<int:remedy_id>/", reading.remedy, name="remedy"),
    path("<int:remedy_id>/show/", reading.show, name="show"),
    path("<int:remedy_id>/file/<slug:public_id>/", reading.file, name="file"),
    path("<int:remedy_id>/do/<slug:act>/", doing.act, name="act"),
]
