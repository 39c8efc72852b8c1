"""Faults that somebody could make one day, each with the tests that must go red.

To add one: what it does in Dutch, the file, the text as it stands there exactly once, what it becomes, and the test.
A fault changes the inside of functions. ``python -m tests.proof.seeding`` tries them one by one; ``--write`` puts the
list in docs/bewijs.md, where a test holds it against this table.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One edit in one file, and the test file or test that sees it."""

    what: str
    file: str
    old: str
    new: str
    seen_by: str


QUERIES, SIGHT, RULE = "consent/querysets.py", "consent/sight.py", "consent/visibility.py"
CONSENT_IN_FORCE = 'return self.filter(not_expired, withdrawn_at=None, answer="gegeven", given_at__lte=at)'
CONSENTS_OF = 'return in_force.filter(case=OuterRef("case"), recipient=viewer.organisation.pk, domain=OuterRef("domain"))'
SEES, HISTORY = "tests/consent/test_visibility.py", "tests/consent/test_history.py"
RELIES, CONTENT, MODEL = (
    "tests/consent/test_reliance.py",
    "tests/api/test_content.py",
    "tests/proof/test_model.py",
)

GROUNDS = [
    Fault(
        "een intrekking telt niet",
        QUERIES,
        CONSENT_IN_FORCE,
        CONSENT_IN_FORCE.replace("withdrawn_at=None, ", ""),
        SEES,
    ),
    Fault(
        "een einddatum telt niet",
        QUERIES,
        CONSENT_IN_FORCE,
        CONSENT_IN_FORCE.replace("not_expired, ", ""),
        SEES,
    ),
    Fault(
        "een weigering opent",
        QUERIES,
        CONSENT_IN_FORCE,
        CONSENT_IN_FORCE.replace('answer="gegeven", ', ""),
        SEES,
    ),
    Fault(
        "een toestemming voor een ander opent",
        RULE,
        CONSENTS_OF,
        CONSENTS_OF.replace("recipient=viewer.organisation.pk, ", ""),
        SEES,
    ),
    Fault(
        "een toestemming voor het ene leefgebied opent alle andere",
        RULE,
        CONSENTS_OF,
        CONSENTS_OF.replace(', domain=OuterRef("domain")', ""),
        SEES,
    ),
    Fault(
        "een toestemming gaat mee naar een nieuwe detentie",
        RULE,
        CONSENTS_OF,
        CONSENTS_OF.replace('case=OuterRef("case")', 'case__detainee=OuterRef("case__detainee")'),
        "tests/consent/test_sight.py",
    ),
    Fault(
        "de rechten van een partij worden per proces onthouden",
        SIGHT,
        "return _sight(by_law.union(by_consent, all=True))",
        "import sys\n\n    return sys.modules.setdefault(\n"
        '        f"{viewer.organisation.pk} {case.pk} {row_kind}", _sight(by_law.union(by_consent, all=True)))',
        MODEL,
    ),
    Fault(
        "een wet die voorbij is opent nog",
        QUERIES,
        "return self.filter(Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at)",
        "return self.filter(valid_from__lte=at)",
        RELIES,
    ),
    Fault(
        "een wet opent voor haar datum",
        QUERIES,
        "return self.filter(Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at)",
        "return self.filter(Q(valid_until=None) | Q(valid_until__gt=at))",
        SEES,
    ),
    Fault(
        "de wet opent zonder vastgelegde noodzaak",
        SIGHT,
        "return Q(per_case=False) | Q(Exists(recorded))",
        "return Q()",
        RELIES,
    ),
    Fault(
        "een beroep op de wet dat is beëindigd opent nog",
        QUERIES,
        "return self.filter(not_over, ended_at=None, since__lte=at)",
        "return self.filter(not_over, since__lte=at)",
        RELIES,
    ),
    Fault(
        "een beroep op de wet dat voorbij is opent nog",
        QUERIES,
        "return self.filter(not_over, ended_at=None, since__lte=at)",
        "return self.filter(ended_at=None, since__lte=at)",
        RELIES,
    ),
    Fault(
        "een beroep op de wet in een andere zaak opent hier",
        SIGHT,
        "named, case=case, recipient=viewer.organisation.pk, code=OuterRef",
        "named, recipient=viewer.organisation.pk, code=OuterRef",
        RELIES,
    ),
    Fault(
        "een beroep op de wet voor een ander opent",
        SIGHT,
        "named, case=case, recipient=viewer.organisation.pk, code=OuterRef",
        "named, case=case, code=OuterRef",
        RELIES,
    ),
    Fault(
        "een wet opent voor elke hoedanigheid",
        RULE,
        '        capacity=OuterRef("capacity"),\n        with_title__lte',
        "        with_title__lte",
        SEES,
    ),
    Fault(
        "een wet opent elk soort gegeven",
        RULE,
        "        row_kind=kind,\n    )\n    mine",
        "    )\n    mine",
        SEES,
    ),
    Fault(
        "een wet over wat de inrichting schrijft opent ook wat een ander schrijft",
        RULE,
        '        Q(owner_kind="") | Q(owner_kind=OuterRef(OuterRef("owner__kind"))),\n',
        "",
        "tests/consent/test_sight.py",
    ),
    Fault(
        "een grond voor wie een titel heeft wacht niet op de titel",
        RULE,
        '        with_title__lte=OuterRef("on_title"),\n        row_kind',
        "        row_kind",
        RELIES,
    ),
    Fault(
        "een regeling van één gemeente geldt voor alle",
        QUERIES,
        'return self.in_force(viewer.at).filter(mine, Q(role="") | Q(role=viewer.role_kind))',
        'return self.in_force(viewer.at).filter(Q(role="") | Q(role=viewer.role_kind))',
        RELIES,
    ),
]

PRESENCE = [
    Fault(
        "inhoud is te zien zonder deelname",
        RULE,
        'return Q(Exists(CaseParty.objects.of(viewer).filter(case=OuterRef("case"))))',
        "return Q()",
        SEES,
    ),
    Fault(
        "een deelname die voorbij is telt nog",
        "cases/querysets.py",
        "return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)",
        "return self.filter(since__lte=at)",
        SEES,
    ),
    Fault(
        "een gemeente die niet meer is aangesloten houdt haar zaken",
        "cases/querysets.py",
        "return rows if viewer.organisation.is_connected(viewer.on) else rows.exclude(capacity__in=MUNICIPAL)",
        "return rows",
        "tests/cases/test_connections.py",
    ),
    Fault(
        "een rol die voorbij is werkt nog",
        "parties/querysets.py",
        "return self.filter(not_ended, exists, since__lte=on, user__is_active=True)",
        "return self.filter(exists, since__lte=on, user__is_active=True)",
        "tests/parties/test_views_roles.py",
    ),
    Fault(
        "wie zijn rol verliest schuift door naar zijn andere rol",
        "parties/viewer.py",
        "    if chosen is None and len(roles) == 1:",
        "    if len(roles) == 1:",
        "tests/parties/test_views_roles.py",
    ),
    Fault(
        "een token wordt bij gebruik niet opnieuw beoordeeld",
        "reintegratie/oauth.py",
        "return valid and viewer_if_active(request.client, timezone.now()) is not None",
        "return valid",
        "tests/api/test_token.py",
    ),
    Fault(
        "software van een partij die is opgegaan in een andere werkt nog",
        "parties/viewer.py",
        "if client.organisation is None or client.organisation.has_ended(on) or not begun or ended:",
        "if client.organisation is None or not begun or ended:",
        "tests/parties/test_views_roles.py",
    ),
    Fault(
        "wie geen inhoud ziet krijgt haar toch",
        RULE,
        '        if not viewer.sees_content:\n            return self._released("none").none()\n',
        "",
        SEES,
    ),
    Fault(
        "een superuser zonder rol komt in beheer",
        "parties/beheer.py",
        "return admin_viewer(request, timezone.now()) is not None",
        "return user.is_superuser or admin_viewer(request, timezone.now()) is not None",
        "tests/reintegratie/test_beheer.py",
    ),
]

CHANNELS = [
    Fault(
        "leefgebieden: pagina en API zonder de regel",
        "plans/querysets.py",
        "rows = DomainRecord.objects.visible_to(viewer).filter(case=case, owner__kind=PartyKind.PRISON)",
        'rows = DomainRecord.objects.unrestricted(reason="fout").filter(case=case, owner__kind=PartyKind.PRISON)',
        CONTENT,
    ),
    Fault(
        "doelen: pagina en API zonder de regel",
        "plans/querysets.py",
        'goals = Goal.objects.visible_to(viewer).filter(case=case).order_by("domain", "created_at", "pk")',
        'goals = Goal.objects.unrestricted(reason="fout").filter(case=case).order_by("domain", "created_at", "pk")',
        CONTENT,
    ),
    Fault(
        "acties: pagina en API zonder de regel",
        "plans/querysets.py",
        'actions = Action.objects.visible_to(viewer).filter(case=case).select_related("assignee", "worker")',
        'actions = Action.objects.unrestricted(reason="fout").filter(case=case).select_related("assignee", "worker")',
        CONTENT,
    ),
    Fault(
        "aantal: een kaart telt ook verborgen acties",
        "plans/querysets.py",
        "open_domains = Action.objects.visible_to(viewer).filter(case=case, state=ActionState.OPEN)",
        'open_domains = Action.objects.unrestricted(reason="fout").filter(case=case, state=ActionState.OPEN)',
        "tests/plans/test_querysets.py",
    ),
    Fault(
        "inbreng: API zonder de regel",
        "plans/api/contributions.py",
        'rows = Contribution.objects.visible_to(viewer).filter(case=case).select_related("owner")',
        'rows = Contribution.objects.unrestricted(reason="fout").filter(case=case).select_related("owner")',
        CONTENT,
    ),
    Fault(
        "acties: lijst van de API zonder de regel",
        "plans/api/actions.py",
        "rows = Action.objects.visible_to(viewer).filter(assignee=viewer.organisation)",
        'rows = Action.objects.unrestricted(reason="fout").filter(assignee=viewer.organisation)',
        "tests/proof/test_channels.py",
    ),
    Fault(
        "actie: een id van een ander werkt in de API",
        "plans/api/actions.py",
        'rows = Action.objects.visible_to(viewer).select_related("case", "assignee")',
        'rows = Action.objects.unrestricted(reason="fout").select_related("case", "assignee")',
        "tests/api/test_idor.py",
    ),
    Fault(
        "API: het doel van een eigen actie verraadt een verborgen doel",
        "plans/api/actions.py",
        "set(Goal.objects.visible_to(viewer).filter(pk__in=asked)",
        'set(Goal.objects.unrestricted(reason="fout").filter(pk__in=asked)',
        "tests/api/test_actions.py",
    ),
    Fault(
        "API: een herhaalde aanroep toont wat nu verborgen is",
        "plans/api/actions.py",
        "lines = Action.history.visible_to(viewer).filter",
        'lines = Action.history.unrestricted(reason="fout").filter',
        "tests/api/test_actions.py",
    ),
    Fault(
        "informatieblad: delen zonder de regel (pagina, API en pdf)",
        "plans/sheets.py",
        "rows = SheetPart.objects.visible_to(viewer).filter(sheet__in=[sheet.pk for sheet in sheets])",
        'rows = SheetPart.objects.unrestricted(reason="fout").filter(sheet__in=[sheet.pk for sheet in sheets])',
        MODEL,
    ),
    Fault(
        "informatieblad: een deel is ook voor een andere ontvanger",
        "plans/models/sheet.py",
        "return Q() if viewer.is_of(PartyKind.PRISON) else Q(recipient=viewer.organisation.pk)",
        "return Q()",
        "tests/consent/test_sight.py",
    ),
    Fault(
        "informatieblad: een ingetrokken blad toont zijn inhoud in de API",
        "plans/api/sheets.py",
        "    if sheet.state != SheetState.WITHDRAWN:\n        found",
        "    if True:\n        found",
        CONTENT,
    ),
    Fault(
        "informatieblad: bij het verzenden wordt niet opnieuw beoordeeld",
        "plans/actions/sheets.py",
        "    if expected_digest is not None and expected_digest != draft.digest:",
        "    if False:",
        "tests/plans/test_actions_sheets.py",
    ),
    Fault(
        "besluiten: wie niet was uitgenodigd leest ze",
        "meetings/access.py",
        "        decisions = decisions.visible_to(reader)",
        '        decisions = decisions.unrestricted(reason="fout")',
        "tests/meetings/test_access.py",
    ),
    Fault(
        "agenda: een gast ziet alle punten",
        "meetings/access.py",
        "        items = items.visible_to(reader)",
        '        items = items.unrestricted(reason="fout")',
        "tests/meetings/test_access.py",
    ),
    Fault(
        "agenda: het voorstel van de inrichting gaat mee",
        "meetings/access.py",
        "        notes = notes.visible_to(reader)",
        '        notes = notes.unrestricted(reason="fout")',
        "tests/meetings/test_minutes.py tests/meetings/test_agenda.py tests/api/test_meetings.py",
    ),
    Fault(
        "besluitenlijst: de pdf noemt acties van anderen",
        "meetings/minutes.py",
        "        actions = actions.visible_to(reader)",
        '        actions = actions.unrestricted(reason="fout")',
        "tests/meetings/test_minutes.py",
    ),
    Fault(
        "agenda: de pdf noemt acties die deze lezer niet mag zien",
        "meetings/agenda.py",
        "        actions = actions.visible_to(reader)",
        '        actions = actions.unrestricted(reason="fout")',
        "tests/meetings/test_agenda.py",
    ),
    Fault(
        "kalender: de duur verraadt hoe lang de agenda van anderen is",
        "meetings/calendar.py",
        "    if opened.meeting.organisation_id != viewer.organisation.pk:\n        return LEAST\n",
        "",
        "tests/meetings/test_views_access.py tests/proof/test_channels.py",
    ),
    Fault(
        "kalender: een naam in het bestand",
        "meetings/calendar.py",
        "item.case.number for item in opened.items",
        "item.case.detainee.full_name for item in opened.items",
        "tests/proof/test_channels.py",
    ),
    Fault(
        "geschiedenis: zonder het filter op wat deze partij kreeg",
        RULE,
        "        lines = super().visible_to(viewer)\n        row_class",
        "        return super().visible_to(viewer)\n        row_class",
        HISTORY,
    ),
    Fault(
        "geschiedenis: pagina zonder de regel",
        "meetings/timeline.py",
        "history.visible_to(viewer).filter(case=case)",
        'history.unrestricted(reason="fout").filter(case=case)',
        "tests/cases/test_views_history.py",
    ),
    Fault(
        "planversie: onderdelen zonder de regel",
        "plans/versions.py",
        "rows = PlanVersionPart.objects.visible_to(viewer).filter(case=case, plan_version__number=number)",
        'rows = PlanVersionPart.objects.unrestricted(reason="fout").filter(case=case, plan_version__number=number)',
        "tests/plans/test_views.py tests/plans/test_views_daily.py tests/worlds/test_canaries.py",
    ),
    Fault(
        "teller: een lijst telt werk uit zaken van vroeger",
        "meetings/work.py",
        "rows = CaseTask.objects.filter(Exists(mine), party=viewer.organisation.pk, done_at=None)",
        "rows = CaseTask.objects.filter(party=viewer.organisation.pk, done_at=None)",
        "tests/cases/test_views_worklist.py tests/cases/test_views_work.py",
    ),
    Fault(
        "zoeken: een partner vindt iemand op BSN",
        "cases/search.py",
        "return rows.filter(case__detainee__bsn=query.bsn, capacity__in=KNOWS_ALL | KNOWS_DATES)",
        "return rows.filter(case__detainee__bsn=query.bsn)",
        "tests/cases/test_views_case_list.py",
    ),
    Fault(
        "filter: een partner hoort via een filter wat hij niet mag weten",
        "cases/api/cases.py",
        "        rows = rows.filter(capacity__in=KNOWS_ALL | KNOWS_DATES)\n",
        "        pass\n",
        "tests/api/test_cases.py",
    ),
    Fault(
        "bladeren: een bladwijzer van een ander wordt aangenomen",
        "reintegratie/lib/rest/pages.py",
        'return f"{request.path}?{urlencode(filters)}#{scope}"',
        'return f"{request.path}?{urlencode(filters)}"',
        "tests/proof/test_channels.py",
    ),
    Fault(
        "berichten: blijven staan na het einde van de deelname",
        "cases/querysets.py",
        "return mine.filter(Q(case=None) | taking_part)",
        "return mine",
        "tests/cases/test_views_inbox.py",
    ),
    Fault(
        "mail: gaat ook naar wie niet meer deelneemt",
        "cases/actions/deliver.py",
        "return works_there.exists() and (row.case_id is None or takes_part.exists())",
        "return works_there.exists()",
        "tests/cases/test_deliver.py",
    ),
    Fault(
        "stroom: een weigering voor wie niets had schuift zijn stroom op",
        "consent/actions/decisions.py",
        "return [recipient.pk] if Answer.GIVEN in answers.values() or open_now.exists() else []",
        "return [recipient.pk]",
        "tests/worlds/test_feeds.py",
    ),
    Fault(
        "kind-check: de gemeente leest ook een nee",
        "plans/models/screening.py",
        "return Q() if viewer.is_of(PartyKind.PRISON) else Q(answer=ChildCheckAnswer.YES)",
        "return Q()",
        "tests/plans/test_actions_screening.py tests/proof/test_channels.py",
    ),
    Fault(
        "overleg: een ingetrokken uitnodiging opent het punt nog",
        "meetings/models/agenda.py",
        'item=OuterRef("id"), organisation=viewer.organisation.pk, withdrawn_at=None',
        'item=OuterRef("id"), organisation=viewer.organisation.pk',
        "tests/meetings/test_access.py tests/meetings/test_actions_inviting.py",
    ),
]

ANSWERS = [
    Fault(
        "403 in plaats van 404 voor wie een zaak niet mag kennen",
        "cases/access.py",
        "    if case is None:\n        raise CaseNotFound\n",
        "    if case is None:\n        from django.core.exceptions import PermissionDenied\n\n"
        "        raise PermissionDenied if Case.objects.filter(pk=pk).exists() else CaseNotFound\n",
        "tests/consent/test_reading_log.py",
    ),
    Fault(
        "de 404 van een verborgen zaak is een andere dan die van een onbekende",
        "cases/access.py",
        "    if case is None:\n        raise CaseNotFound\n",
        "    if case is None:\n        from reintegratie.lib.rest.problems import Problem\n\n"
        "        raise Problem(404, bekend=True) if Case.objects.filter(pk=pk).exists() else CaseNotFound\n",
        "tests/api/test_walk.py",
    ),
    Fault(
        "het lezen van een zaak komt niet in de verantwoording",
        "cases/access.py",
        '    ledger.record(viewer, action, subjects=[subject], object_kind="zaak", object_id=case.pk)\n',
        "",
        "tests/consent/test_reading_log.py",
    ),
    Fault(
        "een lijst schrijft niet op over wie zij ging",
        "cases/api/cases.py",
        'ledger.record(viewer, "trajecten-lijst", subjects=subjects)',
        'ledger.record(viewer, "trajecten-lijst")',
        "tests/api/test_cases.py",
    ),
    Fault(
        "lukt de verantwoording niet, dan gaan de gegevens toch weg",
        "cases/access.py",
        '    ledger.record(viewer, action, subjects=[subject], object_kind="zaak", object_id=case.pk)\n',
        "    from contextlib import suppress\n\n    with suppress(Exception), transaction.atomic():\n"
        '        ledger.record(viewer, action, subjects=[subject], object_kind="zaak", object_id=case.pk)\n',
        "tests/proof/test_channels.py",
    ),
    Fault(
        "een weigering wordt niet opgeschreven",
        "reintegratie/errors.py",
        '    _write_refusal(request, "niet-gevonden")\n',
        "",
        "tests/proof/test_channels.py",
    ),
    Fault(
        "wie meekijkt leest in zijn kolom dat er is geweigerd",
        "consent/matrix.py",
        'return Cell(column.organisation.called, "Niet gedeeld", "inactive")',
        'return Cell(column.organisation.called, f"Niet gedeeld {domain}", "inactive")',
        "tests/consent/test_views.py",
    ),
    Fault(
        "het nummer van een verklaring verraadt een weigering",
        "consent/actions/decisions.py",
        "given = Consent.objects.filter(case=case, recipient=recipient, answer=Answer.GIVEN)",
        "given = Consent.objects.filter(case=case, recipient=recipient)",
        "tests/consent/test_actions.py",
    ),
    Fault(
        "een naam in een mail",
        "cases/actions/deliver.py",
        'context = {"words": words_of(row.kind),',
        'context = {"words": words_of(row.kind) + (f" {row.case.detainee.surname}" if row.case else ""),',
        "tests/cases/test_deliver.py",
    ),
    Fault(
        "na een intrekking hoort niemand dat een blad moet veranderen",
        "consent/actions/withdrawals.py",
        "    echo_withdrawal(consent, at=at)\n",
        "",
        "tests/consent/test_actions.py tests/journeys/test_withdrawal.py",
    ),
]

FAULTS = [*GROUNDS, *PRESENCE, *CHANNELS, *ANSWERS]
