"""What an action of this app may refuse, as a sentence for the person who asked. The door shows it at the form."""

from typing import ClassVar


class MeetingRefusal(Exception):
    """Something that the work process does not allow. ``about`` is a case number, never a name."""

    message: ClassVar[str] = "Dit kan niet."

    def __init__(self, about: str = "") -> None:
        super().__init__(f"Zaak {about}: {self.message}" if about else self.message)


class MeetingClosed(MeetingRefusal):
    message = "Dit overleg is al gehouden of afgelast. Er kan niets meer aan veranderen."


class NotAllowed(MeetingRefusal):
    """The door asks the rule first (403); an action that is called past the door refuses as well."""

    message = "Uw rol mag dit niet."
