"""House style that a linter does not know: thin doors, one file for guardian, and sizes that ask for a split."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("parties", "cases", "consent", "plans", "meetings")
DOORS = ("views", "forms", "urls", "api", "tasks", "printing", "receivers", "admin", "management")
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
LONGEST = {"source": 300, "tests": 500, "templates": 150}
LONGEST_FUNCTION = 50


def source_files() -> list[Path]:
    folders = [ROOT / name for name in (*APPS, "reintegratie")]
    return [
        file for folder in folders for file in sorted(folder.rglob("*.py")) if "migrations" not in file.parts
    ]


def test_files() -> list[Path]:
    return sorted((ROOT / "tests").rglob("*.py"))


test_files.__test__ = False  # a list of files, not a test


def door_files() -> list[Path]:
    return [
        file for file in source_files() if file.relative_to(ROOT).parts[0] in APPS and door_of(file) in DOORS
    ]


def door_of(file: Path) -> str:
    return Path(file.relative_to(ROOT).parts[1]).stem


def where(file: Path, line: int) -> str:
    return f"{file.relative_to(ROOT)}:{line}"


def nodes(file: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(file.read_text()))


def writes(source: str) -> list[int]:
    """The lines on which a method that writes to a table is called."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not any(word.arg == "commit" for word in node.keywords)  # save(commit=False) writes nothing
    ]


def test_no_door_writes():
    wrong = [where(file, line) for file in door_files() for line in writes(file.read_text())]

    assert wrong == []


@pytest.mark.parametrize(
    "line", ["case.save()", "Case.objects.create(x=1)", "qs.filter().update(a=2)", "goal.delete()"]
)
def test_a_write_is_recognised(line):
    assert writes(line) == [1]


def test_guardian_is_spoken_in_one_file():
    wrong = [
        where(file, node.lineno)
        for file in source_files()
        if file != ROOT / "cases/access.py"
        for node in nodes(file)
        if "guardian.shortcuts" in imported(node)
    ]

    assert wrong == []


def imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return set()


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("source", source_files()),
        ("tests", test_files()),
        ("templates", sorted((ROOT / "templates").rglob("*.*"))),
    ],
)
def test_no_file_needs_headings(kind, files):
    long = {
        file: len(file.read_text().splitlines())
        for file in files
        if file.suffix in {".py", ".html", ".txt", ".typ"}
    }

    assert [
        f"{file.relative_to(ROOT)}: {lines}" for file, lines in long.items() if lines > LONGEST[kind]
    ] == []


def test_no_function_is_longer_than_a_screen():
    wrong = [
        f"{where(file, node.lineno)} {node.name}: {length}"
        for file in [*source_files(), *test_files()]
        for node in nodes(file)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]

    assert wrong == []
