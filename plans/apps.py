"""The app plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "plannen"
    default_auto_field = "django.db.models.BigAutoField"
