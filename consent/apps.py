"""The app consent."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "consent"
    verbose_name = "toestemming"
    default_auto_field = "django.db.models.BigAutoField"
