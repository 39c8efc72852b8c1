"""The addresses of the application and the gallery, which is there with DEBUG only."""

from django.urls import path

from reintegratie.gallery import gallery
from reintegratie.urls import handler400, handler403, handler404, handler500
from reintegratie.urls import urlpatterns as pages

urlpatterns = [*pages, path("galerij/", gallery)]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
