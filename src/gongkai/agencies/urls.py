from django.urls import path

from gongkai.agencies import views

app_name = "agencies"
urlpatterns = [
    path("", views.agencies, name="list"),
    path("act-for/", views.act_for_agency, name="act-for"),
    path("new/", views.add, name="add"),
    path("<int:agency_id>/", views.agency, name="agency"),
    path("<int:agency_id>/change/", views.change, name="change"),
    path("<int:agency_id>/posts/new/", views.appoint, name="post-appoint"),
    path("<int:agency_id>/accounts/new/", views.open_account, name="account-open"),
    path("posts/<int:post_id>/end/", views.end_post, name="post-end"),
]
