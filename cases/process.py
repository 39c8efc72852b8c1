"""The work process as a table: which step is due when, counted from what, on whose word (domain C4). Dated.

A change of a rule is a new row with a later ``valid_from``; a deadline keeps the rule it was made under (C6.56). How an
episode moves along its phases is :mod:`cases.road`.
"""

from datetime import date

from cases.models.vocabulary import Capacity
from cases.steps import Meaning, Roll, Room, Step, StepRule, Unit

WORKING_DAYS, WEEKS, MONTHS, DAYS = Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.DAYS
FORWARD, BACK = Roll.FORWARD, Roll.BACK
POSSIBLE, STOPS = Meaning.POSSIBLE, Meaning.STOPS
CONTENT, REQUEST, RECORDS = Room.CONTENT, Room.REQUEST, Room.RECORDS
PRISON, ORIGIN, PROBATION = Capacity.PRISON, Capacity.ORIGIN, Capacity.PROBATION
MUNICIPAL = (Capacity.ORIGIN, Capacity.RESETTLEMENT)
ALL_THREE = (*MUNICIPAL, Capacity.PROBATION)

HANDREIKING, PBW_18A, PBW_18C = date(2019, 7, 1), date(2021, 7, 1), date(2004, 10, 1)
PW, WJSG, AVG, PM = date(2015, 1, 1), date(2012, 7, 1), date(2018, 5, 25), date(1999, 1, 1)

PLAN_STEPS = (Step.PLAN_ADOPTION, Step.STAY_PLAN)
"""One of the two, by the title somebody is inside for (C6.38)."""
ADOPTION_STEPS = (*PLAN_STEPS, Step.TWO_WEEK_PLAN, Step.ISD_EVALUATION)
"""What a plan that is adopted in an MDO does at once: its own term, that of the region, the evaluation of an ISD."""
AFTER_RELEASE = (Step.DTB_END,)
"""Terms that begin with the release and are open after it; every other one lapses then (C6.20)."""

# fmt: off
STEP_RULES: tuple[StepRule, ...] = (
    # entry
    StepRule(Step.BEGIN_MESSAGE, "Begin van de detentie melden aan de gemeente", "binnenkomst", (1,), WORKING_DAYS,
             "Handreiking par. 2.2 (R23); dezelfde dag, uiterlijk de eerstvolgende werkdag", HANDREIKING,
             warn_before=(), heads_late=1,
             ends="gehaald als een aangesloten gemeente van herkomst deelneemt, of de inrichting het zelf heeft gemeld"),
    StepRule(Step.INFO_REQUEST, "Informatie vragen aan gemeente en reclassering", "binnenkomst", (10,), WORKING_DAYS,
             "Handreiking par. 4.2 stap 1 (R139)", HANDREIKING,
             warn_before=(5, 2), heads_late=1, ends="gehaald als ernaar is gevraagd; vervalt met de screening"),
    StepRule(Step.SCREENING, "Screening van de basisvoorwaarden", "binnenkomst", (10,), WORKING_DAYS,
             "Handreiking bijlage III, screening (R146)", HANDREIKING,
             warn_before=(5, 2), heads_late=1,
             ends="vervalt bij ontslag; overplaatsing verandert niets; afwezigheid pauzeert"),
    StepRule(Step.SHARE_REQUESTS, "Hulpvragen delen met gemeente en reclassering", "binnenkomst", (10,), WORKING_DAYS,
             "Handreiking par. 4.2 stap 4 (R145)", HANDREIKING,
             warn_before=(2,), ends="gehaald als gedeeld is, of vastligt dat er geen toestemming is"),
    StepRule(Step.REFLECTOR_LANGUAGE, "Reflector en Taalmeter", "binnenkomst", (10,), WORKING_DAYS,
             "Handreiking par. 4.2 stap 2 (R141)", HANDREIKING,
             warn_before=(2,), ends="gehaald als beide zijn afgenomen of geweigerd"),
    # what the screening brings
    StepRule(Step.SCIL, "SCIL afnemen", "het vermoeden van LVB", (1,), WORKING_DAYS,
             "Handreiking par. 4.2 stap 2 (R142)", HANDREIKING,
             room=CONTENT, warn_before=(), repeat=1, ends="gehaald met de SCIL, ook als die is geweigerd"),
    StepRule(Step.EDUCATION_REFERRAL, "Aanmelden bij onderwijs", "een te lage Taalmeter", (1,), WORKING_DAYS,
             "Handreiking bijlage III (R143)", HANDREIKING,
             room=CONTENT, warn_before=(), repeat=1, ends="gehaald als de aanmelding vastligt"),
    StepRule(Step.CHILD_CHECK_CONTACT, "Kind-check: contact met de gemeente van herkomst", "het antwoord op de kind-check",
             (0,), DAYS, "Handreiking par. 3.6.1 (R122); direct", HANDREIKING,
             room=CONTENT, informed=(ORIGIN,), warn_before=(), heads_late=1, repeat=1,
             ends="gehaald als het contact vastligt; hangt niet af van toestemming"),
    # plan and meetings
    StepRule(Step.TWO_WEEK_PLAN, "Integraal plan binnen twee weken (regio)", "binnenkomst", (14,), DAYS,
             "Handreiking bijlage IV-A, Groningen (R189)", HANDREIKING,
             ends="alleen waar de regio het zo afspreekt; gehaald als het plan is vastgesteld"),
    StepRule(Step.PLAN_ADOPTION, "D&R-plan vaststellen", "binnenkomst", (4,), WEEKS,
             "Handreiking par. 4.2 stap 5 (R147)", HANDREIKING,
             informed=ALL_THREE, warn_before=(14, 7, 2), heads_late=1),
    StepRule(Step.PLAN_ADOPTION, "D&R-plan vaststellen", "binnenkomst", (4,), WEEKS, "Pbw art. 18a lid 1 (R147)", PBW_18A,
             statutory=True, rolls=FORWARD, informed=ALL_THREE, warn_before=(14, 7, 2), heads_late=1,
             ends="vervalt bij ontslag; overplaatsing verandert niets; een nieuwe detentie begint opnieuw"),
    StepRule(Step.STAY_PLAN, "Verblijfsplan vaststellen", "binnenkomst", (1,), MONTHS, "Pbw art. 18c (domein B6, C6.38)",
             PBW_18C, statutory=True, rolls=FORWARD, warn_before=(14, 7, 2), heads_late=1,
             informed=(PROBATION,)),  # this plan is for an ISD only, and a gemeente is not told the title
    StepRule(Step.ISD_EVALUATION, "Verblijfsplan evalueren", "de vaststelling van het verblijfsplan", (6,), MONTHS,
             "Pbw art. 18c (domein B6); ten minste elke zes maanden", PBW_18C,
             rolls=BACK, later_from="de vorige evaluatie", informed=(PROBATION,), warn_before=(14,),
             ends="gehaald als het plan opnieuw in een MDO is vastgesteld; dan begint een nieuwe ronde"),
    StepRule(Step.MDO_CYCLE, "Volgend MDO", "het laatste gehouden MDO", (6,), WEEKS,
             "Handreiking par. 4.2 stap 6 (R149)", HANDREIKING, rolls=BACK, warn_before=(7,), heads_before=(10,),
             ends="alleen een gehouden MDO begint opnieuw; afgelast of verplaatst verandert niets"),
    StepRule(Step.ARRESTEE_STAY, "Verblijf op een arrestantenlocatie", "binnenkomst op de arrestantenlocatie", (8,), WEEKS,
             "Handreiking par. 4.1c (R137)", HANDREIKING, warn_before=(14, 7), ends="eindigt met overplaatsing of ontslag"),
    StepRule(Step.PROMOTION_EARLIEST, "Promotie naar het plusprogramma mogelijk", "het begin van de detentie", (42,), DAYS,
             "Handreiking bijlage III (R166)", HANDREIKING, meaning=POSSIBLE, warn_before=(),
             ends="niet voor een zelfmelder (die begint in plus) en niet bij ISD"),
    StepRule(Step.FAMILY_TIMEOUT, "Time-out van de gezinsbenadering voorbij", "de overtreding", (6,), WEEKS,
             "Handreiking bijlage IV-E (R125)", HANDREIKING, room=CONTENT, meaning=POSSIBLE, warn_before=()),
    # benefits that stop (B11)
    StepRule(Step.BENEFIT_STOP_DAY1, "Uitkering stopt: bijstand, IOAW, IOAZ, AIO, WW", "binnenkomst", (0,), DAYS,
             "Participatiewet art. 13, SVB, UWV (R98-R100, domein B11)", PW,
             room=CONTENT, meaning=STOPS, informed=MUNICIPAL, warn_before=()),
    StepRule(Step.BENEFIT_STOP_30D, "Uitkering stopt: AOW, Anw", "binnenkomst", (30,), DAYS,
             "SVB: langer dan 30 dagen in detentie (R98)", PW,
             room=CONTENT, meaning=STOPS, warn_before=(10,), ends="vervalt bij ontslag voor die dag"),
    StepRule(Step.BENEFIT_STOP_MONTH, "Uitkering stopt: ZW, WIA, WAO, WAZ, Wajong", "binnenkomst", (1,), MONTHS,
             "UWV (domein B11)", PW,
             room=CONTENT, meaning=STOPS, warn_before=(10,), ends="vervalt bij ontslag voor die dag"),
    StepRule(Step.WW_REVIVAL_LIMIT, "WW laten herleven", "binnenkomst", (6,), MONTHS, "UWV (domein B11)", PW,
             room=CONTENT, responsible=ORIGIN, informed=(Capacity.RESETTLEMENT, PRISON), warn_before=(30,)),
    # leave and the way out
    StepRule(Step.PP_WINDOW, "Penitentiair programma mogelijk", "de data van DJI", (0,), DAYS,
             "Pbw art. 4 (domein B5); alleen ter informatie", PBW_18A, room=CONTENT, meaning=POSSIBLE, warn_before=()),
    StepRule(Step.BIJ_WINDOW, "BIJ-melding mogelijk", "de verwachte terugkeer", (3,), MONTHS,
             "Besluit justitiële en strafvorderlijke gegevens art. 11a", WJSG,
             backward=True, room=CONTENT, meaning=POSSIBLE, warn_before=(), ends="herrekend bij elke andere datum"),
    StepRule(Step.BIJ_DESTROY, "BIJ-melding vernietigen", "de ontvangst", (9,), MONTHS,
             "Besluit justitiële en strafvorderlijke gegevens art. 11a", WJSG,
             room=CONTENT, responsible=ORIGIN, warn_before=(30,), ends="met maatregelen: vijf jaar gesloten bewaard"),
    StepRule(Step.PRE_RELEASE_CHECK, "Basisvoorwaarden nalopen voor ontslag", "de verwachte einddatum", (8, 4, 1), WEEKS,
             "Handreiking par. 4.2 stap 7 (R150)", HANDREIKING, backward=True, informed=ALL_THREE,
             ends="herrekend bij elke andere einddatum; is het moment voorbij, dan nu"),
    StepRule(Step.ID_APPLICATION, "Identiteitsbewijs aanvragen", "de verwachte einddatum", (6,), WEEKS,
             "Handreiking par. 3.1 (R65-R67)", HANDREIKING, backward=True, room=CONTENT, informed=MUNICIPAL,
             warn_before=(28, 21, 14, 7), ends="begint zodra er geen geldig bewijs is; gehaald met de aanvraag"),
    StepRule(Step.SEARCH_PERIOD_START, "Zoektermijn bijstand melden (jonger dan 27)", "de verwachte einddatum", (28,),
             DAYS, "Participatiewet art. 41 lid 4 (R89-R90)", PW, backward=True, room=CONTENT, informed=MUNICIPAL,
             warn_before=(14, 7, 1),
             ends="schuift nooit op; vervalt bij 27 jaar en zonder hulpvraag; te laat: art. 41 lid 11"),
    StepRule(Step.APPLICATION_DAY_ONE, "Bijstand aanvragen op de eerste dag (27 of ouder)", "de verwachte einddatum", (0,),
             DAYS, "Handreiking par. 3.3.2 (R93)", HANDREIKING, rolls=FORWARD, room=CONTENT,
             responsible=ORIGIN, informed=(Capacity.RESETTLEMENT, PRISON), warn_before=(14, 3)),
    StepRule(Step.ADVANCE_PAYMENT, "Voorschot bijstand", "de aanvraag", (4,), WEEKS,
             "Participatiewet art. 52 (R94, domein B11)", PW, statutory=True, rolls=FORWARD, room=CONTENT,
             responsible=ORIGIN, informed=(Capacity.RESETTLEMENT,), warn_before=(7,),
             ends="elke vier weken opnieuw tot over het recht is beslist"),
    # after the detention
    StepRule(Step.DTB_END, "Coördinatie door het DTB eindigt", "de einddatum", (1,), MONTHS,
             "Handreiking bijlage IV-B (R195)", HANDREIKING,
             responsible=ORIGIN, informed=(Capacity.RESETTLEMENT,), warn_before=(7,),
             ends="alleen waar de regio het zo afspreekt; gehaald als de nazorg is afgesloten"),
    StepRule(Step.DSR_ANSWER_PRISON, "Verzoek om inzage beantwoorden (inrichting)", "het verzoek", (4,), WEEKS,
             "Wjsg art. 51b lid 2 (domein B8, C6.57)", AVG,
             statutory=True, rolls=FORWARD, room=REQUEST, warn_before=(14, 7)),
    StepRule(Step.DSR_ANSWER, "Verzoek om inzage beantwoorden", "het verzoek", (1,), MONTHS, "AVG art. 12 lid 3", AVG,
             room=REQUEST, responsible=ORIGIN, informed=(Capacity.RESETTLEMENT, PROBATION), warn_before=(14, 7),
             ends="eenmaal met twee maanden te verlengen, met de reden"),
    StepRule(Step.RETENTION, "Bewaartermijn", "het einde van het verblijf", (120,), MONTHS,
             "Penitentiaire maatregel art. 35-39 (domein B7)", PM,
             room=RECORDS, meaning=POSSIBLE, warn_before=(),
             ends="vervalt bij een nieuwe detentie"),
)
# fmt: on


def steps_for(capacity: str | None) -> tuple[str, ...]:
    """The steps of the frame whose terms a party works with: the PI with all, the others with those they are told about."""
    framed = [rule for rule in STEP_RULES if rule.room is Room.FRAME]
    return tuple(
        {str(rule.step) for rule in framed if capacity == Capacity.PRISON or capacity in rule.capacities}
    )


def content_steps_for(capacity: Capacity) -> tuple[str, ...]:
    """The steps with a term that reveals content, which a party of this capacity works with if a ground lets it (C3)."""
    rules = (rule for rule in STEP_RULES if rule.room is Room.CONTENT)
    return tuple(sorted({str(rule.step) for rule in rules if capacity in rule.capacities}))


def step_of(code: str, on: date) -> StepRule:
    """The rule of a step that holds on this day; the first one when the day lies before all of them."""
    rows = sorted((rule for rule in STEP_RULES if rule.step == code), key=lambda rule: rule.valid_from)
    if not rows:
        raise KeyError(code)
    return next((rule for rule in reversed(rows) if rule.valid_from <= on), rows[0])
