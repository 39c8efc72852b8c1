"""The pages of meetings."""

from django.urls import URLPattern, URLResolver, path

from meetings import printing

urlpatterns: list[URLPattern | URLResolver] = [
    path("overleggen/<uuid:pk>/agenda.pdf", printing.agenda_pdf, name="meeting_agenda_pdf"),
]
