"""An invited party says whether it comes."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from meetings import actions, rules
from meetings.access import invitations_of
from meetings.forms.agenda import AnswerForm
from meetings.models import InvitationAnswer
from meetings.refusals import MeetingRefusal
from meetings.views.door import enter
from parties.rules import require


@require_POST
def answer_invitation(request: HttpRequest, pk: UUID, invitation: UUID) -> HttpResponse:
    door = enter(request, pk, "uitnodiging-beantwoorden")
    found = invitations_of(door.viewer, door.opened.items).filter(pk=invitation).first()
    if found is None:
        raise Http404
    require(rules.may_answer(door.viewer, found, door.meeting))
    form = AnswerForm(request.POST, prefix=str(found.pk))
    if not form.is_valid():
        return door.refused(ValueError("Kies of u komt of niet."))
    answer = InvitationAnswer(form.cleaned_data["answer"])
    try:
        actions.answer_invitation(invitation=found, answer=answer, by=door.viewer, at=door.viewer.at)
    except MeetingRefusal as refusal:
        return door.refused(refusal)
    return door.back(f"Uw antwoord is doorgegeven: {answer.label}.")
