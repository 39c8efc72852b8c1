"""What may happen in the small world. Each rule does it through the program's own action and notes the fact."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from cases.actions import choose_resettlement, end_involvement, involve_probation, receive_message
from cases.models import CaseParty, LifeDomain
from consent.actions import decide, withdraw_consent
from consent.models import Answer, Consent, Evidence
from meetings.actions import Discussion, hold_meeting, invite, plan_meeting, record_decision
from meetings.models import DecisionKind
from plans.actions import (
    SheetRefused,
    add_action,
    add_contribution,
    add_goal,
    issue_sheet,
    record_domain,
)
from plans.models import ContributionKind, GoalKind, Plan, SupportAnswer
from tests.factories.meetings import on_agenda
from tests.factories.messages import message, release, transfer
from tests.factories.plans import PlanFactory
from tests.proof.facts import (
    GUEST,
    MUNICIPAL,
    ORIGIN,
    PI,
    PROBATION,
    RESETTLEMENT,
    Text,
    midnight_after,
)
from tests.proof.law_and_people import DOMAIN, ENDS, SOME, LawAndPeople
from tests.proof.small_world import GUESTS, MUNICIPALITIES, PRISONS, PROBATIONS, actor

PEOPLE = {
    "Bo": {"strafrechtsketennummer": "7100001", "bsn": "999990019"},
    "Cas": {"strafrechtsketennummer": "7100002", "bsn": "999990020"},
}


class Story(LawAndPeople):
    """Detentions, parties, papers and texts; on top of laws, organisations, people and time."""

    # detention

    @initialize(first=st.sampled_from(PRISONS), origins=st.permutations(MUNICIPALITIES))
    def two_people_come_in(self, first: str, origins: list[str]) -> None:
        for person, origin in zip(PEOPLE, origins, strict=False):
            self._enter(person, first, origin)

    def _enter(self, person: str, prison: str, origin: str) -> None:
        name = f"{person}{sum(one.startswith(person) for one in self.cases) + 1}"
        self.begin(f"{name} comes in at {prison}, from {origin}")
        self.inside[person] = name
        self.origin_code[name] = origin
        self._message(
            name, message(person=PEOPLE[person], sent=self._said_at(), **self._detention(name, prison))
        )
        self.facts.join(name, prison, PI, self.now)
        self._settle_origins(person)

    def _detention(self, name: str, prison: str) -> dict[str, Any]:
        entered = self.cases[name].entered_at if name in self.cases else self.now
        return {
            "nummer": f"INS-{name}",
            "begin": entered.isoformat(),
            "inrichting": self.organisation(prison).code,
            "gemeenteHerkomst": self.organisation(self.origin_code[name]).code,
        }

    def _said_at(self) -> str:
        return self.now.isoformat()

    def _message(self, name: str, body: dict[str, Any]) -> None:
        outcome = receive_message(body=body, by=actor(), at=self.now)
        assert outcome.case is not None, outcome
        self.cases[name] = outcome.case

    @rule(number=SOME, to=st.sampled_from(PRISONS))
    @precondition(lambda self: self.inside)
    def is_transferred(self, number: int, to: str) -> None:
        person = self.pick(number, sorted(self.inside))
        name = self.inside[person]
        if self.prison_of(name) == to:
            return
        self.begin(f"{name} goes to {to}")
        about = {**self._detention(name, to), "person": PEOPLE[person], "sent": self._said_at()}
        about.pop("inrichting")
        self._message(name, transfer(self.organisation(to).code, self._said_at(), **about))
        self.facts.leave(name, self.now, capacity=PI)
        self.facts.join(name, to, PI, self.now)
        self._settle_origins(person)

    @rule(number=SOME)
    @precondition(lambda self: self.inside)
    def is_released(self, number: int) -> None:
        person = self.pick(number, sorted(self.inside))
        name = self.inside[person]
        self.begin(f"{name} is released")
        about = {**self._detention(name, self.prison_of(name)), "person": PEOPLE[person]}
        self._message(name, release(self._said_at(), **about))
        del self.inside[person]
        self._settle_origins(person)

    @rule(number=SOME, prison=st.sampled_from(PRISONS), origin=st.sampled_from(MUNICIPALITIES))
    @precondition(lambda self: len(self.inside) < len(PEOPLE) and len(self.cases) < 4)
    def comes_back(self, number: int, prison: str, origin: str) -> None:
        """A new episode: what was agreed in the last one does not come along (C6.4)."""
        self._enter(self.pick(number, sorted(set(PEOPLE) - set(self.inside))), prison, origin)

    def _settle_origins(self, person: str) -> None:
        """Every message about a person brings in the gemeente of origin, of all his detentions (R21-R23)."""
        for name, code in self.origin_code.items():
            if name.startswith(person):
                self.origin[name] = self.successor.get(code, code) if self._merged(code) else code
                self._bring_in_origin(name)

    def _merged(self, party: str) -> bool:
        return party in self.successor and self.facts.is_gone(party, self.now)

    def _bring_in_origin(self, name: str) -> None:
        origin = self.origin[name]
        for part in [one for one in self.facts.parts if one.case == name and one.capacity == ORIGIN]:
            runs = part.until is None
            if runs and (part.party != origin or self.facts.is_gone(part.party, self.now)):
                part.until = self.now
        if self.facts.is_gone(origin, self.now):
            return
        if not any(
            one.case == name and one.party == origin and one.until is None for one in self.facts.parts
        ):
            self.facts.join(name, origin, ORIGIN, self.now)

    # who takes part

    @rule(number=SOME, municipality=st.sampled_from(MUNICIPALITIES))
    def chooses_where_to_settle(self, number: int, municipality: str) -> None:
        """The newly chosen gemeente gets nothing that was for another (C6.6)."""
        name = self.pick(number, sorted(self.cases))
        taken = [one for one in self.facts.parts if (one.case, one.party) == (name, municipality)]
        if self.facts.is_gone(municipality, self.now) or any(
            one.until is None and one.capacity == ORIGIN and municipality != self.origin[name]
            for one in taken
        ):
            return
        self.begin(f"{name} will settle in {municipality}")
        choose_resettlement(
            case=self.cases[name], municipality=self.organisation(municipality), by=actor(), at=self.now
        )
        for part in self.facts.parts:
            others = part.case == name and part.capacity == RESETTLEMENT and part.party != municipality
            if others and part.until is None:
                part.until = self.now
        runs = any(one.until is None for one in taken)
        if municipality != self.origin[name] and not runs:
            self.facts.join(name, municipality, RESETTLEMENT, self.now)
        self._bring_in_origin(name)

    @rule(number=SOME, party=st.sampled_from(PROBATIONS), on_title=st.booleans())
    def involves_reclassering(self, number: int, party: str, on_title: bool) -> None:
        name = self.pick(number, sorted(self.cases))
        self.begin(f"{party} gets an assignment for {name}")
        involve_probation(
            case=self.cases[name],
            organisation=self.organisation(party),
            assignment="toezicht",
            on_title=on_title,
            by=actor(),
            at=self.now,
        )
        if party not in self.facts.parties_in(name, self.now):
            self.facts.join(name, party, PROBATION, self.now)

    @rule(number=SOME, who=SOME)
    def ends_an_assignment(self, number: int, who: int) -> None:
        name = self.pick(number, sorted(self.cases))
        working = self.others_in(name, PROBATION, GUEST)
        if not working:
            return
        party = self.pick(who, working)
        self.begin(f"{party} is done with {name}")
        row = CaseParty.objects.active(self.now).get(case=self.cases[name], party=self.organisation(party))
        end_involvement(row=row, by=actor(), at=self.now, why="test")
        self.facts.leave(name, self.now, party=party)

    @rule(number=SOME, party=st.sampled_from(GUESTS), days=st.integers(0, 2))
    def invites_a_guest(self, number: int, party: str, days: int) -> None:
        """Until the end of the day of the last meeting to which it is invited (R131)."""
        name = self.pick(number, sorted(self.cases))
        starts_at = self.now + timedelta(days=days, minutes=5)
        self.begin(f"{party} is asked to the meeting about {name} on {starts_at:%d-%m}")
        self._invite(name, self._agenda(name, starts_at), party, starts_at)

    def _agenda(self, name: str, starts_at: datetime) -> Any:
        head = self.world.head_of(self.prison_of(name))
        meeting = plan_meeting(starts_at=starts_at, chair=head.user, by=head, at=self.now)  # type: ignore[arg-type]  # she is a person
        return on_agenda(meeting, self.cases[name], head)

    def _invite(self, name: str, item: Any, party: str, starts_at: datetime) -> None:
        head = self.world.head_of(self.prison_of(name))
        invite(item=item, organisation=self.organisation(party), by=head, at=self.now)
        if party in GUESTS:
            until = midnight_after(starts_at)
            runs = self.facts.part_of(name, party, self.now)
            before = runs.until if runs else None
            self.facts.leave(name, self.now, party=party)
            self.facts.join(name, party, GUEST, self.now, max(until, before or until))

    @rule(number=SOME, invited=SOME, domain=DOMAIN)
    def holds_a_meeting(self, number: int, invited: int, domain: str) -> None:
        """What was decided is for who was at the table and may see the domain."""
        name = self.pick(number, sorted(self.cases))
        parties = self.others_in(name)
        guests = [party for place, party in enumerate(parties) if invited >> place & 1]
        self.begin(f"a meeting about {name} with {guests} decides on {domain}")
        head, mark, item = (
            self.world.head_of(self.prison_of(name)),
            self.world.mark(),
            self._agenda(name, self.now),
        )
        for party in guests:
            self._invite(name, item, party, self.now)
        record_decision(item=item, kind=DecisionKind.OTHER, text=mark, domain=domain, by=head, at=self.now)
        hold_meeting(
            meeting=item.meeting,
            discussed={item.pk: Discussion(detainee_present=True)},
            by=head,
            at=self.now,
        )
        self.meetings.append(item.meeting)
        self.write("besluit", name, domain, mark, told=frozenset(guests))

    # what the detainee says

    @rule(
        number=SOME,
        who=SOME,
        domain=DOMAIN,
        yes=st.booleans(),
        late=st.sampled_from([0, 0, 0, 1, 90]),
        end=ENDS,
    )
    def says_yes_or_no(self, number: int, who: int, domain: str, yes: bool, late: int, end: str) -> None:
        """A paper may come in late: it keeps its place in time (C6.10)."""
        name = self.pick(number, sorted(self.cases))
        asked = self.others_in(name)
        if not asked:
            return
        party = self.pick(who, asked)
        self.begin(
            f"{name} says {'yes' if yes else 'no'} to {party} for {domain}, {late} minutes ago, until {end}"
        )
        said_at = max(self.now - timedelta(minutes=late), self.cases[name].entered_at)
        until = self.end_of(end) if yes else None
        decide(
            case=self.cases[name],
            recipient=self.organisation(party),
            answers={LifeDomain(domain): Answer.GIVEN if yes else Answer.REFUSED},
            given_at=said_at,
            evidence=Evidence.SIGNED,
            valid_until=until,
            by=self.world.at_work(self.prison_of(name)),
            at=self.now,
        )
        self.facts.say(name, party, domain, said_at, yes=yes, until=until)

    @rule(number=SOME)
    def takes_a_yes_back(self, number: int) -> None:
        """Also of a party that is gone, and of one that expired."""
        standing = list(
            Consent.objects.filter(answer=Answer.GIVEN, withdrawn_at=None).order_by(
                "case__number", "sequence"
            )
        )
        if not standing:
            return
        consent = standing[number % len(standing)]
        name = next(name for name, case in self.cases.items() if case.pk == consent.case_id)
        party = next(name for name, row in self.world.parties.items() if row.pk == consent.recipient_id)
        self.begin(f"{name} takes back the yes to {party} for {consent.domain}")
        by = self.world.at_work(self.prison_of(name))
        withdraw_consent(consent=consent, reason="", by=by, at=self.now)
        self.facts.say(name, party, consent.domain, self.now, yes=False, until=None)

    # what is written

    def write(
        self,
        kind: str,
        name: str,
        domain: str,
        mark: str,
        *,
        owner: str = "",
        named: str = "",
        told: frozenset[str] | None = None,
    ) -> None:
        by = owner or self.prison_of(name)
        self.facts.texts.append(Text(kind, name, domain, mark, by, named, told))

    @rule(number=SOME, domain=DOMAIN)
    @precondition(lambda self: self.inside)
    def is_screened(self, number: int, domain: str) -> None:
        name = self.inside[self.pick(number, sorted(self.inside))]
        self.begin(f"{name} is screened on {domain}")
        mark = self.world.mark()
        record_domain(
            case=self.cases[name],
            domain=LifeDomain(domain),
            support_answer=SupportAnswer.REQUEST,
            support_request=mark,
            by=self.world.at_work(self.prison_of(name)),
            at=self.now,
        )
        self.facts.texts = [
            one if (one.kind, one.case, one.domain) != ("leefgebied", name, domain) else earlier(one)
            for one in self.facts.texts
        ]
        self.write("leefgebied", name, domain, mark)

    @rule(number=SOME, domain=DOMAIN, who=SOME)
    @precondition(lambda self: self.inside)
    def is_planned(self, number: int, domain: str, who: int) -> None:
        """A goal, and an action for one of the parties."""
        name = self.inside[self.pick(number, sorted(self.inside))]
        self.begin(f"a goal and an action for {name} on {domain}")
        case, by = self.cases[name], self.world.at_work(self.prison_of(name))
        plan = Plan.objects.visible_to(by).filter(case=case).first() or PlanFactory(
            case=case, owner=by.organisation
        )
        plan.case = case
        goal, action = self.world.mark(), self.world.mark()
        assignee = self.pick(who, sorted(self.facts.parties_in(name, self.now)))
        add_goal(plan=plan, domain=domain, kind=GoalKind.REINTEGRATION, text=goal, by=by, at=self.now)
        add_action(
            case=case,
            domain=domain,
            text=action,
            assignee=self.organisation(assignee),
            due_on=None,
            by=by,
            at=self.now,
        )
        self.write("doel", name, domain, goal)
        self.write("actie", name, domain, action, named=assignee)

    @rule(number=SOME, who=SOME, domain=DOMAIN)
    def somebody_brings_something_in(self, number: int, who: int, domain: str) -> None:
        name = self.pick(number, sorted(self.cases))
        writing = self.others_in(name, *MUNICIPAL, PROBATION)
        if not writing:
            return
        party, mark = self.pick(who, writing), self.world.mark()
        self.begin(f"{party} brings something in about {name} on {domain}")
        add_contribution(
            case=self.cases[name],
            domain=domain,
            kind=ContributionKind.ADVICE,
            text=mark,
            by=self.world.at_work(party),
            at=self.now,
        )
        self.write("inbreng", name, domain, mark, owner=party)

    @rule(number=SOME, who=SOME)
    def is_sent_a_sheet(self, number: int, who: int) -> None:
        """Exactly what is open at this moment; when nothing is, nothing is sent."""
        name = self.pick(number, sorted(self.cases))
        receiving = self.others_in(name, *MUNICIPAL, PROBATION)
        if not receiving:
            return
        party = self.pick(who, receiving)
        self.begin(f"a sheet about {name} for {party}")
        opened = self.facts.open_domains(name, party, self.now)
        sent = [one for one in self.facts.latest("leefgebied", name) if one.domain in opened]
        about = {
            "case": self.cases[name],
            "recipient": self.organisation(party),
            "necessity": "nodig voor de begeleiding",
            "by": self.world.at_work(self.prison_of(name)),
            "at": self.now,
        }
        if not sent:
            with pytest.raises(SheetRefused):
                issue_sheet(**about)
            return
        issue_sheet(**about)
        for one in sent:
            self.write("blad", name, one.domain, one.mark, told=frozenset({party}))


def earlier(text: Text) -> Text:
    """What a text said before it was replaced: in the history only."""
    return Text("vroeger", text.case, text.domain, text.mark, text.owner)
