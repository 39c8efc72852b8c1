"""The words of a case: domains, inflow, phases, capacities, statuses (domain C1, C2)."""

from django.db import models


class LifeDomain(models.TextChoices):
    """The five basisvoorwaarden and the social network (R15, R16), and the consent box 'zorg voor thuis' (R28, B4)."""

    IDENTITY = "identiteitsbewijs", "Identiteitsbewijs"
    HOUSING = "onderdak", "Onderdak"
    WORK_INCOME = "werk-en-inkomen", "Werk en inkomen"
    DEBTS = "schulden", "Schulden"
    CARE = "zorg", "Zorg"
    NETWORK = "sociaal-netwerk", "Sociaal netwerk"
    CARE_AT_HOME = "zorg-voor-thuis", "Zorg voor thuis"


SIX_DOMAINS = tuple(domain for domain in LifeDomain if domain is not LifeDomain.CARE_AT_HOME)
"""The domains that every screening answers and every case page shows as a card."""


class InflowType(models.TextChoices):
    """R132."""

    PRETRIAL = "preventief", "preventief gehecht"
    SELF_REPORTER = "zelfmelder", "zelfmelder"
    ARRESTEE = "arrestant", "arrestant"


class CustodyTitle(models.TextChoices):
    """R24; ISD in B6."""

    SENTENCE = "gevangenisstraf", "gevangenisstraf"
    PRETRIAL = "voorlopige hechtenis", "voorlopige hechtenis"
    SUBSTITUTE = "vervangende hechtenis", "vervangende hechtenis"
    COERCIVE = "gijzeling", "gijzeling"
    ISD = "isd", "ISD-maatregel"


class Phase(models.TextChoices):
    """The states of an episode (domain C2). Interruptions and ends included; no state is skipped."""

    ANNOUNCED = "aangekondigd", "aangekondigd"
    ADMITTED = "binnengekomen", "binnengekomen"
    SCREENED = "gescreend", "gescreend"
    PLAN_CONCEPT = "plan-concept", "plan in concept"
    PLAN_ADOPTED = "plan-vastgesteld", "plan vastgesteld"
    MONITORING = "monitoring", "monitoring"
    EXTRAMURAL = "extramuraal", "extramuraal"
    PRE_RELEASE = "voor-ontslag", "voorbereiding ontslag"
    RELEASED_WITH_TITLE = "ontslagen-met-titel", "ontslagen met titel"
    RELEASED_NO_TITLE = "ontslagen-zonder-titel", "ontslagen zonder titel"
    AFTERCARE = "nazorg", "nazorg"
    CLOSED = "afgesloten", "afgesloten"
    ABSENT = "afwezig", "ongeoorloofd afwezig"
    SUSPENDED_CUSTODY = "geschorst", "hechtenis geschorst"
    DECEASED = "overleden", "overleden"
    EXPELLED = "uitgezet", "uitgezet of uitgeleverd"
    NOT_REPORTED = "niet-gemeld", "niet gemeld"
    OUT_OF_SCOPE = "buiten-bereik", "buiten bereik"


ENDED_PHASES = (Phase.CLOSED, Phase.DECEASED, Phase.EXPELLED, Phase.NOT_REPORTED, Phase.OUT_OF_SCOPE)
RELEASED_PHASES = (Phase.RELEASED_WITH_TITLE, Phase.RELEASED_NO_TITLE, Phase.AFTERCARE)


class Programme(models.TextChoices):
    """R166-R167."""

    BASIC = "basis", "basisprogramma"
    PLUS = "plus", "plusprogramma"


class ExtramuralGround(models.TextChoices):
    """R152; ground d is the BBA since 1 July 2021 (C7 D5)."""

    CARE = "a", "a. zorginstelling (Pbw art. 15 lid 5 of art. 43 lid 3)"
    ISD = "b", "b. ISD buiten de inrichting"
    PENITENTIARY_PROGRAMME = "c", "c. penitentiair programma"
    EXTRAMURAL_WORK = "d", "d. detentiefasering: extramurale arbeid (BBA)"
    SUSPENDED_SENTENCE = "e", "e. voorwaardelijke veroordeling na de detentie"
    CONDITIONAL_RELEASE = "f", "f. voorwaardelijke invrijheidstelling"


class SuspensionReason(models.TextChoices):
    """Why a term stands still; none of them says anything about a life domain. Absence is recorded as a phase."""

    WAITING = "wacht-op-partij", "wacht op een andere partij"
    ELSEWHERE = "elders", "betrokkene verblijft tijdelijk elders"
    ASKED = "op-verzoek", "op verzoek van betrokkene"
    INTERPRETER = "middelen", "tolk, ruimte of systeem niet beschikbaar"
    OTHER = "anders", "andere reden (zie de toelichting)"
    ABSENT = "afwezig", "ongeoorloofd afwezig"
    CUSTODY = "geschorst", "voorlopige hechtenis geschorst"


class SuspensionState(models.TextChoices):
    """What became of a suspension. Whether it runs today follows from its days alone."""

    ASKED = "aangevraagd", "wacht op akkoord"
    GRANTED = "verleend", "verleend"
    REFUSED = "afgewezen", "afgewezen"


class Capacity(models.TextChoices):
    """In which capacity a party takes part in a case."""

    PRISON = "inrichting", "inrichting van verblijf"
    ORIGIN = "herkomst", "gemeente van herkomst"
    RESETTLEMENT = "hervestiging", "gemeente van hervestiging"
    PROBATION = "reclassering", "reclassering"
    PARTNER = "netwerkpartner", "netwerkpartner"
    SAFETY_HOUSE = "zvh", "Zorg- en Veiligheidshuis"
    GUEST = "gast", "genodigde bij een overleg"


class DeadlineStatus(models.TextChoices):
    """Stored states. 'Too late' is never stored: it is due < today in the query (architecture 4)."""

    OPEN = "open", "open"
    MET = "gehaald", "gehaald"
    LAPSED = "vervallen", "vervallen"
    SUSPENDED = "opgeschort", "opgeschort"


class RegionalStep(models.TextChoices):
    """Steps of the work process that hold only where a region agreed on them (R189, R195)."""

    TWO_WEEK_PLAN = "two_week_plan", "Integraal plan binnen twee weken na binnenkomst"
    DTB_END = "dtb_end", "Coördinatie door het DTB tot een maand na de einddatum"


class TaskKind(models.TextChoices):
    """Work that a message or a rule leaves for a person. Its text never holds content."""

    ORIGIN_UNKNOWN = "gemeente-onbekend", "Gemeente van herkomst uitzoeken"
    ORIGIN_NOT_CONNECTED = (
        "gemeente-niet-aangesloten",
        "Gemeente is niet aangesloten: begin detentie zelf melden",
    )
    ORIGIN_IS_FACILITY = (
        "gemeente-van-inrichting",
        "Gemeente van herkomst is de gemeente van de inrichting: controleren",
    )
    BEGIN_MESSAGE = "beginmelding", "Begin van detentie: neem zo nodig contact op"
    END_MESSAGE = "eindmelding", "Einde van detentie"
    RESETTLEMENT_CALL = "hervestiging", "Neem contact op met de gemeente van hervestiging"
    TRANSFER_MESSAGE = "overplaatsing", "Overplaatsing"
    CONTACT_TODAY = "contact-vandaag", "Neem vandaag contact met elkaar op"
    BSN_UNKNOWN = "bsn-onbekend", "BSN is onbekend"
    ASK_CONSENT = "toestemming-vragen", "Toestemming vragen"
    MEETING_FOLLOW_UP = "vervolg-overleg", "Vervolg van een overleg"
    SUSPENSION_APPROVAL = "akkoord-opschorting", "Opnieuw opschorten van een termijn: akkoord nodig"


class MessageStatus(models.TextChoices):
    """What became of a detention message. Nothing is dropped silently (contract 5)."""

    APPLIED = "verwerkt", "verwerkt"
    PARKED = "geparkeerd", "geparkeerd"
    REFUSED = "geweigerd", "geweigerd"
    SETTLED = "afgehandeld", "met de hand afgehandeld"


class Channel(models.TextChoices):
    """Over which road a notification travels."""

    IN_APP = "app", "in de applicatie"
    MAIL = "mail", "e-mail"
    EVENT = "gebeurtenis", "gebeurtenis voor API-clients"
    NOBODY = "niemand", "niemand die ervan mag weten"


class Topic(models.TextChoices):
    """What messages are about, as people choose between them. Which kinds belong to it: :mod:`cases.notices`."""

    TERMS = "termijnen", "Termijnen die eraan komen"
    OVERDUE = "te-laat", "Te laat en dringend"
    CASES = "zaken", "Zaken en detentie"
    SHARING = "samenwerking", "Screening, plan en acties"
    MEETINGS = "overleggen", "Overleggen"
    DIGEST = "weekoverzicht", "Weekoverzicht"
    SAFETY = "veiligheid", "Veiligheid en toestemming"
