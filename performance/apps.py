"""App configuration."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"
    verbose_name = "绩效目标"

    def ready(self) -> None:
        """Hand in what `disclosures` needs of this app."""
        from disclosures.storage.registry import register_target_storage

        from .storage import ModelTargetStorage

        register_target_storage(ModelTargetStorage())
