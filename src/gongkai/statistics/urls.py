from django.urls import path

from gongkai.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<slug:slug>/<int:year>/", views.form, name="form"),
    path("<slug:slug>/<int:year>/<str:key>.csv", views.records_csv, name="records-csv"),
]
