"""Every page of plans, tried as the outsider first; then the wrong role; then what a party may not read."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client, TestCase
from django.utils import timezone

from cases.models import SIX_DOMAINS, Case, LifeDomain
from consent.actions import withdraw_consent
from consent.models import Consent
from parties.models import ProcessingLine
from parties.viewer import Viewer
from plans.actions import (
    add_action,
    add_contribution,
    add_goal,
    discuss_plan,
    issue_sheet,
    record_child_check,
    record_domain,
    record_instrument,
    save_plan,
    start_plan,
)
from plans.models import Action, DomainRecord, Goal, InformationSheet, InstrumentKind, Plan
from tests.conftest import SignedIn, World
from tests.factories.consent import ConsentFactory

CANARY = "KANARIE"


@pytest.fixture
def full(case: Case, world: World, casemanager: Viewer, probation_officer: Viewer) -> Case:
    """Everything that may be written, with a canary in every text; nothing of it is shared with gemeente Zwolle."""
    now = timezone.now()
    common = {"by": casemanager, "at": now}
    for domain in LifeDomain:
        record_domain(
            case=case,
            domain=domain,
            status="dringend",
            support_answer="ja",
            support_request=f"{CANARY} {domain}",
            facts={"geldig_aanwezig": "ja"} if domain == LifeDomain.IDENTITY else {},
            **common,
        )
    today = casemanager.on
    scil = {"kind": InstrumentKind.SCIL, "outcome": "laag", "taken_on": today, "note": f"{CANARY} scil"}
    record_instrument(case=case, **scil, **common)
    record_child_check(case=case, answer="nee", asked_on=casemanager.on, **common)
    add_contribution(
        case=case,
        domain=LifeDomain.CARE,
        kind="advies",
        text=f"{CANARY} advies",
        by=probation_officer,
        at=now,
    )
    Case.objects.filter(pk=case.pk).update(phase="gescreend")
    plan = start_plan(case=case, **common)
    plan = save_plan(
        plan=plan,
        lead=world.pi,
        care_part=f"{CANARY} zorgdeel",
        security_part=f"{CANARY} veiligheid",
        reintegration_part=f"{CANARY} deel",
        **common,
    )
    discuss_plan(plan=plan, on=casemanager.on, view="akkoord", note=f"{CANARY} note", **common)
    for domain in SIX_DOMAINS:
        goal = add_goal(plan=plan, domain=domain, kind="gedrag", text=f"{CANARY} doel", **common)
        add_action(
            case=case,
            domain=domain,
            text=f"{CANARY} actie",
            assignee=world.pi,
            due_on=None,
            goal=goal,
            **common,
        )
    return case


@pytest.fixture
def browser(signed_in: SignedIn) -> Callable[[Viewer], Client]:
    return signed_in


def addresses(case: Case) -> list[str]:
    """Every page that answers a GET, with ids that exist."""
    goal = Goal.objects.unrestricted(reason="test").filter(case=case).first()
    action = Action.objects.unrestricted(reason="test").filter(case=case).first()
    found = {"doelen": goal.pk if goal else uuid4(), "acties": action.pk if action else uuid4()}
    paths = [
        "screening/",
        "screening/onderdak/",
        "screening/kind-check/",
        "screening/instrumenten/scil/",
        "inbreng/",
        "informatiebladen/",
        f"informatiebladen/voorbeeld/{case.origin_municipality_id}/",
        "plan/",
        "plan/interne-delen/",
        "plan/bespreken/",
        "plan/reactie/",
        "plan/versies/1/",
        "plan/plan.pdf",
        "plan/mijn-plan.pdf",
        "plan/doelen/nieuw/",
        f"plan/doelen/{found['doelen']}/",
        "plan/acties/nieuw/",
        f"plan/acties/{found['acties']}/",
        f"plan/acties/{found['acties']}/afdoen/",
    ]
    return [f"/zaken/{case.pk}/{path}" for path in paths]


def test_outsider_gets_the_same_answer_as_for_a_random_case(
    full: Case, other_coordinator: Viewer, browser: SignedIn
) -> None:
    client = browser(other_coordinator)
    nothing = client.get(f"/zaken/{uuid4()}/plan/")

    for address in addresses(full):
        hidden = client.get(address)
        assert (hidden.status_code, hidden.content) == (404, nothing.content), address


def test_roles_without_content_are_refused(full: Case, privacy_officer: Viewer, browser: SignedIn) -> None:
    client = browser(privacy_officer)

    assert {client.get(address).status_code for address in addresses(full)} == {403}


def test_the_bij_gemandateerde_of_the_same_gemeente_is_an_outsider(
    full: Case, bij_mandatary: Viewer, browser: SignedIn
) -> None:
    client = browser(bij_mandatary)

    assert {client.get(address).status_code for address in addresses(full)} == {404}


def test_the_casemanager_opens_every_page(full: Case, casemanager: Viewer, browser: SignedIn) -> None:
    client = browser(casemanager)
    statuses = {address: client.get(address).status_code for address in addresses(full)}

    refused = {address.rsplit("/", 2)[-2] for address, status in statuses.items() if status == 403}
    absent = {address.rsplit("/", 2)[-2] for address, status in statuses.items() if status == 404}
    assert (refused, absent) == ({"reactie"}, {"1"})  # the PI adopts, it does not react; no version yet


def test_a_director_reads_and_does_not_write(full: Case, director: Viewer, browser: SignedIn) -> None:
    client = browser(director)

    assert client.get(f"/zaken/{full.pk}/screening/").status_code == 200
    assert client.get(f"/zaken/{full.pk}/plan/plan.pdf").status_code == 200
    for path in ("screening/onderdak/", "plan/interne-delen/", "plan/doelen/nieuw/"):
        assert client.get(f"/zaken/{full.pk}/{path}").status_code == 403, path
    assert client.post(f"/zaken/{full.pk}/screening/afronden/").status_code == 403


def test_the_gemeente_never_reads_what_is_not_shared(
    full: Case, coordinator: Viewer, browser: SignedIn
) -> None:
    client = browser(coordinator)

    for address in addresses(full):
        page = client.get(address)
        assert page.status_code in (200, 403, 404), address
        assert CANARY not in page.content.decode("latin-1"), address


def test_consent_shows_one_domain_on_each_page_and_withdrawal_hides_it_at_the_next_click(
    full: Case, world: World, coordinator: Viewer, casemanager: Viewer, browser: SignedIn
) -> None:
    consent: Consent = ConsentFactory(case=full, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    client = browser(coordinator)
    pages = [f"/zaken/{full.pk}/{path}" for path in ("screening/", "plan/")]

    for page in pages:
        shown = client.get(page).content.decode()
        assert CANARY in shown
        assert f"{CANARY} zorg" not in shown

    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
    assert not [page for page in pages if CANARY in client.get(page).content.decode()]


def test_a_closed_door_is_the_same_empty_or_full(
    full: Case, case: Case, coordinator: Viewer, browser: SignedIn, casemanager: Viewer, world: World
) -> None:
    client = browser(coordinator)

    page = client.get(f"/zaken/{full.pk}/plan/").content.decode()

    assert page.count("Niet gedeeld met uw organisatie") == len(SIX_DOMAINS)
    assert "Uw acties" not in page


def test_reading_is_written_down_with_domains_and_grounds(
    full: Case, world: World, coordinator: Viewer, browser: SignedIn
) -> None:
    ConsentFactory(case=full, recipient=world.zwolle, domain=LifeDomain.HOUSING, declaration_number="TV-9")

    browser(coordinator).get(f"/zaken/{full.pk}/plan/")

    line = ProcessingLine.objects.get(activity="plan-inhoud", organisation=world.zwolle)
    assert (line.domains, line.ground) == ([LifeDomain.HOUSING], "TOESTEMMING TV-9")


def test_a_domain_that_does_not_exist_is_not_found(
    case: Case, casemanager: Viewer, browser: SignedIn
) -> None:
    client = browser(casemanager)

    assert client.get(f"/zaken/{case.pk}/screening/tuin/").status_code == 404
    assert client.get(f"/zaken/{case.pk}/screening/instrumenten/hamer/").status_code == 404


def test_saving_a_domain_and_taking_over_what_somebody_brought_in(
    case: Case, casemanager: Viewer, coordinator: Viewer, browser: SignedIn
) -> None:
    row = add_contribution(
        case=case,
        domain=LifeDomain.HOUSING,
        kind="lopend-traject",
        text="Staat op de lijst voor urgentie",
        by=coordinator,
        at=timezone.now(),
    )
    client, address = browser(casemanager), f"/zaken/{case.pk}/screening/onderdak/"

    ready = client.get(address, {"overnemen": str(row.pk)}).content.decode()
    assert ready.count("Staat op de lijst voor urgentie") == 2
    answer = client.post(
        address,
        {
            "version": "0",
            "support_answer": "ja",
            "support_request": "Kamer",
            "status": "aandacht",
            "vraag_woonsituatie": "huur",
        },
    )

    assert answer.status_code == 302
    saved = DomainRecord.objects.visible_to(casemanager).get()
    assert (saved.facts, saved.support_request) == ({"woonsituatie": "huur"}, "Kamer")


def test_wrong_answers_are_told_at_the_field_and_nothing_is_saved(
    case: Case, casemanager: Viewer, browser: SignedIn
) -> None:
    page = browser(casemanager).post(
        f"/zaken/{case.pk}/screening/onderdak/",
        {"version": "0", "support_answer": "ja", "status": "x", "vraag_woonsituatie": "kasteel"},
    )

    shown = page.content.decode()
    assert page.status_code == 200
    assert "Beschrijf de hulpvraag" in shown
    assert "kasteel" in shown
    assert not DomainRecord.objects.visible_to(casemanager).exists()


def test_the_second_editor_sees_both_texts_and_his_next_save_counts(
    case: Case, casemanager: Viewer, unit_head: Viewer, browser: SignedIn
) -> None:
    address = f"/zaken/{case.pk}/screening/schulden/"

    def save(viewer: Viewer, text: str, version: str) -> str:
        answers = {"version": version, "support_answer": "ja", "support_request": text, "status": "aandacht"}
        return browser(viewer).post(address, answers).content.decode()

    save(casemanager, "TEKST-EEN", "0")

    page = save(unit_head, "TEKST-TWEE", "0")
    assert "TEKST-EEN" in page
    assert "TEKST-TWEE" in page
    assert casemanager.name in page
    assert 'name="version" value="1"' in page

    save(unit_head, "TEKST-TWEE", "1")
    assert DomainRecord.objects.visible_to(casemanager).get().support_request == "TEKST-TWEE"


def test_finishing_too_early_says_what_is_missing(case: Case, casemanager: Viewer, browser: SignedIn) -> None:
    page = browser(casemanager).post(f"/zaken/{case.pk}/screening/afronden/", follow=True).content.decode()

    assert "De screening is nog niet klaar" in page
    assert "Kind-check" in page


def test_sheet_from_preview_to_receipt_to_paper(
    full: Case, world: World, casemanager: Viewer, coordinator: Viewer, browser: SignedIn
) -> None:
    ConsentFactory(case=full, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    sender, reader = browser(casemanager), browser(coordinator)
    address = f"/zaken/{full.pk}/informatiebladen/voorbeeld/{world.zwolle.pk}/"
    preview = sender.get(address)

    sent = sender.post(address, {"digest": preview.context["draft"].digest})
    assert sent.status_code == 302
    sheet = InformationSheet.objects.visible_to(casemanager).get()
    assert sheet.opened_at is None

    shown = reader.get(f"/zaken/{full.pk}/informatiebladen/{sheet.pk}/").content.decode()
    assert f"{CANARY} onderdak" in shown
    assert f"{CANARY} schulden" not in shown
    paper = reader.get(f"/zaken/{full.pk}/informatiebladen/{sheet.pk}/blad.pdf")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert InformationSheet.objects.visible_to(casemanager).get().opened_at is not None


def test_a_preview_that_is_outdated_is_not_sent(
    full: Case, world: World, casemanager: Viewer, browser: SignedIn
) -> None:
    ConsentFactory(case=full, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    address = f"/zaken/{full.pk}/informatiebladen/voorbeeld/{world.zwolle.pk}/"

    page = browser(casemanager).post(address, {"digest": "0" * 32}).content.decode()

    assert "Er is iets veranderd sinds het voorbeeld" in page
    assert not InformationSheet.objects.visible_to(casemanager).exists()


def test_a_withdrawn_sheet_says_only_that(
    full: Case, world: World, casemanager: Viewer, coordinator: Viewer, browser: SignedIn
) -> None:
    consent = ConsentFactory(case=full, recipient=world.zwolle, domain=LifeDomain.HOUSING)
    sheet = issue_sheet(case=full, recipient=world.zwolle, by=casemanager, at=timezone.now())
    with TestCase.captureOnCommitCallbacks(execute=True):
        withdraw_consent(consent=consent, reason="", by=casemanager, at=timezone.now())
    ConsentFactory(
        case=full, recipient=world.zwolle, domain=LifeDomain.HOUSING
    )  # given again: the sheet stays withdrawn
    client = browser(coordinator)

    page = client.get(f"/zaken/{full.pk}/informatiebladen/{sheet.pk}/").content.decode()

    assert "Dit informatieblad is ingetrokken" in page
    assert CANARY not in page
    assert client.get(f"/zaken/{full.pk}/informatiebladen/{sheet.pk}/blad.pdf").status_code == 404


def test_the_assignee_ticks_off_his_own_action_and_no_other(
    full: Case, world: World, casemanager: Viewer, coordinator: Viewer, browser: SignedIn
) -> None:
    own = add_action(
        case=full,
        domain=LifeDomain.DEBTS,
        text="Gesprek plannen",
        assignee=world.zwolle,
        due_on=None,
        by=casemanager,
        at=timezone.now(),
    )
    client, plan = browser(coordinator), f"/zaken/{full.pk}/plan/"
    assert "Gesprek plannen" in client.get(plan).content.decode()

    done = client.post(
        f"{plan}acties/{own.pk}/afdoen/", {"version": "1", "state": "gedaan", "result": "Gepland"}
    )

    assert done.status_code == 302
    assert Action.objects.visible_to(coordinator).get(pk=own.pk).result == "Gepland"
    other = Action.objects.visible_to(casemanager).filter(case=full, assignee=world.pi).first()
    assert client.get(f"{plan}acties/{other.pk}/afdoen/").status_code == 404


def test_a_new_action_that_would_be_late_at_once_is_told_at_its_day(
    full: Case, world: World, casemanager: Viewer, browser: SignedIn
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    sent = {"version": "0", "text": "Bellen", "assignee": str(world.pi.pk), "due_on": yesterday.isoformat()}

    page = browser(casemanager).post(f"/zaken/{full.pk}/plan/acties/nieuw/", sent).content.decode()

    assert "Deze dag is al voorbij" in page
    assert not Action.objects.visible_to(casemanager).filter(case=full, text="Bellen").exists()


def test_writing_a_plan_from_goal_to_action(
    full: Case, world: World, casemanager: Viewer, browser: SignedIn
) -> None:
    client, base = browser(casemanager), f"/zaken/{full.pk}/plan/"

    goal = client.post(
        f"{base}doelen/nieuw/",
        {"version": "0", "domain": "zorg", "kind": "re-integratie", "text": "Verzekering weer actief"},
    )
    action = client.post(
        f"{base}acties/nieuw/",
        {"version": "0", "text": "Verzekeraar bellen", "domain": "zorg", "assignee": str(world.pi.pk)},
    )

    assert (goal.status_code, action.status_code) == (302, 302)
    page = client.get(base).content.decode()
    assert "Verzekering weer actief" in page
    assert "Verzekeraar bellen" in page


def test_an_action_for_a_party_outside_the_case_is_refused_at_the_field(
    full: Case, world: World, casemanager: Viewer, browser: SignedIn
) -> None:
    page = browser(casemanager).post(
        f"/zaken/{full.pk}/plan/acties/nieuw/",
        {"version": "0", "text": "x", "domain": "", "assignee": str(world.deventer.pk)},
    )

    assert page.status_code == 200
    assert "Selecteer een geldige keuze" in page.content.decode()


def test_an_objection_needs_its_reason(full: Case, coordinator: Viewer, browser: SignedIn) -> None:
    page = browser(coordinator).post(f"/zaken/{full.pk}/plan/reactie/", {"answer": "bezwaar"})

    assert "Leg uit waar het bezwaar over gaat" in page.content.decode()


def test_nobody_else_than_the_pi_reads_the_head_of_the_plan(
    full: Case, coordinator: Viewer, casemanager: Viewer
) -> None:
    assert Plan.objects.visible_to(casemanager).filter(case=full).exists()
    assert not Plan.objects.visible_to(coordinator).filter(case=full).exists()
