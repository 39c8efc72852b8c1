"""The app plans."""

from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "plannen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of withdrawals."""
        import_module("plans.receivers")
