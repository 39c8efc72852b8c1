"""One house with a real object behind every door, and everybody who may knock. Seeded once per test function."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from oauth2_provider.models import AccessToken

from cases.actions import notify, open_task, receive_message
from cases.models import (
    Capacity,
    Case,
    EquatedDay,
    LifeDomain,
    Notification,
    Phase,
    RegionalStep,
    SavedView,
    TaskKind,
)
from consent.actions import attach_scan
from consent.models import Answer, Evidence, GroundCode, StatutoryGround
from meetings.actions import Discussion, hold_meeting, invite, record_decision
from meetings.models import DecisionKind
from parties.models import ApiClient, Organisation, PartyKind, RoleKind
from parties.viewer import Viewer, viewer_for
from plans.actions import (
    add_contribution,
    adopt_plan,
    decide_for_member,
    issue_sheet,
    record_child_check,
    report_bij,
)
from plans.models import ChildCheckAnswer, ContributionKind, DetaineeView, Occasion, PlanState, SupportAnswer
from tests.access.knocking import A_LONG_RUN, Caller, browser_of, stranger, with_token
from tests.access.security_key import registered_key
from tests.api.conftest import token_for
from tests.conftest import Hire, World
from tests.factories.base import TrackedFactory
from tests.factories.cases import (
    ENTRY,
    AbsenceFactory,
    CaseFactory,
    DeadlineFactory,
    EmergencyAccessFactory,
    FacilityStayFactory,
    NamedPersonFactory,
    RegionalAgreementFactory,
    SuspensionFactory,
    take_part,
)
from tests.factories.consent import A_PDF, CaseGroundFactory, ConsentFactory
from tests.factories.meetings import MeetingFactory, on_agenda
from tests.factories.messages import release
from tests.factories.parties import (
    ApiClientFactory,
    BijMandateFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.factories.people import AddressFactory, NetworkMemberFactory, NoteFactory
from tests.factories.plans import (
    ActionFactory,
    ContentTermFactory,
    DomainRecordFactory,
    GoalFactory,
    PlanFactory,
)


class EquatedDayFactory(TrackedFactory):
    class Meta:
        model = EquatedDay

    on = date(2026, 4, 30)
    source = "test"


@dataclass(frozen=True)
class House:
    """``ids`` are of the case of the table; ``elsewhere`` of another case that exists for somebody."""

    people: dict[str, Caller]
    programs: dict[str, Caller]
    ids: dict[str, str]
    elsewhere: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Staff:
    """Everybody with a role, as viewers of this moment."""

    viewers: dict[str, Viewer]

    def __getattr__(self, who: str) -> Viewer:
        return self.viewers[who]


@pytest.fixture
def safety_house(world: World) -> Organisation:
    return OrganisationFactory(kind=PartyKind.SAFETY_HOUSE, code="ZVH-NO", name="ZVH Voorbeeld")


@pytest.fixture
def staff(world: World, hire: Hire, safety_house: Organisation) -> Staff:
    """One person for each column of the table."""
    roles = {
        "cm": (world.pi, RoleKind.CASEMANAGER),
        "uh": (world.pi, RoleKind.UNIT_HEAD),
        "dir": (world.pi, RoleKind.DIRECTOR),
        "xcm": (world.other_pi, RoleKind.CASEMANAGER),
        "gor": (world.zwolle, RoleKind.AFTERCARE_COORDINATOR),
        "grs": (world.kampen, RoleKind.AFTERCARE_COORDINATOR),
        "xgm": (world.deventer, RoleKind.AFTERCARE_COORDINATOR),
        "rec": (world.probation, RoleKind.PROBATION_OFFICER),
        "xre": (world.other_probation, RoleKind.PROBATION_OFFICER),
        "bij": (world.zwolle, RoleKind.BIJ_MANDATARY),
        "rsk": (world.pi, RoleKind.RISK_OFFICER),
        "net": (world.partner, RoleKind.PARTNER_CONTACT),
        "zvh": (safety_house, RoleKind.SAFETY_HOUSE_DIRECTOR),
        "fg": (world.pi, RoleKind.PRIVACY_OFFICER),
        "adm": (world.operator, RoleKind.FUNCTIONAL_ADMIN),
    }
    now = timezone.now()
    return Staff({who: viewer_for(hire(*role), at=now) for who, role in roles.items()})


@pytest.fixture
def programs(world: World, staff: Staff) -> dict[str, Caller]:
    """Software with tokens from the real endpoint, a browser that tries the API, and nobody at all."""
    clients = {
        "pi": (world.pi, RoleKind.CASEMANAGER, ""),
        "gor": (world.zwolle, RoleKind.AFTERCARE_COORDINATOR, ""),
        "rec": (world.probation, RoleKind.PROBATION_OFFICER, ""),
        "net": (world.partner, RoleKind.PARTNER_CONTACT, ""),
        "xpi": (world.other_pi, RoleKind.CASEMANAGER, ""),
        "xre": (world.other_probation, RoleKind.PROBATION_OFFICER, ""),
        "bij": (world.zwolle, RoleKind.BIJ_MANDATARY, ""),
        "fg": (world.pi, RoleKind.PRIVACY_OFFICER, ""),
        "thin": (world.probation, RoleKind.PROBATION_OFFICER, "gebeurtenissen"),
        "msg": (world.operator, RoleKind.MESSAGE_CLIENT, ""),
    }
    callers = {"none": stranger(), "web": browser_of(staff.cm.user)}
    for who, (organisation, role, scope) in clients.items():
        client = ApiClientFactory(organisation=organisation, role_kind=role)
        answer = token_for(client, **({"scope": scope} if scope else {}))
        assert answer.status_code == 200, answer.content
        callers[who] = with_token(answer.json()["access_token"])
    AccessToken.objects.update(expires=timezone.now() + timedelta(seconds=A_LONG_RUN))
    return callers


@pytest.fixture
def people(staff: Staff, programs: dict[str, Caller]) -> dict[str, Caller]:
    """A browser for everybody, nobody logged in, a superuser without a role, and a program that tries the pages."""
    return {
        "anon": stranger(),
        **{who: browser_of(viewer.user) for who, viewer in staff.viewers.items()},
        "sup": browser_of(UserFactory(is_superuser=True, is_staff=True)),
        "app": programs["rec"],
    }


@pytest.fixture
def house(
    case: Case,
    world: World,
    staff: Staff,
    safety_house: Organisation,
    people: dict[str, Caller],
    programs: dict[str, Caller],
) -> House:
    take_part(case, world.kampen, Capacity.RESETTLEMENT)
    take_part(case, world.partner, Capacity.PARTNER)
    take_part(case, safety_house, Capacity.SAFETY_HOUSE)
    near = case_with(world.pi, world.deventer, world.other_probation)
    far = case_with(world.other_pi, world.deventer, world.other_probation)
    now = timezone.now()
    ids = {
        **reference_ids(world, staff, safety_house),
        **case_ids(case, world, staff, now),
        **messages_of(case, world, staff),
    }
    ids |= report_ids(case, world, staff, now)
    ids |= people_ids(case, world, staff, now)
    ids |= plan_ids(case, world, staff, now) | held_ids(case, world, staff, now)
    ids |= meeting_ids(case, world, staff, now)
    ids["eerder.pk"] = str(case_that_left(world.pi).pk)
    near_ids = meeting_ids(near, world, staff, now)
    here = {"zaken.pk": str(near.pk), "api/v1/trajecten.pk": str(near.pk)}
    there = {"zaken.pk": str(far.pk), "api/v1/trajecten.pk": str(far.pk)}
    elsewhere = {
        "cm": here | near_ids,
        "xgm": here | near_ids,
        "xre": here,
        "xcm": there,
        "pi": here,
        "xpi": there,
    }
    return House(people, programs, ids, elsewhere)


def case_with(prison: Organisation, municipality: Organisation, probation: Organisation) -> Case:
    """Somebody else, with parties that have no part in the case of the table."""
    case = CaseFactory(origin_municipality=municipality)
    FacilityStayFactory(case=case, facility=prison)
    take_part(case, prison, Capacity.PRISON)
    take_part(case, municipality, Capacity.ORIGIN)
    take_part(case, probation, Capacity.PROBATION)
    return case


def case_that_left(prison: Organisation) -> Case:
    """Somebody who stayed in this PI before."""
    case = CaseFactory()
    take_part(case, prison, Capacity.PRISON, since=ENTRY, until=ENTRY + timedelta(days=1))
    return case


def case_ids(case: Case, world: World, staff: Staff, now: datetime) -> dict[str, str]:
    """Frame, screening, consent and sheets: everything shared with the gemeente of origin."""
    ground = CaseGroundFactory(case=case, recipient=world.zwolle, code=GroundCode.LOCAL, subject="")
    for domain in LifeDomain:
        DomainRecordFactory(
            case=case,
            owner=world.pi,
            domain=domain,
            support_answer=SupportAnswer.REQUEST,
            support_request="x",
        )
        consent = ConsentFactory(case=case, recipient=world.zwolle, domain=domain)
    scan = attach_scan(
        case=case, declaration_number=consent.declaration_number, content=A_PDF, by=staff.cm, at=now
    )
    record_child_check(case=case, answer=ChildCheckAnswer.YES, asked_on=staff.cm.on, by=staff.cm, at=now)
    add_contribution(case=case, domain="", kind=ContributionKind.ADVICE, text="x", by=staff.gor, at=now)
    deadline = DeadlineFactory(case=case)
    asked = SuspensionFactory(case=case, deadline=deadline, party=world.pi, asked_by=staff.cm.user)
    task = open_task(case=case, party=world.pi, kind=TaskKind.MEETING_FOLLOW_UP, by=staff.cm, at=now)
    sheet = issue_sheet(case=case, recipient=world.zwolle, by=staff.cm, at=now)
    row = case.parties.get(party=world.probation)
    return {
        "zaken.pk": str(case.pk),
        "api/v1/trajecten.pk": str(case.pk),
        "end-involvement.key": str(row.key),
        "task_id": str(task.pk),
        "deadline_id": str(deadline.pk),
        "suspension_id": str(asked.pk),
        "event": "afwezig",
        "organisation": str(world.zwolle.pk),
        "ground": str(ground.pk),
        "consent": str(consent.pk),
        "scan": str(scan.pk),
        "named_id": str(NamedPersonFactory(case=case, organisation=world.pi, user=staff.cm.user).pk),
        "user_id": str(staff.cm.user.pk),
        "view_id": str(
            SavedView.objects.create(user=staff.cm.user, organisation=world.pi, name="Te laat").pk
        ),
        "absence_id": str(AbsenceFactory(organisation=world.pi, user=staff.cm.user, deputy=staff.uh.user).pk),
        "access_id": str(EmergencyAccessFactory(case=case, organisation=world.pi, user=staff.cm.user).pk),
        "instrument": "reflector",
        "domein": "onderdak",
        "soort": "taken",
        "sheet": str(sheet.pk),
        "term": str(ContentTermFactory(case=case, owner=world.pi).pk),
        "nr": str(sheet.number),
    }


def report_ids(case: Case, world: World, staff: Staff, now: datetime) -> dict[str, str]:
    """A leave that was reported to the mayor of Zwolle."""
    report = report_bij(
        case=case,
        recipient=world.zwolle,
        occasion=Occasion.LEAVE,
        expected_on=staff.cm.on,
        address="x",
        offence="x",
        by=staff.cm,
        at=now,
    )
    return {"report": str(report.pk)}


def people_ids(case: Case, world: World, staff: Staff, now: datetime) -> dict[str, str]:
    """An internal note, somebody who said yes to the gemeente of origin, and an address."""
    member = NetworkMemberFactory(case=case, owner=world.pi)
    yes = {"answer": Answer.GIVEN, "evidence": Evidence.ORAL, "given_at": now}
    decide_for_member(member=member, recipient=world.zwolle, **yes, by=staff.cm, at=now)
    return {
        "note_write.soort": "gedrag",
        "note": str(NoteFactory(case=case, owner=world.pi).pk),
        "member": str(member.pk),
        "address": str(AddressFactory(case=case, owner=world.pi).pk),
    }


def messages_of(case: Case, world: World, staff: Staff) -> dict[str, str]:
    """A detention message that waits at the PI of stay, and a message to its casemanager."""
    body = release("2026-09-01T10:00:00+02:00", nummer="INS-T-9", begin=None)
    outcome = receive_message(body=body, by=staff.adm, at=timezone.now())
    assert outcome.message is not None
    notify(
        case=case,
        organisation=world.pi,
        kind="informatieblad",
        event="deur",
        at=timezone.now(),
        recipients=[staff.cm.user],
    )
    told = Notification.objects.inbox_of(staff.cm).get(event="deur")
    return {"meldingen.key": str(outcome.message.key), "berichten.key": str(told.key)}


def plan_ids(case: Case, world: World, staff: Staff, now: datetime) -> dict[str, str]:
    """An adopted plan with a goal, and an action for the gemeente of origin."""
    Case.objects.filter(pk=case.pk).update(phase=Phase.PLAN_CONCEPT)
    plan = PlanFactory(
        case=case,
        owner=world.pi,
        lead=world.pi,
        state=PlanState.DISCUSSED,
        discussed_on=staff.cm.on,
        detainee_view=DetaineeView.AGREED,
    )
    goal = GoalFactory(plan=plan)
    action = ActionFactory(case=case, owner=world.pi, assignee=world.zwolle, goal=goal)
    adopt_plan(plan=plan, meeting_id=uuid4(), on=staff.cm.on, by=staff.cm, at=now)
    key = str(action.pk)
    return {"goal": str(goal.pk), "action": key, "api/v1/acties.pk": key, "number": "1"}


def held_ids(case: Case, world: World, staff: Staff, now: datetime) -> dict[str, str]:
    """The MDO of this morning, closed, with the gemeente of origin and the netwerkpartner invited."""
    meeting = MeetingFactory(organisation=world.pi, chair=staff.uh.user, starts_at=now - timedelta(hours=1))
    item = on_agenda(meeting, case, staff.cm)
    for guest in (world.zwolle, world.partner):
        invite(item=item, organisation=guest, by=staff.cm, at=now)
    record_decision(item=item, kind=DecisionKind.CONTINUE, by=staff.cm, at=now)
    hold_meeting(meeting=meeting, discussed={item.pk: Discussion(detainee_present=True)}, by=staff.uh, at=now)
    return {"meeting_minutes_pdf.pk": str(meeting.pk)}


def meeting_ids(case: Case, world: World, staff: Staff, now: datetime) -> dict[str, str]:
    """An MDO next week, with the gemeente of origin and the netwerkpartner invited to the item of this case."""
    meeting = MeetingFactory(organisation=world.pi, chair=staff.uh.user, starts_at=now + timedelta(days=7))
    item = on_agenda(meeting, case, staff.cm)
    guest = case.parties.exclude(party=world.pi).order_by("pk").first().party
    invitation = invite(item=item, organisation=guest, by=staff.cm, at=now)
    invite(item=item, organisation=world.partner, by=staff.cm, at=now)
    decision = record_decision(item=item, kind=DecisionKind.CONTINUE, by=staff.cm, at=now)
    return {
        "overleggen.pk": str(meeting.pk),
        "api/v1/overleggen.pk": str(meeting.pk),
        "item": str(item.pk),
        "invitation": str(invitation.pk),
        "decision": str(decision.pk),
    }


def reference_ids(world: World, staff: Staff, safety_house: Organisation) -> dict[str, str]:
    """A row of every table in beheer, and a security key of the casemanager."""
    assert staff.cm.user is not None
    rows = {
        "parties/organisation": world.zwolle,
        "parties/user": staff.gor.user,
        "parties/bijmandate": BijMandateFactory(municipality=world.zwolle, safety_house=safety_house),
        "parties/role": staff.gor.user.roles.get(),
        "parties/apiclient": ApiClient.objects.first(),
        "cases/equatedday": EquatedDayFactory(),
        "cases/regionalagreement": RegionalAgreementFactory(
            municipality=world.kampen, step=RegionalStep.DTB_END
        ),
        "consent/statutoryground": StatutoryGround.objects.first(),
    }
    key = Authenticator.objects.create(
        user=staff.cm.user, type=Authenticator.Type.WEBAUTHN, data=registered_key()
    )
    return {
        **{f"{table}.object_id": str(row.pk) for table, row in rows.items()},
        "id": str(staff.gor.user.pk),
        "content_type_id": str(ContentType.objects.get_for_model(Organisation).pk),
        "admin:view_on_site.object_id": str(world.zwolle.pk),
        "tweestaps.pk": str(key.pk),
        "app_label": "parties",
        "url": "bestaat-niet/",
        "uidb36": user_pk_to_url_str(staff.gor.user),
        "key": default_token_generator.make_token(staff.gor.user),
    }
