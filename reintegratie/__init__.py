"""The project: settings, routes, the API's root and the Celery application."""

from reintegratie.celery import app as celery_app

__all__ = ["celery_app"]
