"""The informatieblad: exactly what may be shared at the moment of sending, never overwritten (R26-R34, C6.8-C6.11)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import TestCase

from cases.access import leave_case
from cases.models import Capacity, Case, CaseParty, Deadline, DeadlineStatus, LifeDomain, Notification
from cases.steps import Step
from consent.actions import withdraw_consent
from consent.models import Answer, Consent, Disclosure, GroundCode, RowKind
from parties.models import Organisation
from parties.viewer import Viewer
from plans.actions import (
    NecessityMissing,
    NoGround,
    NothingAnswered,
    RecipientsOpen,
    RecipientTakesNoPart,
    SheetChanged,
    finish_sharing,
    issue_sheet,
    open_sheet,
    record_domain,
    renew_sheets,
    revise_sheet_after_withdrawal,
)
from plans.models import InformationSheet, SheetPart, SheetState, SupportAnswer
from plans.sheets import draft_sheet
from reintegratie.lib.history import save_as
from tests.conftest import NOW, World
from tests.factories.base import TestActor
from tests.factories.cases import DeadlineFactory, take_part
from tests.factories.consent import ConsentFactory, StatutoryGroundFactory

Send = Callable[[], InformationSheet]


@pytest.fixture
def screened(case: Case, casemanager: Viewer) -> Case:
    for domain in (LifeDomain.HOUSING, LifeDomain.DEBTS, LifeDomain.CARE):
        record_domain(
            case=case,
            domain=domain,
            support_answer=SupportAnswer.REQUEST,
            support_request=f"CANARY-{domain}",
            by=casemanager,
            at=NOW,
        )
    return case


@pytest.fixture
def consents(screened: Case, world: World) -> dict[str, Consent]:
    return {
        domain: ConsentFactory(case=screened, recipient=world.zwolle, domain=domain)
        for domain in (LifeDomain.HOUSING, LifeDomain.DEBTS)
    }


@pytest.fixture
def send(screened: Case, world: World, casemanager: Viewer) -> Send:
    return lambda: issue_sheet(case=screened, recipient=world.zwolle, by=casemanager, at=NOW)


def domains_seen(viewer: Viewer, sheet: InformationSheet) -> set[str]:
    return {part.domain for part in SheetPart.objects.visible_to(viewer).filter(sheet=sheet)}


def withdraw(consent: Consent, by: Viewer) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        withdraw_consent(consent=consent, reason="", by=by, at=NOW)


def test_a_sheet_holds_exactly_the_domains_with_a_ground(
    consents: dict[str, Consent], send: Send, coordinator: Viewer, world: World
) -> None:
    sheet = send()

    assert (sheet.number, sheet.state, sheet.recipient) == (1, SheetState.ISSUED, world.zwolle)
    assert domains_seen(coordinator, sheet) == set(consents)


def test_a_sheet_without_any_ground_is_refused(send: Send) -> None:
    with pytest.raises(NoGround):
        send()


def test_a_ground_for_what_was_never_asked_is_not_enough(screened: Case, world: World, send: Send) -> None:
    ConsentFactory(case=screened, recipient=world.zwolle, domain=LifeDomain.NETWORK)

    with pytest.raises(NothingAnswered):
        send()


def test_who_does_not_take_part_gets_no_sheet(screened: Case, world: World, casemanager: Viewer) -> None:
    ConsentFactory(case=screened, recipient=world.deventer, domain=LifeDomain.HOUSING)

    with pytest.raises(RecipientTakesNoPart):
        issue_sheet(case=screened, recipient=world.deventer, by=casemanager, at=NOW)


def test_each_sheet_is_registered_as_a_disclosure_with_its_ground_per_domain(
    consents: dict[str, Consent], send: Send, world: World
) -> None:
    sheet = send()

    row = Disclosure.objects.get(document_id=str(sheet.pk))
    number = consents[LifeDomain.HOUSING].declaration_number
    assert (row.sender, row.recipient, row.document_version) == (world.pi, world.zwolle, 1)
    assert row.grounds[LifeDomain.HOUSING] == {"code": GroundCode.CONSENT, "reference": number}


def test_sending_twice_gives_one_version(consents: dict[str, Consent], send: Send) -> None:
    first, second = send(), send()

    assert first == second
    assert Disclosure.objects.filter(kind="informatieblad").count() == 1
    assert Notification.objects.filter(kind="informatieblad", channel="gebeurtenis").count() == 1


def test_a_changed_answer_gives_version_two_and_keeps_version_one(
    consents: dict[str, Consent], send: Send, screened: Case, casemanager: Viewer
) -> None:
    first = send()
    record_domain(
        case=screened, domain=LifeDomain.DEBTS, support_answer=SupportAnswer.NONE, by=casemanager, at=NOW
    )

    second = send()

    first = InformationSheet.objects.visible_to(casemanager).get(pk=first.pk)
    frozen = SheetPart.objects.visible_to(casemanager).get(sheet=first, domain=LifeDomain.DEBTS)
    assert (second.number, first.state, first.ended_at) == (2, SheetState.REPLACED, NOW)
    assert frozen.content["toelichting"] == "CANARY-schulden"


def test_withdrawal_between_preview_and_sending_stops_the_sending(
    consents: dict[str, Consent], screened: Case, world: World, casemanager: Viewer
) -> None:
    shown = draft_sheet(screened, world.zwolle, NOW).digest
    withdraw(consents[LifeDomain.DEBTS], casemanager)

    with pytest.raises(SheetChanged):
        issue_sheet(case=screened, recipient=world.zwolle, expected_digest=shown, by=casemanager, at=NOW)

    assert not Disclosure.objects.filter(kind="informatieblad").exists()


def test_withdrawal_makes_version_two_without_the_domain_and_a_notice(
    consents: dict[str, Consent], send: Send, casemanager: Viewer, coordinator: Viewer, world: World
) -> None:
    first = send()

    withdraw(consents[LifeDomain.DEBTS], casemanager)

    second = InformationSheet.objects.visible_to(coordinator).get(number=2)
    assert domains_seen(coordinator, second) == {LifeDomain.HOUSING}
    assert domains_seen(coordinator, first) == {LifeDomain.HOUSING}
    assert Disclosure.objects.get(document_id=str(second.pk)).domains == [LifeDomain.HOUSING]
    notice = Notification.objects.get(kind="informatieblad-ingetrokken", channel="gebeurtenis")
    assert notice.organisation == world.zwolle


def test_a_revision_never_widens(
    consents: dict[str, Consent], send: Send, screened: Case, world: World, casemanager: Viewer
) -> None:
    send()
    ConsentFactory(case=screened, recipient=world.zwolle, domain=LifeDomain.CARE)
    record_domain(
        case=screened, domain=LifeDomain.HOUSING, support_answer=SupportAnswer.NONE, by=casemanager, at=NOW
    )

    withdraw(consents[LifeDomain.DEBTS], casemanager)

    parts = SheetPart.objects.visible_to(casemanager).filter(sheet__number=2)
    assert [(part.domain, part.content["toelichting"]) for part in parts] == [("onderdak", "CANARY-onderdak")]


def test_withdrawing_the_last_domain_withdraws_the_sheet(
    consents: dict[str, Consent], send: Send, casemanager: Viewer, coordinator: Viewer
) -> None:
    send()

    for consent in consents.values():
        withdraw(consent, casemanager)

    sheets = InformationSheet.objects.visible_to(coordinator).order_by("number")
    assert [sheet.state for sheet in sheets] == [SheetState.REPLACED, SheetState.WITHDRAWN]
    assert not any(domains_seen(coordinator, sheet) for sheet in sheets)


def test_a_lost_echo_and_an_expiry_are_made_good_by_the_next_round(
    consents: dict[str, Consent], send: Send, casemanager: Viewer, coordinator: Viewer
) -> None:
    send()
    withdraw_consent(consent=consents[LifeDomain.DEBTS], reason="", by=casemanager, at=NOW)  # nobody hears it
    Consent.objects.filter(pk=consents[LifeDomain.HOUSING].pk).update(valid_until=NOW + timedelta(hours=1))

    renew_sheets(at=NOW)
    assert InformationSheet.objects.visible_to(coordinator).get(state=SheetState.ISSUED).number == 2

    later = NOW + timedelta(hours=2)
    renew_sheets(at=later)
    assert not InformationSheet.objects.visible_to(coordinator).filter(state=SheetState.ISSUED).exists()
    assert renew_sheets(at=later) == 0


def test_hearing_of_a_withdrawal_twice_changes_nothing(
    consents: dict[str, Consent], send: Send, screened: Case, world: World, casemanager: Viewer
) -> None:
    send()
    withdraw(consents[LifeDomain.DEBTS], casemanager)

    revise_sheet_after_withdrawal(case=screened, recipient=world.zwolle, at=NOW)

    assert InformationSheet.objects.visible_to(casemanager).count() == 2


def test_a_withdrawal_for_one_party_leaves_the_sheet_of_the_other_alone(
    consents: dict[str, Consent], send: Send, screened: Case, world: World, casemanager: Viewer
) -> None:
    ConsentFactory(case=screened, recipient=world.probation, domain=LifeDomain.DEBTS)
    send()
    other = issue_sheet(case=screened, recipient=world.probation, by=casemanager, at=NOW)

    withdraw(consents[LifeDomain.DEBTS], casemanager)

    assert InformationSheet.objects.visible_to(casemanager).get(pk=other.pk).state == SheetState.ISSUED


def test_a_gemeente_that_left_the_case_has_no_ground_left(
    consents: dict[str, Consent], send: Send, screened: Case, world: World, coordinator: Viewer
) -> None:
    sheet = send()
    row = CaseParty.objects.get(case=screened, party=world.zwolle)
    leave_case(row=row, until=NOW, by=TestActor(), at=NOW, why="overgedragen")

    revised = revise_sheet_after_withdrawal(case=screened, recipient=world.zwolle, at=NOW)

    assert revised is not None
    assert revised.state == SheetState.WITHDRAWN
    assert domains_seen(coordinator, sheet) == set()


def test_a_statutory_ground_asks_for_the_necessity(screened: Case, world: World, casemanager: Viewer) -> None:
    for kind in (RowKind.SHEET, RowKind.DOMAIN_RECORD):
        StatutoryGroundFactory(
            code=GroundCode.PBW18A,
            article="PM 20d",
            capacity="herkomst",
            row_kind=kind,
            domain=LifeDomain.HOUSING,
        )

    with pytest.raises(NecessityMissing):
        issue_sheet(case=screened, recipient=world.zwolle, by=casemanager, at=NOW)

    issue_sheet(case=screened, recipient=world.zwolle, necessity="Woning aanvragen", by=casemanager, at=NOW)
    assert Disclosure.objects.get(kind="deelbaar-plan").necessity == "Woning aanvragen"


@pytest.mark.parametrize(
    "until", [NOW + timedelta(hours=1), NOW - timedelta(days=30)], ids=["today", "back-dated"]
)
def test_a_law_that_is_switched_off_withdraws_what_stood_on_it(
    screened: Case, world: World, casemanager: Viewer, until: datetime
) -> None:
    ground = StatutoryGroundFactory(
        code=GroundCode.PBW18A, capacity="herkomst", row_kind=RowKind.SHEET, domain=LifeDomain.HOUSING
    )
    issue_sheet(case=screened, recipient=world.zwolle, necessity="Woning", by=casemanager, at=NOW)
    ground.valid_until = until
    save_as(ground, by=TestActor(), at=NOW + timedelta(hours=1), why="wet vervallen")

    renew_sheets(at=NOW + timedelta(hours=2))

    assert InformationSheet.objects.visible_to(casemanager).get().state == SheetState.WITHDRAWN


def test_after_a_transfer_the_new_version_belongs_to_the_pi_that_keeps_the_file(
    consents: dict[str, Consent], send: Send, screened: Case, casemanager: Viewer, world: World
) -> None:
    send()
    moved = NOW + timedelta(days=1)
    row = CaseParty.objects.get(case=screened, party=world.pi)
    leave_case(row=row, until=moved, by=TestActor(), at=moved, why="overplaatsing")
    take_part(screened, world.other_pi, Capacity.PRISON, since=moved)

    with TestCase.captureOnCommitCallbacks(execute=True):
        withdraw_consent(consent=consents[LifeDomain.DEBTS], reason="", by=casemanager, at=moved)

    second = InformationSheet.objects.unrestricted(reason="test").get(number=2)
    sent = Disclosure.objects.get(document_id=str(second.pk))
    assert (second.owner, sent.sender) == (world.other_pi, world.other_pi)


def test_the_receipt_is_written_once_by_the_recipient_alone(
    consents: dict[str, Consent], send: Send, casemanager: Viewer, coordinator: Viewer
) -> None:
    sheet = send()

    assert open_sheet(sheet=sheet, by=casemanager, at=NOW).opened_at is None
    assert open_sheet(sheet=sheet, by=coordinator, at=NOW).opened_at == NOW
    assert Disclosure.objects.get(document_id=str(sheet.pk)).opened_at == NOW


def test_sharing_is_done_when_every_party_got_a_sheet_or_a_no(
    consents: dict[str, Consent], send: Send, screened: Case, world: World, casemanager: Viewer
) -> None:
    DeadlineFactory(case=screened, step=Step.SHARE_REQUESTS)
    send()
    with pytest.raises(RecipientsOpen) as waiting:
        finish_sharing(case=screened, by=casemanager, at=NOW)
    assert waiting.value.names == [world.probation.name]

    ConsentFactory(case=screened, recipient=world.probation, answer=Answer.REFUSED)
    finish_sharing(case=screened, by=casemanager, at=NOW)

    assert Deadline.objects.get(case=screened).status == DeadlineStatus.MET


def test_sending_to_the_last_party_closes_the_term_by_itself(
    consents: dict[str, Consent], send: Send, screened: Case, world: World
) -> None:
    DeadlineFactory(case=screened, step=Step.SHARE_REQUESTS)
    ConsentFactory(case=screened, recipient=world.probation, answer=Answer.REFUSED)

    send()

    assert Deadline.objects.get(case=screened).status == DeadlineStatus.MET


def test_the_recipient_knows_a_withdrawn_sheet_and_no_other_party_does(
    consents: dict[str, Consent],
    send: Send,
    casemanager: Viewer,
    coordinator: Viewer,
    probation_officer: Viewer,
    world: World,
) -> None:
    send()
    recipient: Organisation = world.zwolle

    assert InformationSheet.objects.visible_to(coordinator).get().recipient == recipient
    assert not InformationSheet.objects.visible_to(probation_officer).exists()
