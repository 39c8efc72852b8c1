"""The API of the frame: trajecten, their terms, the feed of events and the incoming detention messages."""

from cases.api.cases import CaseDetail, CaseList
from cases.api.deadlines import Deadlines
from cases.api.events import Events
from cases.api.messages import Messages

__all__ = ["CaseDetail", "CaseList", "Deadlines", "Events", "Messages"]
