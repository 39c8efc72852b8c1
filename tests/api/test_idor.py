"""Every id that any client ever sees, tried by every other client on every address that takes an id."""

import re
from uuid import uuid4

import pytest

from cases.models import Capacity, Case
from parties.models import RoleKind
from parties.viewer import Viewer
from tests.api.conftest import Api, Connect
from tests.api.full import address, fill
from tests.api.test_walk import ABOUT_ONE, CALLS, call
from tests.conftest import World
from tests.factories.cases import CaseFactory, take_part

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def clients(case: Case, world: World, casemanager: Viewer, connect: Connect) -> dict[str, Api]:
    """Two cases: one that RN follows with everything shared, one that SVG follows; and every kind of party."""
    other = CaseFactory(origin_municipality=world.deventer)
    take_part(other, world.pi, Capacity.PRISON)
    take_part(other, world.deventer, Capacity.ORIGIN)
    take_part(other, world.other_probation, Capacity.PROBATION)
    fill(case, world, casemanager, world.probation)
    fill(other, world, casemanager, world.other_probation)
    return {
        "pi": connect(world.pi, RoleKind.CASEMANAGER),
        "rn": connect(world.probation),
        "svg": connect(world.other_probation),
        "zwolle": connect(world.zwolle, RoleKind.AFTERCARE_COORDINATOR),
        "kampen": connect(world.kampen, RoleKind.AFTERCARE_COORDINATOR),
        "bij": connect(world.zwolle, RoleKind.BIJ_MANDATARY),
        "partner": connect(world.partner, RoleKind.PARTNER_CONTACT),
    }


def seen_by(api: Api) -> set[str]:
    """Every id in everything this client can read, starting from the lists."""
    found: set[str] = set()
    lists = [path for path, method in CALLS if method == "get" and "{id}" not in path]
    for path in lists:
        found |= set(UUID.findall(api.get(path).content.decode(errors="replace")))
    for path, method in ABOUT_ONE:
        if method == "get":
            for pk in sorted(tried_on(path, found)):
                answer = api.get(address(path, fitting(path, pk)))
                found |= (
                    set(UUID.findall(answer.content.decode(errors="replace")))
                    if answer.status_code == 200
                    else set()
                )
    return found


def test_an_id_of_another_is_worth_nothing(clients: dict[str, Api]) -> None:
    seen = {name: seen_by(api) for name, api in clients.items()}
    every = set().union(*seen.values())
    assert len(seen["pi"]) > len(seen["rn"]) > 3
    assert seen["rn"] != seen["svg"]

    for name in ("rn", "svg", "zwolle", "kampen", "bij", "partner"):
        for path, method in ABOUT_ONE:
            nothing = call(clients[name], path, method, fitting(path, str(uuid4())))
            for pk in sorted(tried_on(path, every - seen[name])):
                answer = call(clients[name], path, method, fitting(path, pk))
                asked = (name, path, method, pk)
                assert (answer.status_code, answer.content) == (nothing.status_code, nothing.content), asked


def tried_on(path: str, ids: set[str]) -> set[str]:
    """Every id on the addresses of one thing; behind those only ids of what they belong to, or this takes minutes."""
    if path.endswith("{id}"):
        return ids
    cases = {str(pk) for pk in Case.objects.values_list("pk", flat=True)}
    return ids & cases


def fitting(path: str, pk: str) -> dict[str, str]:
    return {path.split("/")[1]: pk}
