"""URLs of the site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("disclosures.urls")),
    path("", include("audit.urls")),
    path("admin/", admin.site.urls),
]
