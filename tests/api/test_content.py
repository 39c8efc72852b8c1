"""Content through the API: the one visibility rule, in every channel, at every moment."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Capacity, Case, LifeDomain
from consent.actions import withdraw_consent
from consent.models import Consent
from parties.models import ProcessingLine, RoleKind
from parties.viewer import Viewer
from plans.actions import issue_sheet, record_domain
from plans.models import Contribution, DomainRecord, SupportAnswer
from tests.api.conftest import Api, Connect
from tests.conftest import World
from tests.factories.cases import take_part
from tests.factories.consent import ConsentFactory
from tests.factories.plans import ActionFactory, DomainRecordFactory, GoalFactory, PlanFactory


def record(case: Case, world: World, domain: LifeDomain, request: str) -> DomainRecord:
    return DomainRecordFactory(
        case=case,
        owner=world.pi,
        domain=domain,
        support_answer=SupportAnswer.REQUEST,
        support_request=request,
    )


def domains(api: Api, case: Case) -> dict[str, dict[str, object]]:
    answer = api.get(f"/trajecten/{case.pk}/leefgebieden")
    assert answer.status_code == 200, answer.content
    return {row["leefgebied"]: row for row in answer.json()["resultaten"]}


def withdraw(consent: Consent, by: Viewer) -> None:
    now = timezone.now()
    withdraw_consent(consent=consent, reason="bedacht zich", by=by, at=now)


def test_consent_opens_a_domain_and_withdrawal_closes_it_in_the_next_call(
    case: Case, world: World, casemanager: Viewer, probation_api: Api
) -> None:
    record(case, world, LifeDomain.HOUSING, "een kamer")
    record(case, world, LifeDomain.DEBTS, "schuldhulp")
    assert domains(probation_api, case) == {}

    consent = ConsentFactory(case=case, recipient=world.probation, domain=LifeDomain.HOUSING)
    (housing,) = domains(probation_api, case).values()
    assert housing["leefgebied"] == "onderdak"
    assert housing["hulpvraag"] == {"antwoord": "ja", "toelichting": "een kamer"}
    assert consent.declaration_number in str(housing["grondslag"])

    withdraw(consent, casemanager)
    assert domains(probation_api, case) == {}


def test_what_is_open_but_empty_is_open_and_unknown(case: Case, world: World, probation_api: Api) -> None:
    ConsentFactory(case=case, recipient=world.probation, domain=LifeDomain.CARE)

    (care,) = domains(probation_api, case).values()

    assert (care["status"], care["gewijzigdOp"]) == ("onbekend", None)


def test_reading_a_domain_leaves_its_ground_in_the_ledger(
    case: Case, world: World, probation_api: Api
) -> None:
    consent = ConsentFactory(case=case, recipient=world.probation, domain=LifeDomain.HOUSING)

    domains(probation_api, case)

    line = ProcessingLine.objects.get(activity="leefgebieden-inhoud", case_id=case.pk)
    assert line.domains == ["onderdak"]
    assert consent.declaration_number in line.ground


def test_a_contribution_is_brought_in_once(case: Case, probation_api: Api, pi_api: Api) -> None:
    body = {
        "soort": "toezicht",
        "inhoud": "Meldt zich wekelijks",
        "leefgebied": "onderdak",
        "vanaf": "2026-01-05",
    }
    path = f"/trajecten/{case.pk}/inbreng"

    first = probation_api.post(path, body, **{"Idempotency-Key": "a1"})
    again = probation_api.post(path, body, **{"Idempotency-Key": "a1"})

    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert Contribution.objects.unrestricted(reason="test").count() == 1
    assert pi_api.get(path).json()["resultaten"] == [first.json()]
    assert first.json()["organisatie"]["code"] == "RN-NO"


def test_a_key_is_bound_to_its_call_and_its_client(
    case: Case, probation_api: Api, municipality_api: Api
) -> None:
    path, headers = f"/trajecten/{case.pk}/inbreng", {"Idempotency-Key": "a1"}
    probation_api.post(path, {"soort": "advies", "inhoud": "een"}, **headers)

    other = probation_api.post(path, {"soort": "advies", "inhoud": "twee"}, **headers)
    another_client = municipality_api.post(path, {"soort": "advies", "inhoud": "een"}, **headers)

    assert other.status_code == 400
    assert other.json()["errors"][0]["location"] == {"name": "Idempotency-Key"}
    assert another_client.status_code == 201


def test_a_refused_call_does_not_use_up_its_key(case: Case, probation_api: Api) -> None:
    path, headers = f"/trajecten/{case.pk}/inbreng", {"Idempotency-Key": "a1"}

    assert probation_api.post(path, {"soort": "advies"}, **headers).status_code == 400
    assert probation_api.post(path, {"soort": "advies", "inhoud": "een"}, **headers).status_code == 201


@pytest.mark.parametrize("key", ["", "met spatie", "x" * 201, "é"])
def test_a_strange_key_is_refused(case: Case, probation_api: Api, key: str) -> None:
    body = {"soort": "advies", "inhoud": "een"}

    answer = probation_api.post(f"/trajecten/{case.pk}/inbreng", body, **{"Idempotency-Key": key})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/soort", "/inhoud"}),
        ({"soort": "roddel", "inhoud": " ", "kleur": 1, "id": "x"}, {"/soort", "/inhoud", "/kleur", "/id"}),
        ({"soort": "advies", "inhoud": "x" * 4001}, {"/inhoud"}),
        ({"soort": "advies", "inhoud": None}, {"/inhoud"}),
        ({"soort": "advies", "inhoud": {"a": 1}}, {"/inhoud"}),
        ({"soort": "advies", "inhoud": "x", "vanaf": "morgen"}, {"/vanaf"}),
        ({"soort": "advies", "inhoud": "x", "vanaf": "2026-05-02", "tot": "2026-05-01"}, {"/tot"}),
        ({"soort": "advies", "inhoud": "x", "leefgebied": "sport"}, {"/leefgebied"}),
        ({"soort": ["advies"], "inhoud": "x"}, {"/soort"}),
        ({"soort": "advies", "inhoud": "a\x00b"}, {"/inhoud"}),
        ({"soort": "advies", "inhoud": "x", "a/b~c": 1}, {"/a~1b~0c"}),
        ([], {""}),
        ("tekst", {""}),
        (None, {""}),
        (1, {""}),
    ],
)
def test_a_bad_body_is_told_whole_and_nothing_is_saved(
    case: Case, probation_api: Api, body: object, pointers: set[str]
) -> None:
    answer = probation_api.post(f"/trajecten/{case.pk}/inbreng", body if body is not None else "null")

    assert answer.status_code == 400, answer.content
    assert {error["location"]["pointer"] for error in answer.json()["errors"]} == pointers
    assert not Contribution.objects.unrestricted(reason="test").exists()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"a":1,}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"soort":"advies","inhoud":"\\ud800"}',
        b'{"\\ud800":1}',
        b'{"soort":NaN}',
        b'{"soort":' + b"9" * 5000 + b"}",
    ],
)
def test_unreadable_json_is_a_problem_and_never_a_fault(case: Case, probation_api: Api, raw: bytes) -> None:
    answer = probation_api.post(f"/trajecten/{case.pk}/inbreng", raw)

    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_body_that_is_too_large_or_of_another_kind_is_refused(case: Case, probation_api: Api) -> None:
    path = f"/api/v1/trajecten/{case.pk}/inbreng"

    assert probation_api.post(path, b'{"inhoud":"' + b"x" * 1_000_001 + b'"}').status_code == 413
    assert probation_api.call("POST", path, b"<a/>", **{"Content-Type": "text/xml"}).status_code == 415


def test_a_partner_may_not_bring_in_and_an_outsider_sees_no_case(
    case: Case, world: World, outsider_api: Api, connect: Connect
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    partner = connect(world.partner, RoleKind.PARTNER_CONTACT)
    path, body = f"/trajecten/{case.pk}/inbreng", {"soort": "advies", "inhoud": "x"}

    assert partner.post(path, body).status_code == 403
    hidden, absent = outsider_api.post(path, body), outsider_api.post(f"/trajecten/{uuid4()}/inbreng", body)
    assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_a_sheet_shows_what_was_sent_and_says_nothing_more_once_withdrawn(
    case: Case, world: World, casemanager: Viewer, probation_api: Api, municipality_api: Api
) -> None:
    record(case, world, LifeDomain.HOUSING, "een kamer")
    consent = ConsentFactory(case=case, recipient=world.probation, domain=LifeDomain.HOUSING)
    now = timezone.now()
    sheet = issue_sheet(case=case, recipient=world.probation, by=casemanager, at=now)
    path = f"/trajecten/{case.pk}/informatiebladen"

    (listed,) = probation_api.get(path).json()["resultaten"]
    shown = probation_api.get(f"{path}/1").json()
    assert listed == shown
    assert shown["leefgebieden"][0]["leefgebied"] == "onderdak"
    assert "een kamer" in str(shown)
    sheet.refresh_from_db(from_queryset=type(sheet).objects.unrestricted(reason="test"))
    assert sheet.opened_at is not None
    assert municipality_api.get(path).json()["resultaten"] == []
    assert municipality_api.get(f"{path}/1").status_code == 404
    paper = probation_api.get(f"{path}/1/pdf", Accept="application/pdf")
    assert paper.content.startswith(b"%PDF")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert municipality_api.get(f"{path}/1/pdf", Accept="application/pdf").status_code == 404

    withdraw(consent, casemanager)

    assert "een kamer" not in str(probation_api.get(f"{path}/1").json())
    assert probation_api.get(f"{path}/1/pdf").status_code == 404


def test_the_list_of_sheets_costs_the_same_for_one_and_for_five(
    case: Case, world: World, casemanager: Viewer, probation_api: Api
) -> None:
    ConsentFactory(case=case, recipient=world.probation, domain=LifeDomain.HOUSING)

    def send(turn: int) -> None:
        now = timezone.now()
        request = {"support_answer": "ja", "support_request": f"kamer {turn}"}
        record_domain(case=case, domain=LifeDomain.HOUSING, by=casemanager, at=now, **request)
        issue_sheet(case=case, recipient=world.probation, by=casemanager, at=now)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed = probation_api.get(f"/trajecten/{case.pk}/informatiebladen").json()["resultaten"]
        assert [str(sheet).count("kamer") for sheet in listed] == [1] * len(listed)
        return len(captured)

    send(1)
    one = statements()
    for turn in range(2, 6):
        send(turn)

    assert statements() == one


@pytest.mark.parametrize("number", ["0", "2", "999999999999999999999999"])
def test_a_sheet_that_was_not_sent_is_not_there(case: Case, probation_api: Api, number: str) -> None:
    assert probation_api.get(f"/trajecten/{case.pk}/informatiebladen/{number}").status_code == 404


def test_the_plan_holds_own_actions_and_open_domains(
    case: Case, world: World, probation_api: Api, pi_api: Api
) -> None:
    plan = PlanFactory(case=case, owner=world.pi, lead=world.pi, security_part="cel op de begane grond")
    housing = GoalFactory(plan=plan, domain=LifeDomain.HOUSING, text="een kamer")
    GoalFactory(plan=plan, domain=LifeDomain.CARE, text="naar de huisarts")
    mine = ActionFactory(case=case, owner=world.pi, assignee=world.probation, domain=LifeDomain.DEBTS)
    ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, domain=LifeDomain.CARE)
    ConsentFactory(case=case, recipient=world.probation, domain=LifeDomain.HOUSING)

    ours = probation_api.get(f"/trajecten/{case.pk}/plan").json()
    theirs = pi_api.get(f"/trajecten/{case.pk}/plan").json()

    assert [goal["id"] for goal in ours["doelen"]] == [str(housing.pk)]
    assert [action["id"] for action in ours["acties"]] == [str(mine.pk)]
    assert ours["versie"] == 0
    assert {"kop", "binnenDeInrichting"}.isdisjoint(ours)
    assert len(theirs["doelen"]) == len(theirs["acties"]) == 2
    assert theirs["binnenDeInrichting"]["veiligheidEnBeveiliging"] == "cel op de begane grond"


def test_no_plan_and_a_hidden_plan_look_the_same(case: Case, world: World, probation_api: Api) -> None:
    without = probation_api.get(f"/trajecten/{case.pk}/plan")

    GoalFactory(plan=PlanFactory(case=case, owner=world.pi), domain=LifeDomain.CARE)

    assert probation_api.get(f"/trajecten/{case.pk}/plan").content == without.content


def test_a_party_agrees_or_objects_with_a_reason(case: Case, probation_api: Api, pi_api: Api) -> None:
    path = f"/trajecten/{case.pk}/plan/reacties"

    assert probation_api.post(path, {"reactie": "akkoord"}).status_code == 201
    assert (
        probation_api.post(path, {"reactie": "bezwaar"}).json()["errors"][0]["location"]["pointer"]
        == "/toelichting"
    )
    objection = probation_api.post(path, {"reactie": "bezwaar", "toelichting": "geen woning"})
    assert objection.status_code == 201
    assert [row["reactie"] for row in pi_api.get(path).json()["resultaten"]] == ["akkoord", "bezwaar"]
    assert pi_api.post(path, {"reactie": "akkoord"}).status_code == 403
