"""Addresses of the API, without a slash at the end. `config.urls` includes them under `/api/v1/`.

What needs no account has its place under `/api/v1/public/`, included before these: here everything unknown is 404.
"""

from __future__ import annotations

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from .views import catalogues, check, disclosures, documents, findings, history, organisation, parts, tasks

router = SimpleRouter(trailing_slash=False)
for prefix, viewset in (
    ("regions", organisation.RegionViewSet),
    ("departments", organisation.DepartmentViewSet),
    ("disclosures", disclosures.DisclosureViewSet),
    ("tables", parts.TableViewSet),
    ("lines", parts.LineViewSet),
    ("narrative", parts.SectionViewSet),
    ("targets", parts.TargetViewSet),
    ("indicators", parts.IndicatorViewSet),
    ("findings", findings.FindingViewSet),
    ("explanations", findings.ExplanationViewSet),
    ("waivers", findings.WaiverViewSet),
    ("mutes", findings.MuteViewSet),
    ("runs", history.RunViewSet),
    ("events", history.EventViewSet),
    ("remarks", history.RemarkViewSet),
    ("corrections", history.CorrectionViewSet),
    ("functional-classes", catalogues.FunctionalClassViewSet),
    ("department-economic-classes", catalogues.DepartmentEconomicClassViewSet),
    ("government-economic-classes", catalogues.GovernmentEconomicClassViewSet),
    ("economic-pairings", catalogues.PairingViewSet),
    ("tasks", tasks.TaskViewSet),
):
    router.register(prefix, viewset, basename=f"api-{prefix}")

urlpatterns = [
    path("schema/", documents.SchemaView.as_view(), name="api-schema"),
    path("docs/", documents.docs_page, name="api-docs"),
    path("me", organisation.MeView.as_view(), name="api-me"),
    path("rules", catalogues.RulesView.as_view(), name="api-rules"),
    path("problems", check.ProblemsView.as_view(), name="api-problems"),
    path("check", check.CheckView.as_view(), name="api-check"),
    path("lines.csv", parts.LinesCsvView.as_view({"get": "list"}), name="api-lines-csv"),
    *router.urls,
    re_path(r"^.*$", documents.Nowhere.as_view(), name="api-nowhere"),
]
