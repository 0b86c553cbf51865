"""App configuration."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    verbose_name = "部门预算公开"

    def ready(self) -> None:
        """Keep the log of logins, of which Django tells by signals only; register the kinds of tasks."""
        from django.contrib.auth import signals

        from .notifications.mailing import register_mail
        from .portal.registering import register_portal
        from .schedules.registering import register_schedules
        from .services import logins
        from .services.bulk import register_recheck
        from .services.generating import register_final_file
        from .services.tasks import register_import

        register_import()
        register_recheck()
        register_final_file()
        register_mail()
        register_schedules()
        register_portal()

        signals.user_logged_in.connect(logins.on_login, dispatch_uid="login-log")
        signals.user_login_failed.connect(logins.on_failure, dispatch_uid="failure-log")
        signals.user_logged_out.connect(logins.on_logout, dispatch_uid="logout-log")
