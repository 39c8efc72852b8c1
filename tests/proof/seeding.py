"""Put each seeded fault into the running program, run the tests that must see it, and say which were seen.

``python -m tests.proof.seeding`` runs all of them, ``… seeding WORD…`` those with one of these words in their description,
``--by=TEST`` asks whether another test sees them too, and ``--write`` writes the list into docs/bewijs.md.

One process loads everything once; each fault gets a fork of it, in which the functions of the edited file get their new
code. No file is changed.
"""

import gc
import importlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from tests.proof.fault import Fault
from tests.proof.faults import FAULTS

ROOT = Path(__file__).resolve().parents[2]
PROOF = ROOT / "docs" / "bewijs.md"
BEGIN, END = "<!-- begin gezaaide fouten -->", "<!-- einde gezaaide fouten -->"
OPTIONS = ("-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", "--reuse-db")
FIRST = "tests/consent/test_visibility.py::test_a_refusal_opens_nothing"
"""Makes the database."""
PASSED, FAILED = 0, 1
"""Exit codes of pytest; higher ones say that it did not come to testing."""
NOTHING_SWAPPED = 90


def put_in(fault: Fault) -> int:
    """Give the functions of one file the code they would have with this fault; how many that were."""
    path = ROOT / fault.file
    clean = path.read_text(encoding="utf-8")
    assert clean.count(fault.old) == 1, fault
    name = fault.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    module = importlib.import_module(name)
    before = dict(codes(compile(clean, str(module.__file__), "exec")))
    after = dict(codes(compile(clean.replace(fault.old, fault.new), str(module.__file__), "exec")))
    changed = {
        called: code for called, code in after.items() if called in before and differs(code, before[called])
    }
    swapped = 0
    for function in [one for one in gc.get_objects() if isinstance(one, FunctionType)]:
        if function.__module__ == name and (code := changed.get(function.__code__.co_qualname)) is not None:
            function.__code__ = code
            swapped += 1
    return swapped


def codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Every function in a file by its full name."""
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield part.co_qualname, part
            yield from codes(part)


def differs(one: CodeType, other: CodeType) -> bool:
    """Whether two functions do something else; where they stand does not matter."""
    return shape(one) != shape(other)


def shape(code: CodeType) -> tuple[Any, ...]:
    inside = tuple(shape(part) if isinstance(part, CodeType) else repr(part) for part in code.co_consts)
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, inside


def in_a_fork(fault: Fault | None, tests: Sequence[str]) -> int:
    """Run tests in a copy of this process, with or without a fault; pytest's exit code."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = NOTHING_SWAPPED
    try:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123  # a descriptor is wanted
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        if fault is not None:
            with_the_database_that_is_there()
        if fault is None or put_in(fault):
            code = run(*OPTIONS, *tests)
    finally:
        os._exit(code)


def with_the_database_that_is_there() -> None:
    """The first fork migrated it; looking again costs more than the tests."""
    import django.test.utils  # noqa: PLC0415  # only once Django is set up
    from django.db import connection  # noqa: PLC0415  # same

    def setup_databases(*args: object, **options: object) -> list[object]:
        connection.settings_dict["NAME"] = f"test_{connection.settings_dict['NAME']}"
        return []

    django.test.utils.setup_databases = setup_databases


def run(*arguments: str) -> int:
    import pytest  # noqa: PLC0415  # after its variables were cleared

    return int(pytest.main(list(arguments)))


def unseen(faults: Sequence[Fault]) -> list[str]:
    """The faults that no test saw."""
    files = sorted({test.partition("::")[0] for fault in faults for test in fault.seen_by.split()})
    assert run("--collect-only", "-qq", *OPTIONS, *files) == PASSED  # loads everything
    assert in_a_fork(None, [FIRST]) == PASSED
    if in_a_fork(None, files) != PASSED:
        return ["zonder fout zakt er ook al iets"]
    found = []
    for fault in faults:
        began = time.monotonic()
        outcome = in_a_fork(fault, fault.seen_by.split())
        word = {FAILED: "gezien", PASSED: "NIET GEZIEN"}.get(outcome, f"NIET GEPROEFD ({outcome})")
        say(f"{word:<12} {time.monotonic() - began:5.1f} s  {fault.what}")
        if outcome != FAILED:
            found.append(fault.what)
    return found


def own_database(environ: "os._Environ[str]") -> dict[str, str]:
    """Beside the database of a test run that goes on; pytest's own variables do not go along."""
    env = {name: value for name, value in environ.items() if not name.startswith("PYTEST_")}
    if "SEEDED_FAULT" in env:
        return env
    server, _, name = env["DATABASE_URL"].rpartition("/")
    return {**env, "DATABASE_URL": f"{server}/{name}_faults", "SEEDED_FAULT": "1"}


def table() -> str:
    """The list as docs/bewijs.md shows it."""
    rows = [
        f"| {fault.what} | {', '.join(f'`{test}`' for test in fault.seen_by.split())} |" for fault in FAULTS
    ]
    return "\n".join([BEGIN, "", "| Fout | Test die zakt |", "|---|---|", *rows, "", END])


def written_table() -> str:
    text = PROOF.read_text(encoding="utf-8")
    return text[text.index(BEGIN) : text.index(END) + len(END)]


def write_table() -> None:
    text = PROOF.read_text(encoding="utf-8")
    PROOF.write_text(text.replace(written_table(), table()), encoding="utf-8")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(asked: Sequence[str]) -> int:
    if list(asked) == ["--write"]:
        write_table()
        return 0
    os.environ.update(own_database(os.environ))
    other = [word.partition("=")[2] for word in asked if word.startswith("--by=")]
    words = [word for word in asked if not word.startswith("--")]
    chosen = [
        replace(fault, seen_by=other[0]) if other else fault
        for fault in FAULTS
        if not words or any(word in fault.what for word in words)
    ]
    missed = unseen(chosen)
    say(f"{len(chosen) - len(missed)} van {len(chosen)} gezien")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
