"""A story in the small world, told to the program and to the oracle at once; after each step everybody looks."""

from datetime import datetime
from itertools import product
from typing import Any

from django.db import transaction
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.proof.facts import PI, Facts
from tests.proof.small_world import BEGAN, OUTSIDE, PARTIES, SmallWorld

PAGES = ("", "screening/", "plan/", "informatiebladen/", "geschiedenis/", "inbreng/")
DOORS = (
    ("leefgebieden", ("leefgebied",)),
    ("plan", ("doel", "actie")),
    ("informatiebladen", ("blad",)),
)
"""Resources of the API, and what stands in them."""


class Telling(RuleBasedStateMachine):
    """One story: its facts, its cases, and everybody who looks on."""

    world: SmallWorld
    every_door = False

    def __init__(self) -> None:
        super().__init__()
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.facts, self.cases, self.inside = Facts(), {}, {}
        self.origin_code: dict[str, str] = {}
        self.origin: dict[str, str] = {}
        self.successor: dict[str, str] = {}
        self.meetings: list[Any] = []
        self.turn = 0
        self.world.clock.at = BEGAN

    def teardown(self) -> None:
        try:
            self.everybody_opens_a_door()
        finally:
            transaction.set_rollback(True)
            self._undo.__exit__(None, None, None)
            self._forget()

    def _forget(self) -> None:
        """What beheer changed is as it was, also in the rows that we hold."""
        for role in self.world.people.values():
            role.refresh_from_db()
        for party in self.world.parties.values():
            party.refresh_from_db()

    @property
    def now(self) -> datetime:
        return self.world.clock.at

    def begin(self, what: str) -> None:
        """Told when a story goes wrong."""
        note(f"{self.now:%d-%m %H:%M} {what}")

    # who

    def pick(self, number: int, among: list[str]) -> str:
        return among[number % len(among)]

    def prison_of(self, name: str) -> str:
        return next(
            party for party, capacity in self.facts.parties_in(name, self.now).items() if capacity == PI
        )

    def others_in(self, name: str, *capacities: str) -> list[str]:
        wanted = capacities or OUTSIDE
        found = self.facts.parties_in(name, self.now)
        return sorted(party for party, capacity in found.items() if capacity in wanted)

    def organisation(self, party: str) -> Any:
        return self.world.parties[party]

    # everybody looks

    @invariant()
    def everybody_reads_what_is_his(self) -> None:
        """Through the API: every party that takes part, and now and then one that does not; each case gets its turn."""
        self.turn += 1
        self._look()
        self.world.clock.passes(minutes=1)

    def _look(self) -> None:
        if self.every_door:
            self.everybody_opens_every_door()
        elif self.cases:
            name = sorted(self.cases)[self.turn % len(self.cases)]
            for place, party in enumerate(PARTIES):
                if self.facts.part_of(name, party, self.now) or place == self.turn % len(PARTIES):
                    self.program_reads(party, name, DOORS[(self.turn + place) % len(DOORS)])

    def everybody_opens_every_door(self) -> None:
        for name, party in product(self.cases, PARTIES):
            for door in DOORS:
                self.program_reads(party, name, door)
            for page in PAGES:
                self.employee_reads(party, name, page)
            self.program_reads_of_meetings(party)

    def everybody_opens_a_door(self) -> None:
        """At the end of a story each party opens one page of each case, and those that take part one resource."""
        for place, (name, party) in enumerate(product(self.cases, PARTIES)):
            self.employee_reads(party, name, PAGES[(self.turn + place) % len(PAGES)])
            if self.facts.part_of(name, party, self.now):
                self.program_reads(party, name, DOORS[(self.turn + place) % len(DOORS)])
                self.program_reads_of_meetings(party)

    def program_reads(self, party: str, name: str, door: tuple[str, tuple[str, ...]]) -> None:
        path, kinds = door
        status, body, seen = self.world.ask_api(party, f"/trajecten/{self.cases[name].pk}/{path}")
        at_work = self.facts.works(f"{party} works", self.now)
        part = self.facts.part_of(name, party, self.now) if at_work else None
        here = f"{party} at {path} of {name}"
        if part is None:
            assert (here, status, seen) == (here, 404 if at_work else 401, set())
            return
        wanted = self.facts.readable(name, party, self.now, *kinds)
        if path == "informatiebladen" and part.capacity == PI:
            wanted = set()  # what was sent to it
        assert (here, status, seen) == (here, 200, wanted)
        if path == "leefgebieden":
            shown = {row["leefgebied"] for row in body["resultaten"]}
            assert (here, shown) == (here, self.facts.open_domains(name, party, self.now))

    def employee_reads(self, party: str, name: str, page: str) -> None:
        """A page tells some of what he may read, and nothing else."""
        works = self.facts.works(f"{party} works", self.now) and self.facts.works(
            f"employee of {party}", self.now
        )
        part = self.facts.part_of(name, party, self.now) if works else None
        may = self.facts.readable(name, party, self.now) if part else set()
        status, seen = self.world.open_page(party, f"/zaken/{self.cases[name].pk}/{page}")
        here = f"{party} at page '{page}' of {name}"
        assert (here, seen - may) == (here, set())
        if works:
            assert (here, status != 404) == (here, part is not None)
        else:
            assert (here, status in (302, 403)) == (here, True)

    def program_reads_of_meetings(self, party: str) -> None:
        for meeting in self.meetings:
            _, _, seen = self.world.ask_api(party, f"/overleggen/{meeting.pk}")
            readable = {
                mark for one in self.cases for mark in self.facts.readable(one, party, self.now, "besluit")
            }
            assert (party, seen - readable) == (party, set())
