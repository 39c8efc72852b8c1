"""Two storeys, one direction (docs/adr and README show the picture): what import-linter cannot say is proved here."""

import functools

import grimp
import pytest

APPS = ("parties", "cases", "consent", "plans", "meetings")
DOORS = ("views", "forms", "urls", "api", "tasks", "printing", "receivers", "admin", "management")
NEITHER = ("migrations", "apps")


@functools.cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("reintegratie", *APPS, exclude_type_checking_imports=True)


def storey(module: str) -> str:
    app, _, rest = module.partition(".")
    first = rest.split(".")[0]
    if app not in APPS or first in NEITHER:
        return "elsewhere"
    return "door" if first in DOORS else "ground"


def imports() -> list[tuple[str, str]]:
    known = graph()
    return [
        (module, other)
        for module in sorted(known.modules)
        for other in sorted(known.find_modules_directly_imported_by(module))
    ]


def app_of(module: str) -> str:
    return module.partition(".")[0]


def test_the_graph_holds_every_app():
    assert set(APPS) <= graph().modules


def test_no_door_imports_the_door_of_another_app():
    wrong = [
        f"{module} imports {other}"
        for module, other in imports()
        if storey(module) == storey(other) == "door" and app_of(module) != app_of(other)
    ]

    assert wrong == []


def test_the_ground_floor_never_imports_a_door():
    wrong = [
        f"{module} imports {other}"
        for module, other in imports()
        if storey(module) == "ground" and storey(other) == "door"
    ]

    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_the_ground_floor_imports_only_apps_below_it(app):
    below = APPS[: APPS.index(app) + 1]
    wrong = [
        f"{module} imports {other}"
        for module, other in imports()
        if app_of(module) == app
        and storey(module) == "ground"
        and app_of(other) in APPS
        and app_of(other) not in below
    ]

    assert wrong == []


def test_nobody_imports_the_top_of_the_house():
    wrong = [
        f"{module} imports {other}"
        for module, other in imports()
        if app_of(module) in APPS
        and app_of(other) == "reintegratie"
        and not other.startswith("reintegratie.lib")
    ]

    assert wrong == []


def test_the_cellar_imports_no_app():
    wrong = [
        f"{module} imports {other}"
        for module, other in imports()
        if module.startswith("reintegratie.lib") and app_of(other) in APPS
    ]

    assert wrong == []
