"""Faults that somebody could make one day, each with the tests that must go red.

To add one: what it does in Dutch, the file, the text as it stands there exactly once, what it becomes, and the test.
A fault changes the inside of functions. ``python -m tests.proof.seeding`` tries them one by one; ``--write`` puts the
list in docs/bewijs.md, where a test holds it against this table.
"""

from tests.proof.fault import CONSENT_IN_FORCE, CONSENTS_OF, QUERIES, RELIES, RULE, SEES, SIGHT, Fault
from tests.proof.faults_in_channels import CHANNELS

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
        CONSENT_IN_FORCE.replace("not_expired & ", ""),
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
        "tests/proof/test_channels.py",
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
        'such as the PI of stay."""\n        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)',
        'such as the PI of stay."""\n        return self.filter(since__lte=at)',
        SEES,
    ),
    Fault(
        "een gemeente die niet meer is aangesloten houdt haar zaken",
        "cases/querysets.py",
        "        if not viewer.organisation.is_connected(viewer.on):\n            rows = rows.exclude",
        "        if False:\n            rows = rows.exclude",
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
        '        "words": words_of(row.kind),',
        '        "words": words_of(row.kind) + (f" {row.case.detainee.surname}" if row.case else ""),',
        "tests/cases/test_deliver.py",
    ),
    Fault(
        "na een intrekking hoort niemand dat een blad moet veranderen",
        "consent/actions/withdrawals.py",
        "    echo_end(consent, consent.domain, at=at)\n",
        "",
        "tests/consent/test_actions.py tests/journeys/test_withdrawal.py",
    ),
]

INSIDE = [
    Fault(
        "een afgeschermde zaak is er voor de hele organisatie",
        "cases/querysets.py",
        'mine &= Q(named_only=False) | Q(case__in=_cases_in("NamedPerson", viewer))',
        "mine &= Q()",
        "tests/cases/test_shielding.py",
    ),
    Fault(
        "een afgeschermde zaak is er ook voor software",
        "cases/querysets.py",
        "            return self.filter(mine, named_only=False)",
        "            return self.filter(mine)",
        "tests/cases/test_shielding.py",
    ),
    Fault(
        "een afdelingshoofd ziet elke afdeling",
        "cases/querysets.py",
        "mine = Q(unit=viewer.unit) if viewer.unit else Q()",
        "mine = Q()",
        "tests/cases/test_units.py",
    ),
    Fault(
        "noodtoegang houdt niet op",
        "cases/querysets.py",
        'until a moment."""\n\n    def holding(self, at: datetime) -> Self:\n'
        '        """Rows that hold at this moment (half-open period)."""\n'
        "        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)",
        'until a moment."""\n\n    def holding(self, at: datetime) -> Self:\n'
        '        """Rows that hold at this moment (half-open period)."""\n'
        "        return self.filter(since__lte=at)",
        "tests/cases/test_emergency.py",
    ),
    Fault(
        "noodtoegang van een collega werkt voor iedereen",
        "cases/querysets.py",
        'return rows.filter(user=viewer.user, organisation=viewer.organisation.pk).values("case")',
        'return rows.filter(organisation=viewer.organisation.pk).values("case")',
        "tests/cases/test_emergency.py",
    ),
    Fault(
        "wie een zaak zonder grondslag kent leest toch een naam",
        "consent/knowledge.py",
        "    if row.frame_consented:  # type: ignore[attr-defined]  # annotated\n",
        "    if True:\n",
        "tests/cases/test_frame.py",
    ),
]

FAULTS = [*GROUNDS, *PRESENCE, *CHANNELS, *ANSWERS, *INSIDE]
