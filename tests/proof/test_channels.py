"""The quiet channels: HEAD, OPTIONS, conditional requests, calendar, suggestions, cursors, keys, errors, the ledger.

What a page or resource tells is for the canaries and the two worlds; here is what an answer tells without its body.
"""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cases.actions import end_involvement, notify
from cases.models import Capacity, Case, CaseParty, LifeDomain
from consent.actions import withdraw_consent
from consent.models import Consent, GroundCode, RowKind
from meetings.actions import invite, withdraw_invitation
from meetings.models import Invitation, Meeting
from parties.models import AuditLine
from parties.viewer import Viewer
from plans.actions import add_action, issue_sheet, record_child_check, record_domain, renew_sheets
from plans.models import Action, ChildCheckAnswer, SupportAnswer
from reintegratie.lib.routes import routes
from tests.access.knocking import CSRF
from tests.api.conftest import Api
from tests.conftest import SignedIn, World
from tests.factories.cases import CaseFactory, FacilityStayFactory, take_part
from tests.factories.consent import ConsentFactory, StatutoryGroundFactory
from tests.factories.meetings import MeetingFactory, on_agenda

DEBTS = LifeDomain.DEBTS
SECRET = "KANARIE-SCHULDEN"


@pytest.fixture
def pi(casemanager: Viewer) -> Viewer:
    """The casemanager by the real clock, which pages and the API read."""
    return replace(casemanager, at=timezone.now())


@pytest.fixture
def consent(case: Case, world: World, pi: Viewer) -> Consent:
    """The debts of a person, shared with the gemeente, and on a sheet that was sent."""
    record_domain(
        case=case,
        domain=DEBTS,
        support_answer=SupportAnswer.REQUEST,
        support_request=SECRET,
        by=pi,
        at=pi.at,
    )
    consent: Consent = ConsentFactory(case=case, recipient=world.zwolle, domain=DEBTS)
    issue_sheet(case=case, recipient=world.zwolle, by=pi, at=pi.at)
    return consent


@pytest.fixture
def action(case: Case, world: World, pi: Viewer) -> Action:
    """Something for the reclassering to do."""
    return add_action(
        case=case, domain=DEBTS, text=SECRET, assignee=world.probation, due_on=None, by=pi, at=pi.at
    )


@pytest.fixture
def meeting(case: Case, world: World, pi: Viewer, unit_head: Viewer) -> Meeting:
    """Two cases on one agenda; gemeente Zwolle is invited to one of them."""
    meeting: Meeting = MeetingFactory(
        organisation=world.pi, chair=unit_head.user, starts_at=pi.at + timedelta(days=7)
    )
    invite(item=on_agenda(meeting, case, pi), organisation=world.zwolle, by=pi, at=pi.at)
    return meeting


@pytest.fixture
def stranger_on_agenda(meeting: Meeting, world: World, pi: Viewer) -> Case:
    """A person of Deventer, in the same meeting, for so long that the agenda takes hours."""
    other: Case = CaseFactory(origin_municipality=world.deventer)
    FacilityStayFactory(case=other, facility=world.pi)
    take_part(other, world.pi, Capacity.PRISON)
    on_agenda(meeting, other, pi, minutes=240)
    return other


def take_back(consent: Consent, pi: Viewer) -> None:
    withdraw_consent(consent=consent, reason="", by=pi, at=timezone.now())


def wire(response: HttpResponse) -> tuple[int, dict[str, str], bytes]:
    """What goes over the line, but for the token of a form and its cookie."""
    headers = {name: value for name, value in response.items() if name not in ("Expires", "Content-Length")}
    return response.status_code, headers, CSRF.sub(rb"\1", response.content)


# HEAD and OPTIONS


def test_head_tells_what_get_tells_without_the_body(
    case: Case, consent: Consent, pi: Viewer, coordinator: Viewer, municipality_api: Api, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)
    pages = [f"/zaken/{case.pk}/", f"/zaken/{case.pk}/informatiebladen/", f"/zaken/{uuid4()}/"]
    resources = [f"/trajecten/{case.pk}/leefgebieden", f"/trajecten/{uuid4()}/leefgebieden"]

    for take in (False, True):
        if take:
            take_back(consent, pi)
        for page in pages:
            got, head = browser.get(page), browser.head(page)
            assert (head.status_code, head.content) == (got.status_code, b"")
            assert "ETag" not in head
            assert "Last-Modified" not in head
        for resource in resources:
            got, head = municipality_api.get(resource), municipality_api.call("HEAD", resource)
            assert (head.status_code, head.content) == (got.status_code, b"")
            assert dict(head.items()) == dict(got.items())


def test_options_are_the_same_for_mine_for_anothers_and_for_nothing(
    case: Case, action: Action, municipality_api: Api, outsider_api: Api, probation_api: Api
) -> None:
    for path, nothing in (
        (f"/trajecten/{case.pk}/leefgebieden", f"/trajecten/{uuid4()}/leefgebieden"),
        (f"/acties/{action.pk}", f"/acties/{uuid4()}"),
    ):
        answers = [
            wire(api.call("OPTIONS", address))
            for api in (municipality_api, outsider_api, probation_api)
            for address in (path, nothing)
        ]
        assert [answer for answer in answers if answer != answers[0]] == []


# conditional requests


def test_no_old_etag_gives_not_modified_for_what_is_closed(
    case: Case, action: Action, world: World, pi: Viewer, probation_api: Api
) -> None:
    address = f"/acties/{action.pk}"
    etag = probation_api.get(address)["ETag"]
    row = CaseParty.objects.get(case=case, party=world.probation)
    end_involvement(row=row, by=pi, at=timezone.now(), why="klaar")

    for tag in (etag, "*", 'W/"1"'):
        hidden = probation_api.get(address, **{"If-None-Match": tag})
        nothing = probation_api.get(f"/acties/{uuid4()}", **{"If-None-Match": tag})
        assert hidden.status_code == 404
        assert wire(hidden) == wire(nothing)


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since"])
def test_a_page_or_resource_is_never_said_to_be_unchanged(
    case: Case,
    consent: Consent,
    pi: Viewer,
    coordinator: Viewer,
    municipality_api: Api,
    signed_in: SignedIn,
    header: str,
) -> None:
    browser, resource = signed_in(coordinator), f"/trajecten/{case.pk}/leefgebieden"
    assert SECRET in municipality_api.get(resource).content.decode()
    take_back(consent, pi)

    for value in ("*", '"1"', "Sun, 22 Nov 2099 08:00:00 GMT"):
        again = municipality_api.get(resource, **{header: value})
        told = again.content.decode()
        assert (again.status_code, SECRET in told, str(DEBTS) in told) == (200, False, False)
        page = browser.get(f"/zaken/{case.pk}/", headers={header: value})
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]


# a sheet that was sent


def test_a_sheet_says_no_more_from_the_withdrawal_on_before_a_new_one_is_made(
    case: Case, consent: Consent, pi: Viewer, municipality_api: Api
) -> None:
    """The echo that makes the next version comes after the commit; nobody waits for it to be safe."""
    sheets = f"/trajecten/{case.pk}/informatiebladen"
    assert SECRET in municipality_api.get(sheets).content.decode()
    assert municipality_api.get(f"{sheets}/1/pdf").status_code == 200
    take_back(consent, pi)

    assert SECRET not in municipality_api.get(sheets).content.decode()
    assert SECRET not in municipality_api.get(f"{sheets}/1").content.decode()
    assert municipality_api.get(f"{sheets}/1/pdf").status_code == 404

    renew_sheets(at=timezone.now())
    (left,) = municipality_api.get(sheets).json()["resultaten"]
    assert left.keys() == {"nummer", "status", "afzender"}
    assert left["status"] == "ingetrokken"


# counts


def test_a_card_counts_no_action_that_is_hidden_behind_an_open_domain(
    case: Case, action: Action, coordinator: Viewer, signed_in: SignedIn
) -> None:
    """A ground may open what was screened and not what was agreed: then there is nothing to count."""
    browser, page = signed_in(coordinator), f"/zaken/{case.pk}/"
    law = {"code": GroundCode.LOCAL, "capacity": Capacity.ORIGIN, "domain": DEBTS}
    StatutoryGroundFactory(**law, row_kind=RowKind.DOMAIN_RECORD)
    assert "1 actie open" not in browser.get(page).content.decode()
    StatutoryGroundFactory(**law, row_kind=RowKind.ACTION)

    assert "1 actie open" in browser.get(page).content.decode()


def test_what_one_party_brings_in_is_not_in_the_list_of_another(
    case: Case, municipality_api: Api, probation_api: Api
) -> None:
    path = f"/trajecten/{case.pk}/inbreng"
    body = {"soort": "advies", "inhoud": SECRET, "leefgebied": DEBTS}
    assert municipality_api.post(path, body).status_code == 201

    assert SECRET in municipality_api.get(path).content.decode()
    assert probation_api.get(path).json() == {"resultaten": []}


# calendar


def test_the_calendar_of_a_guest_names_his_own_case_and_nobody(
    case: Case, meeting: Meeting, stranger_on_agenda: Case, coordinator: Viewer, signed_in: SignedIn
) -> None:
    text = signed_in(coordinator).get(f"/overleggen/{meeting.pk}/overleg.ics").content.decode()
    text = text.replace("\r\n ", "")

    assert case.number in text
    assert stranger_on_agenda.number not in text
    assert case.detainee.surname not in text
    assert lasts(text) == timedelta(minutes=30)


def test_the_calendar_is_gone_with_the_invitation(
    case: Case, meeting: Meeting, pi: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)
    address = f"/overleggen/{meeting.pk}/overleg.ics"
    assert browser.get(address).status_code == 200
    invitation = case_invitation(meeting)
    withdraw_invitation(invitation=invitation, by=pi, at=timezone.now())

    assert wire(browser.get(address)) == wire(browser.get(f"/overleggen/{uuid4()}/overleg.ics"))


def case_invitation(meeting: Meeting) -> Invitation:
    return Invitation.objects.get(item__meeting=meeting)


def lasts(text: str) -> timedelta:
    begin, end = (re.search(rf"{name}[^:]*:(\d{{8}}T\d{{6}})", text) for name in ("DTSTART", "DTEND"))
    assert begin is not None
    assert end is not None
    first, last = (datetime.strptime(found[1], "%Y%m%dT%H%M%S") for found in (begin, end))  # noqa: DTZ007  # only their difference counts
    return last - first


# lists for machines: CSV, suggestions


def test_one_list_is_given_as_csv() -> None:
    """Whoever adds one adds a row to the door matrix, to the canaries, and neutralised cells (quality 2.10)."""
    assert [route.name for route in routes() if "csv" in route.pattern.lower()] == ["worklist-file"]
    written = [
        str(path.relative_to(settings.BASE_DIR))
        for app in ("cases", "consent", "plans", "meetings", "parties", "reintegratie")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "text/csv" in path.read_text(encoding="utf-8")
    ]
    assert written == ["cases/views/worklist_file.py"]


@pytest.mark.parametrize("who", ["casemanager", "coordinator", "partner_contact", "privacy_officer"])
def test_suggestions_are_for_beheer_alone(
    request: pytest.FixtureRequest, signed_in: SignedIn, case: Case, who: str
) -> None:
    browser: Client = signed_in(request.getfixturevalue(who))
    query = {"app_label": "parties", "model_name": "role", "field_name": "user", "term": "e"}
    answer = browser.get("/beheer/autocomplete/", query)

    assert answer.status_code in (302, 403)
    assert b"results" not in answer.content


def test_suggestions_name_no_person_in_detention(
    functional_admin: Viewer, signed_in: SignedIn, case: Case
) -> None:
    browser = signed_in(functional_admin)
    for app, model, field in (
        ("parties", "role", "user"),
        ("parties", "role", "organisation"),
        ("cases", "case", "detainee"),
        ("cases", "caseparty", "case"),
        ("consent", "consent", "case"),
        ("plans", "goal", "case"),
    ):
        query = {
            "app_label": app,
            "model_name": model,
            "field_name": field,
            "term": case.detainee.surname[:4],
        }
        answer = browser.get("/beheer/autocomplete/", query)
        assert case.detainee.surname not in answer.content.decode()
        assert case.number not in answer.content.decode()


# cursors and keys


def test_a_cursor_of_another_party_is_no_cursor(
    case: Case, world: World, pi_api: Api, municipality_api: Api
) -> None:
    notify(case=case, organisation=world.pi, kind="binnenkomst", event="test", at=timezone.now())
    mine = pi_api.get("/gebeurtenissen").json()["hervatten"]
    made_up = mine.partition("cursor=")[0] + "cursor=aaaa"

    assert "cursor=" in mine
    assert pi_api.get(mine).status_code == 200
    theirs, nonsense = municipality_api.get(mine), municipality_api.get(made_up)
    assert theirs.status_code == 400
    assert without_instance(theirs) == without_instance(nonsense)


def without_instance(answer: HttpResponse) -> dict[str, object]:
    return {name: value for name, value in json.loads(answer.content).items() if name != "instance"}


def test_a_key_that_another_program_used_is_free(
    case: Case, municipality_api: Api, probation_api: Api
) -> None:
    body = {"soort": "advies", "inhoud": "Wij weten iets"}
    path, key = f"/trajecten/{case.pk}/inbreng", {"Idempotency-Key": "dezelfde-sleutel"}

    first = municipality_api.post(path, body, **key)
    second = probation_api.post(path, {**body, "inhoud": "Wij ook"}, **key)

    assert (first.status_code, second.status_code) == (201, 201), (first.content, second.content)
    assert first.json()["id"] != second.json()["id"]


# error texts


def test_what_one_may_not_see_cannot_be_changed_or_told_from_nothing(
    case: Case, action: Action, municipality_api: Api
) -> None:
    body, nothing = {"status": "gedaan"}, f"/acties/{uuid4()}"
    for headers in ({}, {"If-Match": '"1"'}, {"If-Match": '"99"'}, {"If-Match": "geen-etag"}):
        hidden = municipality_api.patch(f"/acties/{action.pk}", body, **headers)
        unknown = municipality_api.patch(nothing, body, **headers)
        assert hidden.status_code == 404
        assert wire(hidden) == wire(unknown)


def test_a_list_of_actions_ends_with_taking_part(
    case: Case, action: Action, world: World, pi: Viewer, probation_api: Api
) -> None:
    assert SECRET in probation_api.get("/acties").content.decode()
    row = CaseParty.objects.get(case=case, party=world.probation)
    end_involvement(row=row, by=pi, at=timezone.now(), why="klaar")

    assert probation_api.get("/acties").json() == {"resultaten": [], "volgende": None}


def test_a_kind_check_without_children_looks_like_one_that_was_never_done(
    case: Case, pi: Viewer, coordinator: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(coordinator)
    pages = [f"/zaken/{case.pk}/{page}" for page in ("informatiebladen/", "screening/", "geschiedenis/")]
    before = [wire(browser.get(page)) for page in pages]
    record_child_check(
        case=case, answer=ChildCheckAnswer.NO, asked_on=pi.on, is_urgent=False, by=pi, at=pi.at
    )

    assert [wire(browser.get(page)) for page in pages] == before


# the ledger


def test_if_the_ledger_cannot_be_written_no_data_leaves(
    case: Case, consent: Consent, coordinator: Viewer, municipality_api: Api, signed_in: SignedIn
) -> None:
    """Quality 2.5. The database refuses the line, as a full disk would."""
    pages = [f"/zaken/{case.pk}/", f"/zaken/{case.pk}/informatiebladen/"]
    browser = signed_in(coordinator)
    browser.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE parties_processingline ADD CONSTRAINT full_disk CHECK (FALSE) NOT VALID")

    answers = [browser.get(page) for page in pages]

    assert [answer.status_code for answer in answers] == [500] * len(pages)
    assert [SECRET in answer.content.decode() for answer in answers] == [False] * len(pages)


def test_who_was_sent_away_is_written_down(
    case: Case, other_coordinator: Viewer, signed_in: SignedIn
) -> None:
    page = f"/zaken/{case.pk}/"

    assert signed_in(other_coordinator).get(page).status_code == 404

    line = AuditLine.objects.latest("at", "id")
    assert (line.user, line.outcome, line.object_id) == (other_coordinator.user, "geweigerd", str(case.pk))
