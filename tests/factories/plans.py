"""Content of a case."""

from datetime import date

import factory

from cases.models import LifeDomain
from cases.steps import Step
from plans.models import (
    Action,
    ContentTerm,
    DomainRecord,
    Goal,
    InformationSheet,
    Plan,
    SheetPart,
    TermKind,
)
from tests.factories.base import LONG_AGO, ContentFactory
from tests.factories.cases import CaseFactory
from tests.factories.parties import OrganisationFactory


class DomainRecordFactory(ContentFactory):
    class Meta:
        model = DomainRecord

    case = factory.SubFactory(CaseFactory)
    owner = factory.SubFactory(OrganisationFactory)
    domain = LifeDomain.HOUSING
    question_set = "2026-1"


class ContentTermFactory(ContentFactory):
    class Meta:
        model = ContentTerm

    case = factory.SubFactory(CaseFactory)
    owner = factory.SubFactory(OrganisationFactory)
    kind = TermKind.DOMAIN
    domain = LifeDomain.WORK_INCOME
    step = Step.SEARCH_PERIOD_START
    step_valid_from = date(2015, 1, 1)
    starts_on = date(2027, 1, 29)
    raw_due_on = due_on = date(2027, 1, 1)
    explanation = "28 dagen voor 29 januari 2027"


class PlanFactory(ContentFactory):
    class Meta:
        model = Plan

    case = factory.SubFactory(CaseFactory)
    owner = factory.SubFactory(OrganisationFactory)


class GoalFactory(ContentFactory):
    class Meta:
        model = Goal

    plan = factory.SubFactory(PlanFactory)
    case = factory.SelfAttribute("plan.case")
    owner = factory.SelfAttribute("plan.owner")
    domain = LifeDomain.HOUSING
    text = "Een eigen kamer op de dag van ontslag"


class ActionFactory(ContentFactory):
    class Meta:
        model = Action

    case = factory.SubFactory(CaseFactory)
    owner = factory.SubFactory(OrganisationFactory)
    assignee = factory.SubFactory(OrganisationFactory)
    domain = LifeDomain.HOUSING
    text = "Inschrijven als woningzoekende"


class InformationSheetFactory(ContentFactory):
    class Meta:
        model = InformationSheet

    case = factory.SubFactory(CaseFactory)
    owner = factory.SubFactory(OrganisationFactory)
    recipient = factory.SubFactory(OrganisationFactory)
    number = 1
    issued_at = LONG_AGO


class SheetPartFactory(ContentFactory):
    class Meta:
        model = SheetPart

    sheet = factory.SubFactory(InformationSheetFactory)
    case = factory.SelfAttribute("sheet.case")
    owner = factory.SelfAttribute("sheet.owner")
    recipient = factory.SelfAttribute("sheet.recipient")
    domain = LifeDomain.HOUSING
    ground = "toestemming van de betrokkene"
    content = factory.LazyFunction(dict)
