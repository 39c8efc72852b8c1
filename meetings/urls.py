"""The pages of meetings."""

from django.urls import URLPattern, URLResolver, path

from meetings import printing
from meetings.views import (
    agenda,
    answering,
    calendar,
    case_meetings,
    holding,
    item,
    meeting,
    meeting_list,
    planning,
)

ONE = "overleggen/<uuid:pk>/"
ITEM = f"{ONE}punten/<uuid:item>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("overleggen/", meeting_list.meeting_list, name="meetings"),
    path("overleggen/nieuw/", planning.plan_meeting, name="meeting_plan"),
    path(ONE, meeting.meeting_detail, name="meeting"),
    path(f"{ONE}wijzigen/", planning.change_meeting, name="meeting_change"),
    path(f"{ONE}afgelasten/", planning.cancel_meeting, name="meeting_cancel"),
    path(f"{ONE}houden/", holding.hold_meeting, name="meeting_hold"),
    path(f"{ONE}agenda.pdf", printing.agenda_pdf, name="meeting_agenda_pdf"),
    path(f"{ONE}besluitenlijst.pdf", printing.minutes_pdf, name="meeting_minutes_pdf"),
    path(f"{ONE}overleg.ics", calendar.meeting_ics, name="meeting_ics"),
    path(f"{ONE}punten/", agenda.add_item, name="meeting_item_add"),
    path(f"{ONE}punten/aan-de-beurt/", agenda.add_proposed, name="meeting_items_add"),
    path(ITEM, item.item_detail, name="meeting_item"),
    path(f"{ITEM}wijzigen/", item.change_item, name="meeting_item_change"),
    path(f"{ITEM}volgorde/", agenda.move_item, name="meeting_item_move"),
    path(f"{ITEM}weghalen/", agenda.remove_item, name="meeting_item_remove"),
    path(f"{ITEM}uitnodigen/", item.invite, name="meeting_invite"),
    path(
        f"{ITEM}uitnodigingen/<uuid:invitation>/intrekken/",
        item.withdraw_invitation,
        name="meeting_invitation_withdraw",
    ),
    path(f"{ITEM}besluiten/", item.decide, name="meeting_decide"),
    path(f"{ITEM}besluiten/<uuid:decision>/weghalen/", item.drop_decision, name="meeting_decision_drop"),
    path(
        f"{ONE}uitnodigingen/<uuid:invitation>/antwoord/",
        answering.answer_invitation,
        name="meeting_answer",
    ),
    path("zaken/<uuid:pk>/overleggen/", case_meetings.case_meetings, name="case_meetings"),
]
