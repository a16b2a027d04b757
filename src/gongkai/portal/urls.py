"""Addresses of the public site; part of the product, they do not change."""

from django.urls import path

from gongkai.portal.views import (
    agency,
    bodies,
    columns,
    feeds,
    home,
    monthly,
    robots,
    search,
    sitemaps,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("agencies/", bodies.agencies, name="agencies"),
    path("sitemap/", bodies.site_map, name="site-map"),
    path("a/<slug:agency>/", agency.agency, name="agency"),
    path("a/<slug:agency>/c/<slug:column>/", columns.column, name="column"),
    path("a/<slug:agency>/feed.atom", feeds.agency_feed, name="agency-feed"),
    path("a/<slug:agency>/months.svg", monthly.of_agency, name="agency-months"),
    path("months.svg", monthly.of_platform, name="months"),
    path("feed.atom", feeds.feed, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.items, name="sitemap-items"),
    path("sitemap-pages.xml", sitemaps.standing_pages, name="sitemap-pages"),
    path("robots.txt", robots.robots, name="robots"),
]
