"""The pages of cases."""

from django.urls import URLPattern, URLResolver, path

from cases.views import detail, worklist

urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.start, name="start"),
    path("zaken/<uuid:pk>/", detail.case_detail, name="case"),
]
