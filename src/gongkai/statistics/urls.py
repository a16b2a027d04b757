from django.urls import path

from gongkai.statistics.views import form

app_name = "statistics"
urlpatterns = [
    path("", form.choose, name="choose"),
    path("<slug:slug>/<int:year>/", form.form, name="form"),
    path("<slug:slug>/<int:year>/<str:key>.csv", form.records_csv, name="records-csv"),
]
