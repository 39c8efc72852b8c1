"""The examples of docs/scenario.md build the world they describe; a fault builds nothing and says where it is."""

import json
import re
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db.models import TextChoices
from django.utils import timezone
from pytest_django import Settings

from cases.models import Case, CustodyTitle, InflowType, LifeDomain, Phase
from consent.models import Answer, Evidence
from consent.visibility import sight_of
from meetings.models import AgendaItem, DecisionKind, ItemKind, Meeting, MeetingKind, MeetingState
from parties.models import AuditLine, Organisation, Role, User
from parties.personas import DEMO_PASSWORD
from parties.viewer import Viewer
from plans.models import (
    Action,
    ChildCheckAnswer,
    ContributionKind,
    DetaineeView,
    DomainRecord,
    DomainStatus,
    Goal,
    GoalKind,
    InformationSheet,
    InstrumentKind,
    InstrumentOutcome,
    Plan,
    SafetyReport,
    SupportAnswer,
)

PEOPLE = [
    ("casemanager@zwolle.pi.test", "pi:ZWO", "casemanager"),
    ("afdelingshoofd@zwolle.pi.test", "pi:ZWO", "afdelingshoofd"),
    ("directeur@zwolle.pi.test", "pi:ZWO", "directeur"),
    ("nazorg@zwolle.gemeente.test", "gemeente:0193", "coordinator-nazorg"),
    ("bij@zwolle.gemeente.test", "gemeente:0193", "bij-gemandateerde"),
]
CASE = "5d0c0000-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def demonstration(db: None, settings: Settings) -> None:
    settings.DEMO = True


def documented() -> dict[str, Any]:
    """The examples of the page, what a case may hold more included, with an id wherever it leaves one to the reader."""
    text = (project.BASE_DIR / "docs" / "scenario.md").read_text(encoding="utf-8")
    ids = (str(UUID(int=number)) for number in count(1))
    examples = [
        re.sub(r'"…"(?=[,}])', lambda _: f'"{next(ids)}"', example)
        for example in re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    ]
    case, meeting = (json.loads(example) for example in examples if example.startswith("{"))
    for more in (example for example in examples if example.startswith('"partners"')):
        case |= json.loads(f"{{{more}}}")
    case["plan"]["acties"][0]["doel"] = case["plan"]["doelen"][0]["id"]
    return {
        "referentie": True,
        "organisaties": [
            {"id": str(UUID(int=900)), "soort": "netwerkpartner", "code": "BUURT", "naam": "Buurthuis"},
            {"id": str(UUID(int=901)), "soort": "zvh", "code": "ZVH1", "naam": "Veiligheidshuis"},
        ],
        "gebruikers": [
            {
                "email": email,
                "naam": email.split("@")[0],
                "wachtwoord": DEMO_PASSWORD,
                "rollen": [{"organisatie": organisation, "rol": role}],
            }
            for email, organisation, role in PEOPLE
        ],
        "zaken": [case],
        "overleggen": [meeting],
    }


def load(tmp_path: Path, scenario: object) -> None:
    file = tmp_path / "wereld.json"
    file.write_text(scenario if isinstance(scenario, str) else json.dumps(scenario), encoding="utf-8")
    call_command("load_scenario", str(file), verbosity=0)


def test_the_documented_world_stands_as_described(tmp_path: Path) -> None:
    scenario = documented()

    load(tmp_path, scenario)

    case = Case.objects.get(detention_number="INS-T-1")
    assert (str(case.pk), case.phase) == (CASE, Phase.PLAN_ADOPTED)
    assert Organisation.objects.get(code="BUURT").pk == UUID(int=900)
    told = scenario["zaken"][0]
    for model, row in (
        (DomainRecord, told["leefgebieden"][0]),
        (InformationSheet, told["informatiebladen"][0]),
        (Plan, told["plan"]),
        (Goal, told["plan"]["doelen"][0]),
        (Action, told["plan"]["acties"][0]),
        (SafetyReport, told["bijzondereMeldingen"][0]),
    ):
        assert model.objects.unrestricted(reason="test").filter(pk=row["id"], case=case).exists(), model
    assert case.parties.filter(capacity__in=("netwerkpartner", "zvh"), on_title=False).count() == 2
    safety_house = Viewer(Organisation.objects.get(code="ZVH1"), "procesregisseur-zvh", timezone.now())
    assert set(sight_of(safety_house, case).grounds) == {"onderdak"}
    meeting = Meeting.objects.get(pk=scenario["overleggen"][0]["id"])
    assert meeting.state == MeetingState.HELD
    item = AgendaItem.objects.unrestricted(reason="test").get(meeting=meeting)
    assert str(item.pk) == scenario["overleggen"][0]["agenda"][0]["id"]


def test_what_a_scenario_does_stands_in_the_ledger_under_its_own_person(tmp_path: Path) -> None:
    load(tmp_path, documented())

    chair = User.objects.get(email="afdelingshoofd@zwolle.pi.test")
    assert AuditLine.objects.filter(user_id=chair.pk).exists()


def test_the_same_scenario_again_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, documented())
    before = (Case.objects.count(), Role.objects.count(), AuditLine.objects.count())

    with pytest.raises(CommandError, match="bestaat al"):
        load(tmp_path, documented())

    assert (Case.objects.count(), Role.objects.count(), AuditLine.objects.count()) == before


@pytest.mark.parametrize(
    "values",
    [
        LifeDomain,
        DomainStatus,
        SupportAnswer,
        ContributionKind,
        InstrumentKind,
        InstrumentOutcome,
        ChildCheckAnswer,
        Answer,
        Evidence,
        GoalKind,
        DetaineeView,
        MeetingKind,
        ItemKind,
        DecisionKind,
        InflowType,
        CustodyTitle,
    ],
)
def test_the_page_names_every_value_of_a_list(values: type[TextChoices]) -> None:
    page = (project.BASE_DIR / "docs" / "scenario.md").read_text(encoding="utf-8")

    assert f"`{', '.join(values.values)}`" in page


def spoiled(path: str, value: object) -> dict[str, Any]:
    """The documented world with one thing wrong."""
    scenario = documented()
    *way, last = path.split(".")
    place: Any = scenario
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return scenario


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("zaken.0.inrichting", "pi:BESTAATNIET", "BESTAATNIET"),
        ("zaken.0.begin", "gisteren", "geen moment met tijdzone: gisteren"),
        ("zaken.0.door", "niemand@zwolle.pi.test", "niemand@zwolle.pi.test"),
        ("zaken.0.toestemming", [], "onbekende sleutel 'toestemming'"),
        ("zaken.0.leefgebieden.0.leefgebied", "huis", "huis"),
        ("zaken.0.leefgebieden.0.kleur", "rood", "onbekende sleutel 'kleur'"),
        ("zaken.0.plan.acties.0.partij", "gemeente:9999", "gemeente:9999"),
        ("overleggen.0.agenda.0.zaak", "INS-WEG", "INS-WEG"),
        ("zaken.0.toestemmingen.0.antwoorden", {"onderdak": "misschien"}, "misschien"),
        ("zaken.0.toestemmingen.0.bewijs", "handdruk", "handdruk"),
        ("overleggen.0.soort", "borrel", "borrel"),
        ("overleggen.0.agenda.0.soort", "overig", "overig"),
        ("overleggen.0.agenda.0.besluiten.0.soort", "overig", "overig"),
        ("gebruikers.0.rollen.0.rol", "koning", "koning"),
        ("zakjes", [], "onbekende sleutel 'zakjes'"),
    ],
)
def test_a_fault_is_named_and_nothing_is_built(tmp_path: Path, path: str, value: object, says: str) -> None:
    with pytest.raises(CommandError) as fault:
        load(tmp_path, spoiled(path, value))

    assert says in str(fault.value)
    assert not User.objects.exists()
    assert not Case.objects.exists()


@pytest.mark.parametrize("text", ["", "geen json", "[]", '{"zaken": 3}', '{"zaken": [3]}'])
def test_a_file_that_is_no_scenario_gets_a_message(tmp_path: Path, text: str) -> None:
    with pytest.raises(CommandError):
        load(tmp_path, text)


def test_a_scenario_is_never_loaded_in_production(tmp_path: Path, settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="nooit in productie"):
        load(tmp_path, documented())
