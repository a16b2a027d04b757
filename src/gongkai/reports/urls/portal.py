"""Public figures; part of the product, the addresses do not change."""

from django.urls import path

from gongkai.reports.views import portal

app_name = "figures"
urlpatterns = [
    path("", portal.compare, name="compare"),
    path("table.csv", portal.table, name="table"),
    path("chart.svg", portal.chart, name="chart"),
    path("a/<slug:slug>/", portal.agency, name="agency"),
    path("a/<slug:slug>/figures.csv", portal.agency_table, name="agency-table"),
    path("a/<slug:slug>/chart.svg", portal.agency_chart, name="agency-chart"),
    path("i/<int:item_id>/", portal.report, name="report"),
    path("i/<int:item_id>/figures.csv", portal.report_table, name="report-table"),
]
