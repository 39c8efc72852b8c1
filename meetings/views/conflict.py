"""Somebody else saved first: both texts, and what was typed stays in the form (quality 3.4)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from parties.actors import actor_names
from reintegratie.lib.conflict import Conflict, both_texts, read_again
from reintegratie.lib.dutch import moment_text


def conflict_of(form: forms.Form, theirs: Mapping[str, Any], lines: QuerySet[Any]) -> Conflict:
    """Compare what was typed with what stands there now; a next save goes over the version that is shown."""
    differing = both_texts(form, type(form)(initial=dict(theirs), **_own_arguments(form)))
    read_again(form, theirs["version"])
    line = lines.latest("history_date", "history_id")
    who = actor_names([line.history_user_id])[line.history_user_id]
    return Conflict(who, moment_text(line.history_date), differing)


def _own_arguments(form: forms.Form) -> dict[str, Any]:
    viewer = getattr(form, "viewer", None)
    return {"viewer": viewer} if viewer else {}
