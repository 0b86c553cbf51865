"""URLs of the site."""

from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from config import health, metrics
from disclosures.portal.feeds import SITEMAPS, robots

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemaps"),
    path("open/sitemap-<slug:section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("open/", include("disclosures.portal.urls")),
    path("", include("disclosures.urls")),
    path("tasks/", include("disclosures.task_urls")),
    path("", include("audit.urls")),
    path("api/v1/public/", include("audit.api.public")),
    path("api/v1/", include("audit.api.urls")),  # answers everything below it: what is public stands before
    path("admin/", admin.site.urls),
]
