"""Who is brought into a case beside the gemeenten, and on which ground something is shared with them."""

from typing import TYPE_CHECKING

from cases import actions as case_actions
from consent import actions as consent_actions
from consent.visibility import GroundCode
from meetings.management.scenario.world import need, organisation

if TYPE_CHECKING:
    from meetings.management.scenario.case_story import CaseStory


def involve_others(story: "CaseStory") -> None:
    """The reclassering (on a title, unless said otherwise), netwerkpartners and a Zorg- en Veiligheidshuis."""
    for row in story.row.get("reclassering", ()):
        by, at = story.step(row)
        case_actions.involve_probation(
            case=story.case,
            organisation=organisation(need(row, "organisatie")),
            assignment=need(row, "opdracht"),
            on_title=row.get("titel", True),
            by=by,
            at=at,
        )
    for row in story.row.get("partners", ()):
        by, at = story.step(row)
        party = organisation(need(row, "organisatie"))
        case_actions.involve_partner(
            case=story.case, organisation=party, assignment=need(row, "opdracht"), by=by, at=at
        )


def rely_on_grounds(story: "CaseStory") -> None:
    """Statutory grounds on which this case relies, with their necessity."""
    for row in story.row.get("grondslagen", ()):
        by, at = story.step(row)
        consent_actions.rely_on_ground(
            case=story.case,
            recipient=organisation(need(row, "ontvanger")),
            code=GroundCode(need(row, "grondslag")),
            subjects=row.get("onderwerpen", [""]),
            necessity=need(row, "noodzaak"),
            reference=row.get("kenmerk", ""),
            by=by,
            at=at,
        )
