from django.urls import path

from gongkai.web import views

app_name = "web"
urlpatterns = [
    path("display/", views.display, name="display"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/console/", views.styleguide_console, name="styleguide-console"),
]
