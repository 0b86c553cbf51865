"""App configuration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "审核与审计"

    def ready(self) -> None:
        """Hand in what `disclosures` needs of this app."""
        from disclosures.services.findings import register_desk

        from .services.desk import StoredFindings

        register_desk(StoredFindings())
