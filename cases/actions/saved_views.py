"""Keep a filter of the worklist under a name: for oneself, at the organisation for which one acts."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from cases.models import SavedView
from parties.viewer import Viewer

MOST = 20
"""Views of one person at one organisation; more is a list to search in."""


class NameTaken(Exception):
    """There is a view with this name."""


class TooManyViews(Exception):
    """There are twenty."""


@transaction.atomic
def save_view(*, name: str, filters: Mapping[str, str], by: Viewer) -> SavedView:
    """Keep these filters under a name. Raises NameTaken, TooManyViews."""
    if SavedView.objects.of(by).count() >= MOST:
        raise TooManyViews
    view = SavedView(user=by.user, organisation=by.organisation, name=name, filters=dict(filters))
    _write(view)
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str) -> SavedView:
    """Raises NameTaken."""
    view.name = name
    _write(view)
    return view


@transaction.atomic
def begin_with_view(*, view: SavedView | None, by: Viewer) -> None:
    """Show this view after logging in; None is the whole list. One view at most is the first."""
    SavedView.objects.of(by).filter(is_start=True).update(is_start=False)
    if view is not None:
        SavedView.objects.of(by).filter(pk=view.pk).update(is_start=True)


@transaction.atomic
def delete_view(*, view: SavedView) -> None:
    view.delete()


def _write(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as clash:
        if "view_named_once" not in str(clash):
            raise
        raise NameTaken from clash
