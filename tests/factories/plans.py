"""Content of a case."""

import factory

from cases.models import LifeDomain
from plans.models import Action, DomainRecord, Goal, InformationSheet, Plan, SheetPart
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
