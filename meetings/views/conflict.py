"""Somebody else saved first: both texts, and what was typed stays in the form (quality 3.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from parties.actors import actor_names
from reintegratie.lib.dutch import moment_text


@dataclass(frozen=True)
class BothTexts:
    """One field that the other one saved differently."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """Who was first, when, and what differs."""

    who: str
    when: str
    fields: tuple[BothTexts, ...]


def conflict_of(form: forms.Form, theirs: Mapping[str, Any], lines: QuerySet[Any]) -> Conflict:
    """Compare what was typed with what stands there now; a next save goes over the version that is shown."""
    now = type(form)(initial=dict(theirs), **_own_arguments(form))
    differing = tuple(
        BothTexts(str(field.label), _in_words(now, field.name), _in_words(form, field.name))
        for field in form.visible_fields()
        if _in_words(now, field.name) != _in_words(form, field.name)
    )
    assert isinstance(form.data, QueryDict)
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(theirs["version"])
    line = lines.latest("history_date", "history_id")
    return Conflict(
        actor_names([line.history_user_id])[line.history_user_id], moment_text(line.history_date), differing
    )


def _own_arguments(form: forms.Form) -> dict[str, Any]:
    viewer = getattr(form, "viewer", None)
    return {"viewer": viewer} if viewer else {}


def _in_words(form: forms.Form, name: str) -> str:
    """The value of a field as people read it: the label of a choice, the text of anything else."""
    field, value = form.fields[name], form[name].value()
    choices = getattr(field, "choices", None)
    if choices is not None:
        return next((str(label) for key, label in choices if str(key) == str(value or "")), "")
    return str(field.widget.format_value(value) or "")
