"""Two people choose a gemeente for the same case: what does the second one see? Both choices (quality 3.4)."""

from collections.abc import Callable
from typing import Any

from cases.forms import MunicipalityForm
from cases.models import Case
from parties.actors import actor_names
from reintegratie.lib.conflict import Conflict, both_texts, read_again
from reintegratie.lib.dutch import moment_text
from reintegratie.lib.versions import StaleVersion


def save_or_conflict(
    form: MunicipalityForm, field: str, save: Callable[[int], object], now: Callable[[Case], MunicipalityForm]
) -> Conflict | None:
    """Save over the version that was read, or say who was first.

    A case changes for many reasons. When nobody touched this field of it since, there is nothing to choose between.
    """
    read = form.cleaned_data["version"]
    try:
        save(read)
    except StaleVersion as stale:
        case = stale.current
        assert isinstance(case, Case)
        line = _first_change(case, field, read)
        if line is not None:
            who = actor_names([line.history_user_id])[line.history_user_id]
            differing = both_texts(form, now(case))
            read_again(form, case.version)
            return Conflict(who, moment_text(line.history_date), differing)
        save(case.version)
    return None


def _first_change(case: Case, field: str, version: int) -> Any:  # a history line, made at run time
    """The line of history that gave this field another value than it had in the version that was read."""
    lines = list(case.history.filter(version__gte=version).order_by("version", "history_id"))
    seen = next((getattr(line, field) for line in lines if line.version == version), None)
    return next((line for line in lines if getattr(line, field) != seen), None)
