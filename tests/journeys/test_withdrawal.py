"""What must follow a withdrawal follows: at once, or within minutes when something failed or died (quality 3.1, flow 3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

import meetings.tasks
import plans.tasks
from cases.models import Case, LifeDomain, Notification
from consent.actions import decide, withdraw_consent
from consent.models import Answer, Consent, Evidence
from meetings.actions import print_agenda
from meetings.models import AgendaPrint
from parties.models import Organisation
from parties.viewer import Viewer
from plans.actions import issue_sheet, record_domain
from plans.models import InformationSheet, SheetState
from tests.conftest import SignedIn, World
from tests.factories.consent import ConsentFactory
from tests.factories.meetings import MeetingFactory, on_agenda
from tests.machinery import held

HOUSING, DEBTS = LifeDomain.HOUSING, LifeDomain.DEBTS
Copy = Callable[[], AgendaPrint]


@pytest.fixture
def pi(casemanager: Viewer) -> Viewer:
    """The casemanager, by the real clock: pages and tasks read it too."""
    return replace(casemanager, at=timezone.now())


@pytest.fixture
def consent(case: Case, world: World, pi: Viewer) -> Consent:
    """Both domains were shared with the gemeente and the reclassering; this consent opens one to the gemeente."""
    for domain in (HOUSING, DEBTS):
        record_domain(case=case, domain=domain, support_answer="ja", by=pi, at=pi.at)
        for recipient in (world.zwolle, world.probation):
            ConsentFactory(case=case, recipient=recipient, domain=domain)
    for recipient in (world.zwolle, world.probation):
        issue_sheet(case=case, recipient=recipient, by=pi, at=pi.at)
    return Consent.objects.get(case=case, recipient=world.zwolle, domain=DEBTS)


@pytest.fixture
def copy(case: Case, world: World, unit_head: Viewer, pi: Viewer) -> Copy:
    """Print the agenda of next week for the gemeente."""
    meeting = MeetingFactory(organisation=world.pi, chair=unit_head.user, starts_at=pi.at + timedelta(days=7))
    on_agenda(meeting, case, pi)

    def _copy() -> AgendaPrint:
        now = timezone.now()
        return print_agenda(
            meeting=meeting, reader=world.pi, with_notes=True, by=replace(pi, at=now), at=now
        )[0]

    return _copy


def standing(recipient: Organisation) -> InformationSheet:
    rows = InformationSheet.objects.unrestricted(reason="test")
    return rows.get(recipient=recipient, state=SheetState.ISSUED)


def reconcile() -> None:
    plans.tasks.renew_sheets()
    meetings.tasks.outdate_prints()


def is_outdated(copy: AgendaPrint) -> bool:
    copy.refresh_from_db()
    return copy.outdated_at is not None


def test_a_withdrawal_is_a_success_also_when_what_follows_fails(
    impatient: None,
    case: Case,
    consent: Consent,
    copy: Copy,
    world: World,
    casemanager: Viewer,
    signed_in: SignedIn,
) -> None:
    printed, sheet = copy(), standing(world.zwolle)
    browser = signed_in(casemanager)

    with held(sheet):
        response = browser.post(f"/zaken/{case.pk}/toestemming/{consent.pk}/intrekken/", {"reason": ""})

    consent.refresh_from_db()
    assert (response.status_code, consent.stands) == (302, False)
    assert standing(world.zwolle) == sheet  # the new one failed
    assert is_outdated(printed)  # and kept nobody else from hearing of it
    reconcile()
    assert standing(world.zwolle).number == 2


def test_a_process_that_dies_after_the_commit_is_made_good(
    case: Case, consent: Consent, copy: Copy, world: World, pi: Viewer
) -> None:
    printed = copy()
    withdraw_consent(consent=consent, reason="", by=pi, at=timezone.now())  # nobody hears it
    fresh = copy()

    for _ in range(2):
        reconcile()

    assert standing(world.zwolle).number == 2
    assert (is_outdated(printed), is_outdated(fresh)) == (True, False)
    assert Notification.objects.filter(kind="agenda-verouderd", channel="app").count() == 1


def test_a_no_that_was_signed_before_the_sheet_was_sent_is_made_good_as_well(
    case: Case, consent: Consent, copy: Copy, world: World, pi: Viewer
) -> None:
    printed = copy()
    decide(
        case=case,
        recipient=world.zwolle,
        answers={DEBTS: Answer.REFUSED},
        given_at=pi.at - timedelta(days=20),
        evidence=Evidence.SIGNED,
        by=pi,
        at=timezone.now(),
    )

    reconcile()

    assert standing(world.zwolle).number == 2
    assert is_outdated(printed)


def test_an_expiry_outdates_the_copies_from_before(
    case: Case, consent: Consent, copy: Copy, world: World, pi: Viewer
) -> None:
    printed = copy()
    ended = timezone.now()
    Consent.objects.filter(pk=consent.pk).update(valid_until=ended)

    reconcile()

    assert (is_outdated(printed), printed.outdated_at) == (True, ended)
    assert not is_outdated(copy())


def test_a_sheet_that_cannot_be_renewed_keeps_no_other_from_it(
    impatient: None, case: Case, consent: Consent, world: World, pi: Viewer
) -> None:
    Consent.objects.filter(case=case, domain=DEBTS).update(withdrawn_at=timezone.now())
    first = min(
        (standing(world.zwolle), standing(world.probation)), key=lambda sheet: (sheet.issued_at, sheet.pk)
    )

    with held(first):
        plans.tasks.renew_sheets()

    numbers = {sheet.recipient: sheet.number for sheet in map(standing, (world.zwolle, world.probation))}
    assert numbers.pop(first.recipient) == 1
    assert list(numbers.values()) == [2]
