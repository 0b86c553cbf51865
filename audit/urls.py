"""Addresses of pages that show findings."""

from django.urls import path

from audit.views import (
    audits,
    decisions,
    doubts,
    findings,
    muting,
    overview,
    quick_check,
    remarks,
    reports,
    rules,
    waiving,
)

urlpatterns = [
    path("overview/", overview.overview, name="overview"),
    path("explanations/", decisions.explanations, name="explanations"),
    path("explanations/<int:finding>/<slug:act>/", decisions.decide, name="decide_explanation"),
    path("remarks/", remarks.remarks, name="remarks"),
    path("remarks/<int:pk>/<slug:act>/", remarks.close, name="close_remark"),
    path("disclosures/<int:pk>/remarks/add/", remarks.add, name="add_remark"),
    path("rules/", rules.catalogue, name="rules"),
    path("rules/muted/", muting.mute, name="mute"),
    path("rules/muted/<int:pk>/end/", muting.unmute, name="unmute"),
    path("rules/<slug:rule>/", rules.one_rule, name="rule"),
    path("rules/<slug:rule>/waive/", waiving.waive_rule, name="waive_rule"),
    path("audits/", audits.audit_list, name="audits"),
    path("audits/new/", audits.new, name="audit_new"),
    path("audits/<int:pk>/", audits.audit, name="audit"),
    path("audits/<int:pk>/progress/", audits.progress, name="audit_progress"),
    path("audits/<int:pk>/cancel/", audits.cancel, name="audit_cancel"),
    path("audits/<int:pk>/items/", audits.items, name="audit_items"),
    path("audits/<int:pk>/report/<slug:form>/", reports.audit_report, name="report_audit"),
    path("overview/report/<slug:form>/", reports.region_report, name="report_region"),
    path("reports/findings/", reports.findings_report, name="report_findings"),
    path("disclosures/<int:pk>/reports/<slug:form>/", reports.disclosure_report, name="disclosure_report"),
    path("quick-check/", quick_check.quick_check_page, name="quick_check"),
    path("quick-check/run/", quick_check.run, name="quick_check_run"),
    path("quick-check/<int:pk>/", quick_check.state, name="quick_check_state"),
    path("disclosures/<int:pk>/doubts/", doubts.doubts, name="doubts"),
    path("disclosures/<int:pk>/doubts/confirm/", doubts.confirm, name="confirm_readings"),
    path("disclosures/<int:pk>/findings/", findings.findings, name="findings"),
    path("disclosures/<int:pk>/findings/recheck/", findings.recheck, name="recheck"),
    path("disclosures/<int:pk>/findings/<int:finding>/<slug:act>/", findings.settle, name="settle"),
]
