from django.urls import path

from gongkai.agencies.views import people, tree

app_name = "agencies"
urlpatterns = [
    path("agencies/", tree.agencies, name="list"),
    path("agencies/act-for/", tree.act_for_agency, name="act-for"),
    path("agencies/new/", tree.add, name="add"),
    path("agencies/<int:agency_id>/", tree.agency, name="agency"),
    path("agencies/<int:agency_id>/change/", tree.change, name="change"),
    path("agencies/<int:agency_id>/posts/new/", tree.appoint, name="post-appoint"),
    path("agencies/posts/<int:post_id>/end/", people.end_post, name="post-end"),
    path("people/", people.listed, name="people"),
    path("people/new/", people.add, name="person-add"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/name/", people.rename, name="person-rename"),
    path("people/<int:person_id>/posts/new/", people.give_post, name="person-post"),
    path(
        "people/<int:person_id>/accounts/new/",
        people.open_account,
        name="account-open",
    ),
    path(
        "people/accounts/<int:account_id>/password/",
        people.reset_password,
        name="account-reset",
    ),
    path(
        "people/accounts/<int:account_id>/unlock/",
        people.unlock,
        name="account-unlock",
    ),
    path(
        "people/accounts/<int:account_id>/close/",
        people.close_account,
        name="account-close",
    ),
    path(
        "people/accounts/<int:account_id>/reopen/",
        people.reopen_account,
        name="account-reopen",
    ),
]
