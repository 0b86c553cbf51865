"""App configuration."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    verbose_name = "部门预算公开"

    def ready(self) -> None:
        """Keep the log of logins: Django tells of them by signals and in no other way."""
        from django.contrib.auth import signals

        from .services import logins

        signals.user_logged_in.connect(logins.on_login, dispatch_uid="login-log")
        signals.user_login_failed.connect(logins.on_failure, dispatch_uid="failure-log")
        signals.user_logged_out.connect(logins.on_logout, dispatch_uid="logout-log")
