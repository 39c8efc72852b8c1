"""The pages of cases."""

from django.urls import URLPattern, URLResolver, path

from cases.views import detail

urlpatterns: list[URLPattern | URLResolver] = [
    path("zaken/<uuid:pk>/", detail.case_detail, name="case"),
]
