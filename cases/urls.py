"""The pages of cases."""

from django.urls import URLPattern, URLResolver, path

from cases.views import case_list, detail, worklist

urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.start, name="start"),
    path("zaken/", case_list.case_list, name="cases"),
    path("zaken/<uuid:pk>/", detail.case_detail, name="case"),
]
