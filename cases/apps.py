"""The frame of a case."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "zaken"
    default_auto_field = "django.db.models.BigAutoField"
