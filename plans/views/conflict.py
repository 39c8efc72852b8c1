"""Two people edit the same thing: what does the second one see? Both texts; his own stays in the form (quality 3.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict

from consent.visibility import ContentRow
from parties.models import User
from parties.viewer import Viewer
from plans.forms.fields import VersionedForm
from reintegratie.lib.dutch import day_text, moment_text
from reintegratie.lib.versions import StaleVersion


@dataclass(frozen=True)
class BothTexts:
    """One field that the other one saved differently."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved first."""

    who: str
    when: str
    fields: tuple[BothTexts, ...]


Initial = Callable[[ContentRow], Mapping[str, object]]


def save_or_conflict(
    form: VersionedForm, save: Callable[[], object], initial_of: Initial, viewer: Viewer
) -> Conflict | None:
    """Save; when somebody else was first, keep what was typed and let a next save go over the version that was shown."""
    try:
        save()
    except StaleVersion as stale:
        current = stale.current
        assert isinstance(current, ContentRow)
        if current._state.adding:  # a version of what was never saved: no form of ours sends that
            raise BadRequest from stale
        conflict = conflict_of(form, current, initial_of(current), viewer)
        assert isinstance(form.data, QueryDict)
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = str(current.version)
        return conflict
    return None


def conflict_of(
    form: VersionedForm, current: ContentRow, theirs: Mapping[str, object], viewer: Viewer
) -> Conflict:
    """Which fields differ, both as people read them."""
    pairs = (
        BothTexts(
            str(field.label),
            _in_words(field, theirs.get(name)),
            _in_words(field, form.cleaned_data.get(name)),
        )
        for name, field in form.fields.items()
        if name != "version"
    )
    differing = tuple(pair for pair in pairs if pair.theirs != pair.mine)
    return Conflict(_author(current, viewer), moment_text(current.changed_at), differing)


def _in_words(field: forms.Field, value: object) -> str:
    if value in (None, ""):
        return ""
    if isinstance(field, forms.DateField):
        return day_text(field.to_python(str(value)))
    if isinstance(field, forms.ChoiceField):
        label = next((str(label) for key, label in field.widget.choices if str(key) == str(value)), "")
        return label or str(value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value)


def _author(row: ContentRow, viewer: Viewer) -> str:
    """Who saved it, from the history line: ``user:<id>@<organisation>``."""
    lines = row.history.visible_to(viewer).order_by("-history_date", "-history_id")  # type: ignore[attr-defined]  # simple_history adds it
    line = lines.first()
    who, _, _ = str(line.history_user_id if line else "").partition("@")
    kind, _, key = who.partition(":")
    user = User.objects.filter(pk=key).first() if kind == "user" else None
    return user.name if user else "Iemand anders"
