from django.urls import path

from gongkai.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<int:agency_id>/", views.columns, name="columns"),
    path("<int:column_id>/below/", views.add, name="column-add"),
    path("<int:column_id>/change/", views.change, name="column-change"),
    path("<int:column_id>/move/", views.move, name="column-move"),
    path("<int:column_id>/retire/", views.retire, name="column-retire"),
]
