"""One writer per case: every action on what belongs to a case begins by waiting for its turn (cases.actions.lock_case)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from cases.models import Case

ROOT = Path(__file__).resolve().parents[2]
APPS = ("cases", "consent", "plans", "meetings")
LOCKS = {"lock_case", "lock_cases", "lock_meeting"}
Function = ast.FunctionDef


def rows_of_a_case() -> set[str]:
    """The tables whose rows belong to exactly one case."""
    return {Case.__name__} | {
        model.__name__
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Case and not field.null
    }


def functions() -> dict[str, Function]:
    """Every function of the actions of all apps; a name that occurs twice means the same everywhere or is private."""
    return {
        f"{file.relative_to(ROOT)}:{node.name}": node
        for app in APPS
        for file in sorted((ROOT / app / "actions").glob("*.py"))
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }


def is_action(function: Function) -> bool:
    """A transaction of its own. ``atomic(savepoint=False)`` is a piece of an action that holds the lock already."""
    return not function.name.startswith("_") and any(
        isinstance(mark, ast.Attribute) and mark.attr == "atomic" for mark in function.decorator_list
    )


def writes_on_a_case(function: Function, rows: set[str]) -> bool:
    given = {
        word.id
        for argument in (*function.args.args, *function.args.kwonlyargs)
        if argument.annotation is not None
        for word in ast.walk(argument.annotation)
        if isinstance(word, ast.Name)
    }
    return bool(given & rows)


def beginning(function: Function) -> ast.stmt:
    """The first statement that does something: not the docstring, and not a refusal of what was given."""
    return next(
        (line for line in function.body if not (is_text(line) or is_refusal(line))), function.body[-1]
    )


def is_text(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def is_refusal(line: ast.stmt) -> bool:
    return isinstance(line, ast.If) and all(isinstance(one, ast.Return | ast.Raise) for one in line.body)


def called(line: ast.stmt) -> Iterator[str]:
    for node in ast.walk(line):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def lockers(known: dict[str, Function]) -> set[str]:
    """The locks, and every function that itself begins with one."""
    found, more = set(LOCKS), True
    while more:
        new = {one.name for one in known.values() if set(called(beginning(one))) & found} - found
        found, more = found | new, bool(new)
    return found


def test_every_action_on_a_case_begins_with_its_lock() -> None:
    known, rows = functions(), rows_of_a_case()
    locking = lockers(known)

    late = [
        place
        for place, function in known.items()
        if is_action(function) and writes_on_a_case(function, rows)
        if not set(called(beginning(function))) & locking
    ]

    assert late == []


def test_most_actions_are_actions_on_a_case() -> None:
    """Else the test above looks at nothing."""
    rows = rows_of_a_case()
    found = [one for one in functions().values() if is_action(one) and writes_on_a_case(one, rows)]

    assert {"CaseParty", "Deadline", "Goal", "Consent", "Invitation"} <= rows
    assert len(found) > 40


@pytest.mark.parametrize("lock", ["select_for_update", "pg_advisory"])
def test_cases_are_locked_in_one_place(lock: str) -> None:
    """A second way of locking is a second order of waiting."""
    places = {
        "select_for_update": {
            "cases/actions/record.py",
            "cases/actions/people.py",
            "cases/actions/deliver.py",
        }
        | {"meetings/actions/writing.py"},
        "pg_advisory": {"cases/actions/messages.py", "cases/actions/feed.py"},
    }
    used = {
        str(file.relative_to(ROOT))
        for app in APPS
        for file in (ROOT / app).rglob("*.py")
        if lock in file.read_text()
    }

    assert used == places[lock]
