"""Addresses of pages that show findings."""

from django.urls import path

from audit.views import findings, overview, quick_check

urlpatterns = [
    path("overview/", overview.overview, name="overview"),
    path("quick-check/", quick_check.quick_check_page, name="quick_check"),
    path("quick-check/run/", quick_check.quick_check, name="quick_check_run"),
    path("disclosures/<int:pk>/findings/", findings.findings, name="findings"),
    path("disclosures/<int:pk>/findings/recheck/", findings.recheck, name="recheck"),
    path("disclosures/<int:pk>/findings/<int:finding>/<slug:act>/", findings.settle, name="settle"),
]
