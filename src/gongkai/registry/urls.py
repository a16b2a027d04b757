from django.urls import path

from gongkai.registry import views

app_name = "files"
urlpatterns = [path("<slug:public_id>/<path:name>", views.file, name="file")]
