"""App configuration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "审核与审计"

    def ready(self) -> None:
        """Hand in what `disclosures` needs of this app."""
        from disclosures.services.findings import register_desk

        from .scheduled import register_scheduled
        from .services.desk import StoredFindings
        from .tasks import register_check
        from .tasks_audit import register_audits
        from .tasks_quick_check import register_quick_check
        from .tasks_reports import register_reports

        register_check()
        register_audits()
        register_reports()
        register_quick_check()
        register_scheduled()
        register_desk(StoredFindings())
