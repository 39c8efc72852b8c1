"""The pages of parties."""

from django.urls import URLPattern, URLResolver, path

from parties import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("partij/", views.choose_role, name="choose-role"),
]
