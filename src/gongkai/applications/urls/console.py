"""The application desk: the register, a case, what is done with it."""

from django.urls import path

from gongkai.applications.views.console import reading

app_name = "applications-console"
urlpatterns = [
    path("<int:case_id>/", reading.case, name="case"),
]
