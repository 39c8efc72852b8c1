"""One case of a scenario: from the begin message to the plan, each step by its own person at its own moment."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from cases import actions as case_actions
from cases.models import Case, CaseParty, LifeDomain
from consent import actions as consent_actions
from consent.texts import form_named
from meetings.management.scenario import access_story
from meetings.management.scenario.parties_story import involve_others, rely_on_grounds
from meetings.management.scenario.people_story import tell_of_people
from meetings.management.scenario.report_story import build_reports
from meetings.management.scenario.times import Clock, ScenarioFault, placed
from meetings.management.scenario.world import BUILDER, Row, case, named, need, organisation, user, viewer
from parties.viewer import Viewer
from plans import actions as plan_actions
from plans.models import (
    ChildCheckAnswer,
    ContributionKind,
    DetaineeView,
    DomainStatus,
    GoalKind,
    InstrumentKind,
    InstrumentOutcome,
    SupportAnswer,
)
from reintegratie.lib.history import given_ids

NAMESPACE = UUID("5d0cface-0000-4000-8000-000000000000")


def build_case(row: Row, clock: Clock, place: str) -> None:
    """Every step the file gives, in the order of docs/scenario.md. ``place``: where in the file this case stands."""
    with placed(place):
        found = case(row["zaak"]) if row.get("zaak") else _begin(row, clock)
    story = CaseStory(found.pk, row, clock)
    steps = {
        "partijen": story.parties,
        "screening": story.knowledge,
        "toestemmingen en informatiebladen": story.consents,
        "plan": story.plan,
        "bijzondere meldingen": lambda: build_reports(story.case, row, clock),
        "notities, netwerk en adressen": lambda: tell_of_people(story),
        "afscherming": story.access,
    }
    for name, take in steps.items():
        with placed(f"{place} ({found.detention_number}), {name}"):
            take()


def _begin(row: Row, clock: Clock) -> Case:
    """A case begins with a detention message, as in production (contract 5)."""
    moment = clock.moment(need(row, "begin"))
    number = need(row, "insluitingsnummer")
    origin = row.get("gemeenteHerkomst")
    release = clock.day(row.get("verwachtEinde"))
    body = {
        "berichtId": str(uuid5(NAMESPACE, number)),
        "soort": "begin",
        "verzondenOp": moment.isoformat(),
        "persoon": need(row, "persoon"),
        "insluiting": {
            "nummer": number,
            "instroomtype": need(row, "instroomtype"),
            "titel": need(row, "titel"),
            "begin": moment.isoformat(),
            "verwachtEinde": release.isoformat() if release else None,
            "einde": None,
            "inrichting": organisation(need(row, "inrichting")).code,
            "gemeenteHerkomst": organisation(origin).code if origin else None,
        },
    }
    with named(row, "Case"):
        outcome = case_actions.receive_message(body=body, by=BUILDER, at=moment)
    begun = Case.objects.filter(detention_number=number).first()
    if begun is None:
        raise ScenarioFault(f"begin van {number} niet verwerkt: {outcome}")
    return begun


class CaseStory:
    """The steps of one case. Each reads the case afresh: the step before may have moved it."""

    def __init__(self, pk: UUID, row: Row, clock: Clock) -> None:
        self.pk, self.row, self.clock = pk, row, clock

    @property
    def case(self) -> Case:
        return case(str(self.pk))

    def step(self, row: Row) -> tuple[Viewer, datetime]:
        """Who does this step, and when."""
        at = self.clock.moment(row.get("op"))
        return viewer(row.get("door") or need(self.row, "door"), at), at

    def parties(self) -> None:
        """Origin, resettlement, who works on it, and the reclassering."""
        for key, settle in (("herkomst", "set_origin"), ("hervestiging", "choose_resettlement")):
            if self.row.get(key):
                by, at = self.step({"op": self.row.get("partijenOp")})
                change = getattr(case_actions, settle)
                change(case=self.case, municipality=organisation(self.row[key]), by=by, at=at)
        involve_others(self)
        for row in self.row.get("behandelaars", ()):
            self._assign(row)

    def _assign(self, row: Row) -> None:
        by, at = self.step(row)
        worker = user(need(row, "gebruiker"))
        taking_part = CaseParty.objects.active(at).filter(case=self.pk, party__roles__user=worker).first()
        if taking_part is None:
            raise ScenarioFault(f"{row['gebruiker']} werkt niet bij een deelnemende partij")
        case_actions.assign_worker(
            row=taking_part,
            worker=worker,
            unit=row.get("afdeling"),
            by=by,
            at=at,
            why="behandelaar toegewezen",
        )

    def access(self) -> None:
        """The shield around the case, when everything else is done, and who came in all the same."""
        if self.row.get("afscherming"):
            access_story.shield(self.case, self.row["afscherming"], self.step)
        for row in self.row.get("noodtoegang", ()):
            access_story.open_in_emergency(self.case, row, self.step)

    def knowledge(self) -> None:
        """What is known: brought in, screened, tested."""
        for row in self.row.get("inbreng", ()):
            by, at = self.step(row)
            with named(row, "Contribution"):
                plan_actions.add_contribution(
                    case=self.case,
                    domain=LifeDomain(need(row, "leefgebied")),
                    kind=ContributionKind(need(row, "soort")),
                    text=need(row, "tekst"),
                    since=self.clock.day(row.get("vanaf")),
                    until=self.clock.day(row.get("tot")),
                    by=by,
                    at=at,
                )
        for row in self.row.get("leefgebieden", ()):
            self._record(row)
        for row in self.row.get("instrumenten", ()):
            by, at = self.step(row)
            with named(row, "InstrumentResult"):
                plan_actions.record_instrument(
                    case=self.case,
                    kind=InstrumentKind(need(row, "instrument")),
                    outcome=InstrumentOutcome(need(row, "uitkomst")),
                    taken_on=self.clock.day(row.get("afgenomenOp")) or by.on,
                    note=row.get("toelichting", ""),
                    by=by,
                    at=at,
                )
        self._finish_screening()

    def _record(self, row: Row) -> None:
        by, at = self.step(row)
        with named(row, "DomainRecord"):
            plan_actions.record_domain(
                case=self.case,
                domain=LifeDomain(need(row, "leefgebied")),
                status=DomainStatus(row.get("stand", "onbekend")),
                support_answer=SupportAnswer(row.get("hulpvraag", "onbekend")),
                support_request=row.get("toelichting", ""),
                facts=row.get("gegevens", {}),
                by=by,
                at=at,
            )

    def _finish_screening(self) -> None:
        check = self.row.get("kindcheck")
        if check:
            by, at = self.step(check)
            with named(check, "ChildCheck"):
                plan_actions.record_child_check(
                    case=self.case,
                    answer=ChildCheckAnswer(need(check, "uitkomst")),
                    is_urgent=bool(check.get("spoed")),
                    asked_on=by.on,
                    by=by,
                    at=at,
                )
        done = self.row.get("screeningAfgerond")
        if done:
            by, at = self.step(done)
            plan_actions.complete_screening(case=self.case, by=by, at=at)

    def consents(self) -> None:
        """Decisions, the sheets that follow from them, then the withdrawals."""
        decided = [(row, self._decide(row)) for row in self.row.get("toestemmingen", ())]
        rely_on_grounds(self)
        for row in self.row.get("informatiebladen", ()):
            by, at = self.step(row)
            with named(row, "InformationSheet"):
                plan_actions.issue_sheet(
                    case=self.case, recipient=organisation(need(row, "ontvanger")), by=by, at=at
                )
        for row, consents in decided:
            for withdrawal in row.get("ingetrokken", ()):
                self._withdraw(consents, {"door": row.get("door"), **withdrawal})

    def _decide(self, row: Row) -> dict[str, Any]:  # consent's own rows, by domain
        moment = self.clock.moment(row.get("gegevenOp"))
        by, at = self.step({"door": row.get("door"), "op": row.get("op") or moment.isoformat()})
        answers = {
            LifeDomain(domain): consent_actions.Answer(said)
            for domain, said in need(row, "antwoorden").items()
        }
        ids = row.get("ids", {})
        with given_ids({"Consent": [UUID(ids[domain]) for domain in answers if domain in ids]}):
            consents = consent_actions.decide(
                case=self.case,
                recipient=organisation(need(row, "ontvanger")),
                answers=answers,
                given_at=moment,
                evidence=consent_actions.Evidence(row.get("bewijs", "ondertekend")),
                form=form_named(row.get("formulier", "nl")),
                language=row.get("taal", "Nederlands"),
                explained_how=row.get("uitleg", ""),
                representative=row.get("vertegenwoordiger", ""),
                valid_until=self.clock.moment(row["geldigTot"]) if row.get("geldigTot") else None,
                by=by,
                at=at,
            )
        return {consent.domain: consent for consent in consents}

    def _withdraw(self, consents: dict[str, Any], row: Row) -> None:  # consent's own rows
        by, at = self.step(row)
        consent = consents.get(need(row, "leefgebied"))
        if consent is None:
            raise ScenarioFault(f"geen toestemming voor {row['leefgebied']} in deze beslissing")
        consent_actions.withdraw_consent(consent=consent, reason=row.get("reden", ""), by=by, at=at)

    def plan(self) -> None:
        """The D&R-plan up to the conversation with the detainee; adoption belongs to a meeting."""
        row = self.row.get("plan")
        if not row:
            return
        by, at = self.step(row)
        with named(row, "Plan"):
            plan = plan_actions.start_plan(case=self.case, by=by, at=at)
        plan = plan_actions.save_plan(
            plan=plan,
            lead=organisation(row["regie"]) if row.get("regie") else None,
            care_part=row.get("zorgEnBegeleiding", ""),
            security_part=row.get("veiligheid", ""),
            reintegration_part=row.get("reintegratie", ""),
            expected_version=plan.version,
            by=by,
            at=at,
        )
        goals = {goal.get("id", ""): self._goal(plan, goal, by, at) for goal in row.get("doelen", ())}
        for action in row.get("acties", ()):
            self._action(action, goals, by, at)
        talked = row.get("besproken")
        if talked:
            on = self.clock.day(need(talked, "op"))
            assert on is not None
            plan_actions.discuss_plan(
                plan=plan,
                on=on,
                view=DetaineeView(need(talked, "reactie")),
                note=talked.get("toelichting", ""),
                by=by,
                at=at,
            )

    def _goal(self, plan: Any, row: Row, by: Viewer, at: datetime) -> Any:  # plans' own rows
        with named(row, "Goal"):
            return plan_actions.add_goal(
                plan=plan,
                domain=LifeDomain(need(row, "leefgebied")),
                kind=GoalKind(row.get("soort", "re-integratie")),
                text=need(row, "tekst"),
                by=by,
                at=at,
            )

    def _action(self, row: Row, goals: dict[str, Any], by: Viewer, at: datetime) -> None:  # plans' own rows
        with named(row, "Action"):
            plan_actions.add_action(
                case=self.case,
                domain=LifeDomain(need(row, "leefgebied")),
                text=need(row, "tekst"),
                assignee=organisation(need(row, "partij")),
                due_on=self.clock.day(row.get("uiterlijk")),
                goal=goals.get(row.get("doel", "")),
                by=by,
                at=at,
            )
