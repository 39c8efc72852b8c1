"""Laws that begin and end, gemeenten that end, people who leave, and time that passes."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from consent.actions import end_reliance, load_grounds, rely_on_ground
from consent.models import CaseGround, GroundCode
from parties.actions import keep_organisation
from tests.proof.facts import DOMAINS, MUNICIPAL, ORIGIN, PROBATION, RESETTLEMENT, Relied, day, midnight_after
from tests.proof.small_world import MUNICIPALITIES, PARTIES, actor, keep, law_row
from tests.proof.telling import Telling

ENDS = st.sampled_from(["never", "in two hours", "tonight", "in three days"])
SOME = st.integers(0, 1000)
DOMAIN = st.sampled_from(DOMAINS[:3])
"""Three of the seven: stories about the same domain say more than stories about different ones."""
BY_LAW = ("leefgebied", "doel", "actie", "informatieblad")


class LawAndPeople(Telling):
    """What happens around the detentions."""

    # law, organisations, people

    @rule(
        capacity=st.sampled_from([ORIGIN, RESETTLEMENT, PROBATION]),
        domain=DOMAIN,
        begins=st.integers(0, 1),
        lasts=st.sampled_from([None, 1, 2]),
    )
    def the_law_opens_a_domain(self, capacity: str, domain: str, begins: int, lasts: int | None) -> None:
        """A dated row of reference data; the same day again changes its end (C7 D1, D10)."""
        first = day(self.now) + timedelta(days=begins)
        end = first + timedelta(days=lasts) if lasts else None
        self.begin(f"the law opens {domain} to {capacity} from {first} until {end}")
        rows = [law_row(capacity, domain, kind, first, end) for kind in BY_LAW]
        load_grounds(rows=rows, by=actor(), at=self.now)
        self.facts.laws[capacity, domain, first] = end

    @rule(number=SOME, who=SOME, domain=DOMAIN, all_of_it=st.booleans(), end=ENDS)
    def relies_on_the_law(self, number: int, who: int, domain: str, all_of_it: bool, end: str) -> None:
        """In this case, for this party, with the necessity in words (PM 20d)."""
        name = self.pick(number, sorted(self.cases))
        parties = self.others_in(name, *MUNICIPAL, PROBATION)
        if not parties:
            return
        party, subject = self.pick(who, parties), "" if all_of_it else domain
        lawful = self.facts.by_law(self.facts.parties_in(name, self.now)[party], self.now)
        written = [(one.case, one.party, one.domain) for one in self.facts.relied if not one.ended]
        if (name, party, subject) in written or not (lawful if all_of_it else domain in lawful):
            return
        self.begin(f"the law is relied on for {party} in {name}, for {subject or 'everything'}, until {end}")
        until = self.end_of(end)
        rely_on_ground(
            case=self.cases[name],
            recipient=self.organisation(party),
            code=GroundCode.PBW18A,
            subjects=[subject],
            necessity="nodig voor de begeleiding",
            until=until,
            by=self.world.at_work(self.prison_of(name)),
            at=self.now,
        )
        self.facts.relied.append(Relied(name, party, subject, self.now, until))

    @rule(number=SOME)
    @precondition(lambda self: self.facts.relied)
    def stops_relying_on_the_law(self, number: int) -> None:
        one = self.facts.relied[number % len(self.facts.relied)]
        if one.ended:
            return
        self.begin(f"the law is not relied on any more for {one.party} in {one.case}")
        about = {"case": self.cases[one.case], "recipient": self.organisation(one.party)}
        row = CaseGround.objects.get(**about, subject=one.domain, ended_at=None)
        end_reliance(row=row, reason="", by=self.world.at_work(self.prison_of(one.case)), at=self.now)
        one.ended = True

    @rule(
        party=st.sampled_from(MUNICIPALITIES),
        into=st.sampled_from([*MUNICIPALITIES, ""]),
        days=st.integers(0, 1),
    )
    @precondition(lambda self: not self.facts.gone)
    def a_gemeente_ends(self, party: str, into: str, days: int) -> None:
        """It merges into another, or is disconnected; no yes goes along (C6.28, R22)."""
        if into == party:
            return
        first = day(self.now) + timedelta(days=days)
        self.begin(f"{party} ends on {first}, into {into or 'nothing'}")
        row = self.organisation(party)
        if into:
            row.valid_until, row.successor = first, self.organisation(into)
            self.successor = {party: into}
            self.facts.over[f"{party} works"] = first
        else:
            row.connected_until = first
        keep_organisation(organisation=row, by=actor(), at=self.now, why="test")
        self.facts.gone[party] = first

    @rule(party=st.sampled_from(PARTIES), days=st.integers(0, 1))
    @precondition(lambda self: not self.facts.over)
    def a_role_ends(self, party: str, days: int) -> None:
        """Of the employee and of the program, on the same day (C6.46, C6.47)."""
        first = day(self.now) + timedelta(days=days)
        self.begin(f"who works for {party} stops on {first}")
        keep(self.world.people[party], until=first)
        keep(self.world.programs[party].client, until=first)
        self.facts.over[f"{party} works"] = first

    @rule(party=st.sampled_from(PARTIES))
    @precondition(lambda self: not self.facts.dismissed)
    def an_account_is_closed(self, party: str) -> None:
        self.begin(f"the account at {party} is closed")
        user = self.world.people[party].user
        user.is_active = False
        user.save(update_fields=["is_active"])
        self.facts.dismissed.add(f"employee of {party}")

    # time

    @rule(minutes=st.sampled_from([1, 30, 118, 119, 120, 600]))
    def minutes_pass(self, minutes: int) -> None:
        self.world.clock.passes(minutes=minutes)

    @rule()
    def it_becomes_midnight(self) -> None:
        self.world.clock.at = midnight_after(self.now)

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.world.clock.passes(days=days)

    def end_of(self, end: str) -> datetime | None:
        return {
            "never": None,
            "in two hours": self.now + timedelta(hours=2),
            "tonight": midnight_after(self.now),
            "in three days": self.now + timedelta(days=3),
        }[end]
