"""What can a row of the work process say? Its words and its shape; the table itself is :mod:`cases.process`."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from cases.models.vocabulary import Capacity
from reintegratie.lib.dutch import listed


class Step(StrEnum):
    """The steps that carry a term (domain C4)."""

    BEGIN_MESSAGE = "begin_message"
    INFO_REQUEST = "info_request"
    SCREENING = "screening"
    SHARE_REQUESTS = "share_requests"
    REFLECTOR_LANGUAGE = "reflector_language"
    SCIL = "scil"
    EDUCATION_REFERRAL = "education_referral"
    CHILD_CHECK_CONTACT = "child_check_contact"
    TWO_WEEK_PLAN = "two_week_plan"
    PLAN_ADOPTION = "plan_adoption"
    STAY_PLAN = "stay_plan"
    ISD_EVALUATION = "isd_evaluation"
    MDO_CYCLE = "mdo_cycle"
    ARRESTEE_STAY = "arrestee_stay"
    PROMOTION_EARLIEST = "promotion_earliest"
    FAMILY_TIMEOUT = "family_timeout"
    BENEFIT_STOP_DAY1 = "benefit_stop_day1"
    BENEFIT_STOP_30D = "benefit_stop_30d"
    BENEFIT_STOP_MONTH = "benefit_stop_month"
    WW_REVIVAL_LIMIT = "ww_revival_limit"
    PP_WINDOW = "pp_window"
    BIJ_WINDOW = "bij_window"
    BIJ_DESTROY = "bij_destroy"
    PRE_RELEASE_CHECK = "pre_release_check"
    ID_APPLICATION = "id_application"
    SEARCH_PERIOD_START = "search_period_start"
    APPLICATION_DAY_ONE = "application_day_one"
    ADVANCE_PAYMENT = "advance_payment"
    DTB_END = "dtb_end"
    DSR_ANSWER_PRISON = "dsr_answer_prison"
    DSR_ANSWER = "dsr_answer"
    RETENTION = "retention"


class Unit(Enum):
    """In what a term is counted: one and more than one."""

    WORKING_DAYS = ("werkdag", "werkdagen")
    WEEKS = ("week", "weken")
    MONTHS = ("maand", "maanden")
    DAYS = ("dag", "dagen")


class Roll(Enum):
    """Where a term goes that ends on a day that does not count."""

    STAYS = "blijft staan"
    FORWARD = "naar de eerstvolgende werkdag (Algemene termijnenwet art. 1)"
    BACK = "naar de laatste werkdag ervoor"


class Meaning(Enum):
    """What the day of a term is: the last day to do something, or the day from which something may be or stops."""

    DUE = "uiterlijk"
    POSSIBLE = "mogelijk vanaf"
    STOPS = "stopt vanaf"


class Room(Enum):
    """Where the terms of a step are kept. What reveals content stands behind the visibility rule (architecture 4)."""

    FRAME = "cases.Deadline"
    CONTENT = "plans.ContentTerm"
    REQUEST = "consent.SubjectRequest"
    RECORDS = "retention terms of the records themselves"


@dataclass(frozen=True)
class StepRule:
    """One dated row of the work process.

    ``terms`` holds one length, or one per round (the pre-release check has three); ``backward`` terms count back from
    their event. Warnings count in the days of the term itself: working days for a term in working days, else calendar
    days. ``heads_before``: when the afdelingshoofd is warned; ``heads_late``: after how many working days too late he is
    told; ``repeat``: every how many days somebody hears that it is late.
    """

    step: Step
    label: str
    counts_from: str
    terms: tuple[int, ...]
    unit: Unit
    source: str
    valid_from: date
    statutory: bool = False
    rolls: Roll = Roll.STAYS
    backward: bool = False
    meaning: Meaning = Meaning.DUE
    room: Room = Room.FRAME
    responsible: Capacity = Capacity.PRISON
    informed: tuple[Capacity, ...] = ()
    warn_before: tuple[int, ...] = (3,)
    heads_before: tuple[int, ...] = ()
    heads_late: int = 10
    repeat: int = 7
    later_from: str = ""
    """What a later round counts from, where that is something else."""
    ends: str = ""
    """What ends, moves or pauses it, in words for who reads the table."""

    @property
    def earliest(self) -> bool:
        """A day from which something is so: it is never too late."""
        return self.meaning is not Meaning.DUE

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """Every party that works with this term."""
        return (self.responsible, *self.informed)

    @property
    def rule_text(self) -> str:
        """The rule in words, without dates: '10 werkdagen na binnenkomst'."""
        if self.terms == (0,):
            return f"op de dag van {self.counts_from}"
        numbers = [str(length) for length in self.terms]
        length = f"{listed(numbers)} {self.unit.value[self.terms != (1,)]}"
        event = f"{self.counts_from} of {self.later_from}" if self.later_from else self.counts_from
        return f"{length} {'voor' if self.backward else 'na'} {event}"

    def event_of(self, round_number: int) -> str:
        """What this round counts from."""
        return (self.later_from if round_number > 1 else "") or self.counts_from
