"""Screening: six domains, instruments, kind-check, and done only when everything was asked (R139-R146, C2)."""

from datetime import date

import pytest

from cases.models import (
    SIX_DOMAINS,
    Case,
    CaseParty,
    CaseTask,
    Deadline,
    DeadlineStatus,
    LifeDomain,
    Notification,
    Phase,
    TaskKind,
)
from cases.steps import Step
from consent.models import Disclosure
from parties.models import AuditLine, ProcessingLine
from parties.viewer import Viewer
from plans.actions import (
    NoPositiveChildCheck,
    ScreeningIncomplete,
    add_contribution,
    complete_screening,
    record_child_check,
    record_child_contact,
    record_domain,
    record_instrument,
)
from plans.models import (
    Action,
    ChildCheckAnswer,
    ContributionKind,
    DomainRecord,
    InstrumentKind,
    InstrumentOutcome,
    SupportAnswer,
)
from plans.questions import AnswersInvalid
from reintegratie.lib.versions import StaleVersion
from tests.conftest import NOW, World
from tests.factories.cases import DeadlineFactory
from tests.factories.consent import ConsentFactory

TODAY = date(2026, 4, 22)


def answer_six(case: Case, by: Viewer, **identity_facts: str) -> None:
    for domain in SIX_DOMAINS:
        facts = identity_facts if domain == LifeDomain.IDENTITY else {}
        record_domain(case=case, domain=domain, support_answer=SupportAnswer.NONE, facts=facts, by=by, at=NOW)


def ask_about_children(case: Case, by: Viewer, answer: ChildCheckAnswer = ChildCheckAnswer.NO) -> object:
    return record_child_check(case=case, answer=answer, asked_on=TODAY, by=by, at=NOW)


def test_a_domain_keeps_its_question_set_and_tells_the_ledger(case: Case, casemanager: Viewer) -> None:
    row = record_domain(
        case=case,
        domain=LifeDomain.HOUSING,
        support_answer=SupportAnswer.REQUEST,
        support_request="Kamer zoeken",
        facts={"woonsituatie": "huur", "huurachterstand": ""},
        by=casemanager,
        at=NOW,
    )

    assert (row.question_set, row.facts, row.version) == ("2026-1", {"woonsituatie": "huur"}, 1)
    assert ProcessingLine.objects.filter(activity="leefgebied-vastleggen", domains=["onderdak"]).exists()
    assert row.history.visible_to(casemanager).get().history_change_reason == "Onderdak: screening vastgelegd"


def test_answers_that_do_not_fit_are_refused_and_nothing_is_saved(case: Case, casemanager: Viewer) -> None:
    with pytest.raises(AnswersInvalid) as refused:
        record_domain(
            case=case,
            domain=LifeDomain.HOUSING,
            support_answer=SupportAnswer.NONE,
            facts={"woonsituatie": "kasteel", "onzin": "x", "woningzoekende_sinds": "gisteren"},
            by=casemanager,
            at=NOW,
        )

    assert set(refused.value.problems) == {"woonsituatie", "onzin", "woningzoekende_sinds"}
    assert DomainRecord.objects.unrestricted(reason="test").count() == 0


def test_the_second_of_two_editors_is_refused_and_gets_the_first_text(
    case: Case, casemanager: Viewer, unit_head: Viewer
) -> None:
    def save(by: Viewer, text: str) -> DomainRecord:
        return record_domain(
            case=case,
            domain=LifeDomain.CARE,
            support_answer=SupportAnswer.REQUEST,
            support_request=text,
            expected_version=0,
            by=by,
            at=NOW,
        )

    save(casemanager, "eerste tekst")

    with pytest.raises(StaleVersion) as stale:
        save(unit_head, "tweede tekst")
    assert isinstance(stale.value.current, DomainRecord)
    assert stale.value.current.support_request == "eerste tekst"


def test_the_new_pi_goes_on_in_the_same_record_and_owns_it(
    case: Case, world: World, casemanager: Viewer, other_casemanager: Viewer
) -> None:
    record_domain(
        case=case, domain=LifeDomain.CARE, support_answer=SupportAnswer.NONE, by=casemanager, at=NOW
    )
    CaseParty.objects.filter(case=case, party=world.pi).update(party=world.other_pi)

    row = record_domain(
        case=case, domain=LifeDomain.CARE, support_answer=SupportAnswer.REFUSED, by=other_casemanager, at=NOW
    )

    assert (row.version, row.owner) == (2, world.other_pi)


def test_screening_that_is_not_finished_says_what_is_missing(case: Case, casemanager: Viewer) -> None:
    record_domain(
        case=case, domain=LifeDomain.IDENTITY, support_answer=SupportAnswer.NONE, by=casemanager, at=NOW
    )

    with pytest.raises(ScreeningIncomplete) as refused:
        complete_screening(case=case, by=casemanager, at=NOW)

    assert len(refused.value.missing) == 5 + 1 + 1  # five domains, the document, the kind-check
    assert any("Kind-check" in line for line in refused.value.missing)


def test_no_request_and_refusing_to_answer_are_answers(case: Case, casemanager: Viewer) -> None:
    for domain in SIX_DOMAINS:
        record_domain(case=case, domain=domain, support_answer=SupportAnswer.REFUSED, by=casemanager, at=NOW)
    ask_about_children(case, casemanager, ChildCheckAnswer.REFUSED)

    complete_screening(case=case, by=casemanager, at=NOW)

    case.refresh_from_db()
    assert case.phase == Phase.SCREENED


def test_a_finished_screening_meets_its_term_and_repeating_changes_nothing(
    case: Case, casemanager: Viewer
) -> None:
    DeadlineFactory(case=case, step=Step.SCREENING)
    answer_six(case, casemanager, geldig_aanwezig="ja")
    ask_about_children(case, casemanager)

    complete_screening(case=case, by=casemanager, at=NOW)
    complete_screening(case=case, by=casemanager, at=NOW)

    deadline = Deadline.objects.get(case=case)
    assert (deadline.status, deadline.closed_on) == (DeadlineStatus.MET, TODAY)


def test_without_a_valid_document_an_action_to_apply_is_left_once(case: Case, casemanager: Viewer) -> None:
    answer_six(case, casemanager, geldig_aanwezig="nee")
    ask_about_children(case, casemanager)

    complete_screening(case=case, by=casemanager, at=NOW)
    complete_screening(case=case, by=casemanager, at=NOW)

    action = Action.objects.visible_to(casemanager).get(case=case)
    assert (action.domain, action.assignee) == (LifeDomain.IDENTITY, casemanager.organisation)


def test_reflector_and_language_test_together_meet_their_term(case: Case, casemanager: Viewer) -> None:
    DeadlineFactory(case=case, step=Step.REFLECTOR_LANGUAGE)

    def take(kind: InstrumentKind, outcome: InstrumentOutcome) -> None:
        record_instrument(case=case, kind=kind, outcome=outcome, taken_on=TODAY, by=casemanager, at=NOW)

    take(InstrumentKind.REFLECTOR, InstrumentOutcome.REFUSED)
    assert Deadline.objects.get(case=case).status == DeadlineStatus.OPEN

    take(InstrumentKind.LANGUAGE, InstrumentOutcome.DONE)
    assert Deadline.objects.get(case=case).status == DeadlineStatus.MET


def test_a_low_language_result_leaves_an_action_that_stays_within_the_pi(
    case: Case, world: World, casemanager: Viewer, coordinator: Viewer
) -> None:
    for domain in LifeDomain:
        ConsentFactory(case=case, recipient=world.zwolle, domain=domain)

    record_instrument(
        case=case,
        kind=InstrumentKind.LANGUAGE,
        outcome=InstrumentOutcome.LOW,
        taken_on=TODAY,
        by=casemanager,
        at=NOW,
    )

    assert Action.objects.visible_to(casemanager).filter(case=case).count() == 1
    assert not Action.objects.visible_to(coordinator).filter(case=case).exists()


def test_a_positive_kind_check_tells_the_gemeente_of_origin_today_without_consent(
    case: Case, world: World, casemanager: Viewer
) -> None:
    ask_about_children(case, casemanager, ChildCheckAnswer.YES)

    disclosure = Disclosure.objects.get(case=case, recipient=world.zwolle)
    assert disclosure.grounds == {
        "kind-check": {"code": "KINDCHECK", "reference": "Handreiking par. 3.6.1(2)"}
    }
    tasks = CaseTask.objects.filter(case=case, kind=TaskKind.CONTACT_TODAY, done_at=None)
    assert {task.party for task in tasks} == {world.pi, world.zwolle}
    assert not any(task.explanation for task in tasks)
    assert Notification.objects.filter(case=case, organisation=world.zwolle, kind="contact-vandaag").exists()
    assert not Notification.objects.filter(case=case, organisation=world.probation).exists()


def test_saving_the_same_positive_kind_check_again_tells_nobody_twice(
    case: Case, world: World, casemanager: Viewer
) -> None:
    ask_about_children(case, casemanager, ChildCheckAnswer.YES)
    told = Notification.objects.count()

    ask_about_children(case, casemanager, ChildCheckAnswer.YES)

    assert Notification.objects.count() == told
    assert CaseTask.objects.filter(case=case, kind=TaskKind.CONTACT_TODAY).count() == 2


def test_contact_with_the_gemeente_ends_the_work_of_both(case: Case, casemanager: Viewer) -> None:
    check = ask_about_children(case, casemanager, ChildCheckAnswer.YES)

    record_child_contact(
        check=check,
        contacted_on=TODAY,
        contacted_who="P. de Boer, coördinator",
        expected_version=1,
        by=casemanager,
        at=NOW,
    )

    assert not CaseTask.objects.filter(case=case, kind=TaskKind.CONTACT_TODAY, done_at=None).exists()


def test_the_gemeente_knows_a_positive_kind_check_and_no_other_answer(
    case: Case, casemanager: Viewer, coordinator: Viewer, probation_officer: Viewer
) -> None:
    check = ask_about_children(case, casemanager, ChildCheckAnswer.NO)
    model = type(check)
    assert not model.objects.visible_to(coordinator).exists()

    ask_about_children(case, casemanager, ChildCheckAnswer.YES)

    assert model.objects.visible_to(coordinator).exists()
    assert not model.objects.visible_to(probation_officer).exists()
    assert model.history.visible_to(coordinator).count() == 1


def test_contact_belongs_to_a_positive_kind_check_only(case: Case, casemanager: Viewer) -> None:
    check = ask_about_children(case, casemanager)

    with pytest.raises(NoPositiveChildCheck):
        record_child_contact(
            check=check, contacted_on=TODAY, contacted_who="x", expected_version=1, by=casemanager, at=NOW
        )


def test_a_contribution_belongs_to_its_writer_and_is_read_by_the_pi(
    case: Case, casemanager: Viewer, coordinator: Viewer, probation_officer: Viewer
) -> None:
    row = add_contribution(
        case=case,
        domain=LifeDomain.DEBTS,
        kind=ContributionKind.TRAJECTORY,
        text="Loopt sinds mei een regeling",
        by=coordinator,
        at=NOW,
    )

    model = type(row)
    assert row.owner == coordinator.organisation
    assert list(model.objects.visible_to(casemanager)) == [row]
    assert list(model.objects.visible_to(probation_officer)) == []
    assert AuditLine.objects.filter(action="inbreng-leveren", user=coordinator.user).exists()


def test_the_feed_offers_the_case_again_only_to_who_may_see_what_changed(
    case: Case, world: World, casemanager: Viewer
) -> None:
    before = CaseParty.objects.get(case=case, party=world.zwolle).changed_at

    record_domain(
        case=case, domain=LifeDomain.CARE, support_answer=SupportAnswer.NONE, by=casemanager, at=NOW
    )

    assert CaseParty.objects.get(case=case, party=world.zwolle).changed_at == before
    assert CaseParty.objects.get(case=case, party=world.pi).changed_at == NOW


def contact_tasks(case: Case) -> set[str]:
    rows = CaseTask.objects.filter(case=case, kind=TaskKind.CONTACT_TODAY, done_at=None)
    return set(rows.values_list("party__code", flat=True))


def test_an_answer_that_is_no_longer_yes_ends_the_work_on_both_sides(case: Case, casemanager: Viewer) -> None:
    """A gemeente should not call about children who turn out not to be there."""
    ask_about_children(case, casemanager, ChildCheckAnswer.YES)
    assert contact_tasks(case) == {"ZWO", "0193"}

    ask_about_children(case, casemanager, ChildCheckAnswer.NO)

    assert contact_tasks(case) == set()


def test_a_second_yes_gives_the_work_again_and_tells_it_again(case: Case, casemanager: Viewer) -> None:
    for answer in (ChildCheckAnswer.YES, ChildCheckAnswer.NO, ChildCheckAnswer.YES, ChildCheckAnswer.YES):
        ask_about_children(case, casemanager, answer)

    told = Notification.objects.filter(kind=TaskKind.CONTACT_TODAY, channel="gebeurtenis")
    assert contact_tasks(case) == {"ZWO", "0193"}
    assert list(told.values_list("organisation__code", flat=True)) == ["0193", "0193"]
