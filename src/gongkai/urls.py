"""All addresses of the site. They are part of the product and do not change."""

from django.urls import include, path

urlpatterns = [
    path("", include("gongkai.web.urls")),
    path("account/", include("gongkai.accounts.urls")),
    path("console/", include("gongkai.console.urls")),
    path("console/", include("gongkai.agencies.urls")),
    path("console/cases/", include("gongkai.applications.urls.registers")),
    path("console/cases/", include("gongkai.applications.urls.console")),
    path("console/remedies/", include("gongkai.remedies.urls")),
    path("console/items/", include("gongkai.items.urls.console")),
    path("console/columns/", include("gongkai.catalogue.urls")),
    path("console/calendar/", include("gongkai.registry.calendars.urls")),
    path("console/figures/", include("gongkai.statistics.urls")),
    path("console/reports/", include("gongkai.reports.urls.console")),
    path("f/", include("gongkai.registry.urls")),
    path("i/", include("gongkai.items.urls.portal")),
    path("figures/", include("gongkai.reports.urls.portal")),
    path("", include("gongkai.applications.urls.portal")),
    path("", include("gongkai.portal.urls")),
]
handler400 = "gongkai.web.views.bad_request"
handler403 = "gongkai.web.views.forbidden"
handler404 = "gongkai.web.views.not_found"
handler500 = "gongkai.web.views.server_error"
