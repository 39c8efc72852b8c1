"""Every text that somebody might not see carries a mark; everybody fetches everything; nobody reads another's mark.

Both ways: what is not for him is in no answer, and what is for him is in one, so that the sweep is seen to look.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.db.models import CharField, JSONField, Model, TextField
from pytest_django import DjangoCaptureOnCommitCallbacks

from cases.actions import deliver_mail
from consent.actions import withdraw_consent
from consent.models import Consent
from parties.viewer import Viewer
from tests.api.conftest import Connect
from tests.architecture.privacy_map import content_fields
from tests.conftest import SignedIn
from tests.worlds.oracle import Oracle, Place, content_tables, oracle_of, strays
from tests.worlds.personas import CLIENTS, PEOPLE, Persona
from tests.worlds.seeded import HOUSING, READ, WORK, Seeded, marks_in
from tests.worlds.sweep import Answer, addresses, api_addresses, api_answers, pages

WRITTEN_BY_THE_PROGRAM = {
    "DomainRecord.question_set",
    "InformationSheet.contact",
    "SheetPart.ground",
    "Action.closed_by",
    "ContentTerm.about",
    "ContentTerm.explanation",
}
"""Texts of content that nobody types: a version, the name of a colleague, a ground, how a date came about."""

NOT_IN_THE_API = {
    "CaseParty.assignment",
    "CaseTask.explanation",
    "Suspension.note",
    "Consent.explained_how",
    "Consent.representative",
    "Consent.withdrawal_reason",
    "InstrumentResult.note",
    "ChildCheck.contacted_who",
    "Plan.detainee_note",
    "PlanVersion.inner_part",
    "Attendance.reason",
    "ItemNote.detainee_absence_reason",
    "Note.text",
    "NetworkMember.name",
    "NetworkMember.phone",
    "Address.street",
    "Address.number",
    "Address.postcode",
    "Address.place",
}
"""What the API has no member for (contract 4)."""

NOT_FOR_A_PARTNER = {"DomainRecord.facts", "Contribution.text", "Action.result"}
"""What stands on pages that a netwerkpartner does not have: screening, inbreng, the history of a case."""

ASKS_FOR_ALL = {"casemanager", "other_casemanager", "coordinator", "probation_officer"}
"""Who asks for the pages of all three cases by hand; the others for those of the one that all parties share."""
SEES_AS_CASEMANAGER = {"unit_head", "director"}
SELDOM = SEES_AS_CASEMANAGER | {
    "kampen_coordinator",
    "other_probation_officer",
    "software of Kampen",
    "software of Deventer",
    "software of the other reclassering",
}
"""Of the same party or kind as others: they look in the long test."""
"""Of the same party as the casemanager: these follow links only."""

Fetch = Callable[[Persona], list[Answer]]


@pytest.fixture
def fetch(seeded: Seeded, signed_in: SignedIn, connect: Connect, request: pytest.FixtureRequest) -> Fetch:
    """Everything a persona can ask for, by browser or by software."""

    def _fetch(persona: Persona) -> list[Answer]:
        if persona.role is not None:
            api = connect(getattr(seeded.world, persona.party), persona.role)
            return list(api_answers(api, api_addresses(seeded)))
        viewer: Viewer = request.getfixturevalue(persona.name)
        cases = seeded.cases if persona.name in ASKS_FOR_ALL else [seeded.shared]
        by_hand = [] if persona.name in SEES_AS_CASEMANAGER else addresses(seeded, cases)
        return list(pages(signed_in(viewer), by_hand))

    return _fetch


@dataclass
class Look:
    """What one persona was told, beside what he may be told."""

    persona: Persona
    answers: list[Answer]
    oracle: Oracle

    @property
    def seen(self) -> set[str]:
        return {mark for answer in self.answers for mark in marks_in(answer.text)}

    @property
    def leaks(self) -> list[str]:
        """Marks that are not for him: what they stand for, and the page that told."""
        wrong = self.seen - self.oracle.readable(self.persona)
        return [
            f"{self.persona.name} reads {places(self.oracle.places[mark])} at {answer.url}"
            for mark in sorted(wrong)
            for answer in self.answers
            if mark in answer.text
        ]

    @property
    def missing(self) -> list[str]:
        """Marks that are for him and that he found nowhere; of who reads two pages of a kind only, none are missed."""
        if self.persona.name in SEES_AS_CASEMANAGER:
            return []
        hidden = self.oracle.readable(self.persona) - self.seen
        return [
            f"{self.persona.name} does not find {places(self.oracle.places[mark])}"
            for mark in sorted(hidden)
            if any(self._has_a_place_for(place) for place in self.oracle.places[mark])
        ]

    def _has_a_place_for(self, place: Place) -> bool:
        """Whether this persona has a page or a resource on which this text belongs, if he may read it there."""
        if not self.oracle.opens(self.persona, place):
            return False
        name = f"{place.table}.{place.column}"
        if self.persona.role is not None:
            return name not in NOT_IN_THE_API and not place.past
        if self.persona.party == "partner":
            return name not in NOT_FOR_A_PARTNER and not place.past and place.row.get("state") != "gedaan"
        return True

    @property
    def spilled(self) -> list[str]:
        """Addresses, titles and redirects that carry a name or content (quality 2.8), and faults."""
        return [answer.url for answer in self.answers if marks_in(answer.outside) or answer.status >= 500]


def places(found: Iterable[Place]) -> str:
    return ", ".join(sorted({str(place) for place in found}))


@pytest.mark.usefixtures("seeded")
class TestCanaries:
    """One world for all: it takes a while to build and to walk."""

    @pytest.mark.parametrize(
        "everybody", [False, pytest.param(True, marks=pytest.mark.long)], ids=["often", "all"]
    )
    def test_everybody_reads_what_is_his_and_nothing_else(
        self,
        everybody: bool,
        seeded: Seeded,
        fetch: Fetch,
        caplog: pytest.LogCaptureFixture,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        caplog.set_level(logging.INFO)
        oracle = oracle_of(seeded)
        self.every_text_of_content_carries_a_mark(oracle)

        for persona in (*PEOPLE, *CLIENTS):
            if persona.name in SELDOM and not everybody:
                continue
            self.reads_his_own_and_no_other(Look(persona, fetch(persona), oracle))

        self.nothing_of_a_person_leaves_by_mail()
        with django_capture_on_commit_callbacks(execute=True):
            self.take_back_a_consent(seeded)
        self.what_was_taken_back_is_gone_in_the_next_answer(seeded, fetch, oracle)
        assert strays() == {}
        assert marks_in(caplog.text) == set()

    def every_text_of_content_carries_a_mark(self, oracle: Oracle) -> None:
        """A new text field of content is seeded as well, or this fails."""
        marked = {f"{place.table}.{place.column}" for found in oracle.places.values() for place in found}
        wanted = {f"{model.__name__}.{name}" for model in content_tables() for name in texts_of(model)}

        assert wanted - WRITTEN_BY_THE_PROGRAM - marked == set()

    def reads_his_own_and_no_other(self, look: Look) -> None:
        assert len(look.answers) > 30
        assert look.leaks == []
        assert look.missing == []
        assert look.spilled == []

    def nothing_of_a_person_leaves_by_mail(self) -> None:
        deliver_mail(at=READ)

        assert len(mail.outbox) > 5
        for message in mail.outbox:
            assert marks_in(message.message().as_string()) == set()

    def take_back_a_consent(self, seeded: Seeded) -> None:
        consent = Consent.objects.get(case=seeded.shared, recipient=seeded.world.zwolle, domain=WORK)
        withdraw_consent(consent=consent, reason="", by=seeded.casemanager, at=READ)

    def what_was_taken_back_is_gone_in_the_next_answer(
        self, seeded: Seeded, fetch: Fetch, before: Oracle
    ) -> None:
        """Of all that he could read, only what no other yes, ownership or address opens is gone."""
        after = oracle_of(seeded)
        after.shared["zwolle"] = (HOUSING,)
        of_zwolle = [one for one in (*PEOPLE, *CLIENTS) if one.party == "zwolle" and one.works]

        assert len(of_zwolle) == 2
        for persona in of_zwolle:
            gone = before.readable(persona) - after.readable(persona)
            look = Look(persona, fetch(persona), after)
            assert len(gone) > 5
            assert look.seen & gone == set()
            self.reads_his_own_and_no_other(look)


def texts_of(model: type[Model]) -> list[str]:
    """The fields of content in which somebody can write."""
    fields = [model._meta.get_field(name) for name in content_fields(model._meta.label)]
    return [
        field.name
        for field in fields
        if isinstance(field, CharField | TextField | JSONField) and not field.choices
    ]
