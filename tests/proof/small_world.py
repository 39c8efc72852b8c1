"""The doors of the small world: two PIs, three gemeenten, two reclasseringen, a partner and a ZVH; two persons.

What happens goes through actions; what is seen comes out of the API and the pages, as every party's own program and
employee gets it.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import unescape
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client
from oauth2_provider.models import AccessToken

from parties.models import ApiClient, Organisation, Role, RoleKind
from parties.viewer import Viewer
from tests.api.conftest import Api, Connect
from tests.conftest import Hire, SignedIn
from tests.factories.base import TestActor
from tests.proof.facts import GUEST, ORIGIN, PROBATION, RESETTLEMENT
from tests.worlds.sweep import borrowed

BEGAN = datetime(2026, 4, 20, 7, 0, tzinfo=UTC)
"""Monday morning, nine o'clock in Amsterdam."""
PRISONS, MUNICIPALITIES, PROBATIONS, GUESTS = (
    ("pi", "other_pi"),
    ("zwolle", "deventer", "kampen"),
    ("probation", "other_probation"),
    ("partner", "zvh"),
)
PARTIES = (*PRISONS, *MUNICIPALITIES, *PROBATIONS, *GUESTS)
WORK_OF = {
    **dict.fromkeys(PRISONS, RoleKind.CASEMANAGER),
    **dict.fromkeys(MUNICIPALITIES, RoleKind.AFTERCARE_COORDINATOR),
    **dict.fromkeys(PROBATIONS, RoleKind.PROBATION_OFFICER),
    "partner": RoleKind.PARTNER_CONTACT,
    "zvh": RoleKind.SAFETY_HOUSE_DIRECTOR,
}
OUTSIDE = (ORIGIN, RESETTLEMENT, PROBATION, GUEST)
MARK = re.compile(r"MERK\d{6}KREM")


class Clock:
    """The only clock; it stands still unless time passes."""

    def __init__(self) -> None:
        self.at = BEGAN

    def now(self) -> datetime:
        return self.at

    def passes(self, **by: int) -> None:
        self.at += timedelta(**by)


@dataclass
class SmallWorld:
    """Who there is, and how each of them looks."""

    clock: Clock
    parties: dict[str, Organisation]
    programs: dict[str, Api]
    people: dict[str, Role]
    heads: dict[str, Role]
    browsers: dict[str, Client]
    numbers: Any = field(default_factory=lambda: count(1))

    def mark(self) -> str:
        """A text that stands nowhere else."""
        return f"MERK{next(self.numbers):06d}KREM"

    def at_work(self, party: str) -> Viewer:
        return self._viewer(self.people[party])

    def head_of(self, prison: str) -> Viewer:
        """The afdelingshoofd, who chairs."""
        return self._viewer(self.heads[prison])

    def _viewer(self, role: Role) -> Viewer:
        return Viewer(role.organisation, role.kind, self.clock.at, user=role.user)

    def ask_api(self, party: str, path: str) -> tuple[int, Any, set[str]]:
        """Status, body and marks of one resource as the program of this party gets it."""
        answer = self.programs[party].get(path)
        body = answer.json() if answer["Content-Type"].endswith("json") else None
        return answer.status_code, body, marks_in(answer.content.decode())

    def open_page(self, party: str, path: str) -> tuple[int, set[str]]:
        """Status and marks of one page as the employee of this party gets it."""
        answer: HttpResponse = self.browsers[party].get(path)
        return answer.status_code, marks_in(unescape(answer.content.decode()))


def marks_in(text: str) -> set[str]:
    return set(MARK.findall(text))


def build(
    parties: dict[str, Organisation], clock: Clock, *, hire: Hire, signed_in: SignedIn, connect: Connect
) -> SmallWorld:
    """Hire an employee and connect a program for every party; their tokens and sessions outlive the story."""
    people = {name: hire(parties[name], WORK_OF[name]) for name in PARTIES}
    world = SmallWorld(
        clock=clock,
        parties=parties,
        programs={name: connect(parties[name], WORK_OF[name]) for name in PARTIES},
        people=people,
        heads={name: hire(parties[name], RoleKind.UNIT_HEAD) for name in PRISONS},
        browsers={},
    )
    AccessToken.objects.update(expires=BEGAN + timedelta(days=3650))
    for name in PARTIES:
        world.browsers[name] = borrowed(signed_in(world.at_work(name)))
    return world


def actor() -> TestActor:
    """Beheer, or the sender of a message."""
    return TestActor()


def keep(row: Role | ApiClient, **values: object) -> None:
    """What beheer writes on an account or a program."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(row, name, value)


def law_row(capacity: str, domain: str, kind: str, first: date, end: date | None) -> dict[str, str]:
    return {
        "code": "PBW18A",
        "article": "PM art. 20d",
        "capacity": capacity,
        "row_kind": kind,
        "domain": domain,
        "owner_kind": "pi",
        "organisation": "",
        "role": "",
        "with_title": "nee",
        "per_case": "ja",
        "needs_necessity": "ja",
        "valid_from": first.isoformat(),
        "valid_until": end.isoformat() if end else "",
        "source": "test",
        "verified": "ja",
    }
