"""App configuration."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"
    verbose_name = "绩效目标"

    def ready(self) -> None:
        """Hand in what `disclosures` needs of this app."""
        from disclosures.recognise.registry import register_form_reader
        from disclosures.storage.registry import register_target_storage

        from .recognise import read_forms
        from .storage import ModelTargetStorage

        register_form_reader(read_forms)
        register_target_storage(ModelTargetStorage())
