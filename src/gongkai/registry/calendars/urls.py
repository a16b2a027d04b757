from django.urls import path

from gongkai.registry.calendars import views

app_name = "calendar"
urlpatterns = [
    path("", views.year, name="year"),
    path("versions/", views.versions, name="versions"),
    path("days/", views.change_days, name="days-change"),
    path("load/", views.load_year, name="year-load"),
    path("proposals/<str:token>/", views.proposal, name="proposal"),
]
