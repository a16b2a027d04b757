from django.urls import path

from gongkai.items.views import portal

app_name = "items"
urlpatterns = [
    path("-/<int:pk>/", portal.item_by_id, name="item-by-id"),
    path("<path:index_no>/", portal.item, name="item"),
]
