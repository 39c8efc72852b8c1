"""The app meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "overleggen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear withdrawals of consent."""
        from meetings import receivers  # noqa: F401, PLC0415  # connects when models are loaded
