"""Which notes does this viewer read, and who will read a note of a kind, in words (C3, C6.54)?"""

from uuid import UUID

from cases.models import Case
from parties.models import PartyKind
from parties.viewer import Viewer
from plans.models import Note, NoteKind

READ_BY = {
    (
        PartyKind.PRISON,
        NoteKind.INTERNAL,
    ): "Alleen uw eigen inrichting, ook na een overplaatsing. Niets of niemand kan deze notitie delen.",
    (
        PartyKind.PRISON,
        NoteKind.BEHAVIOUR,
    ): "De inrichting van verblijf. Gemeente en reclassering alleen met toestemming "
    "voor het leefgebied dat u kiest, of als de wet het in deze zaak toelaat. Een netwerkpartner nooit.",
    (
        PartyKind.PRISON,
        NoteKind.OFFENCE,
    ): "Alleen de inrichting van verblijf. De gemeente nooit, ook niet met toestemming.",
    (
        PartyKind.PRISON,
        NoteKind.VICTIM,
    ): "De inrichting van verblijf, en de reclassering met een justitiële titel. "
    "Gemeente en netwerkpartner nooit.",
    (
        PartyKind.PRISON,
        NoteKind.CONDITION,
    ): "Alleen de inrichting van verblijf. Wat de gemeente voor onderdak moet weten, "
    "hoort zij van de reclassering.",
    (
        PartyKind.PROBATION,
        NoteKind.BEHAVIOUR,
    ): "Uw organisatie en de inrichting van verblijf. Een gemeente alleen met "
    "toestemming voor het leefgebied dat u kiest. Een netwerkpartner nooit.",
    (
        PartyKind.PROBATION,
        NoteKind.OFFENCE,
    ): "Uw organisatie en de inrichting van verblijf. De gemeente nooit, ook niet met toestemming.",
    (
        PartyKind.PROBATION,
        NoteKind.VICTIM,
    ): "Uw organisatie, de inrichting van verblijf, en een andere reclassering met een "
    "justitiële titel. De gemeente nooit.",
    (
        PartyKind.PROBATION,
        NoteKind.CONDITION,
    ): "Uw organisatie, de inrichting van verblijf en de gemeenten in deze zaak. "
    "Schrijf alleen wat voor onderdak nodig is, niet waarom.",
}
"""One sentence before anything is written. What really holds is the one rule; after saving the readers are named."""

NO_CARE = (
    "Inhoud van zorg, een diagnose of medische gegevens horen in geen enkele notitie. Schrijf hooguit dat er een zorgvraag "
    "is; de medische dienst doet de rest."
)


def notes_of(case: Case, viewer: Viewer) -> list[Note]:
    """Every note this viewer may read, the newest first."""
    rows = Note.objects.visible_to(viewer).filter(case=case).select_related("owner", "recorded_by")
    return list(rows.order_by("-noted_on", "-created_at", "pk"))


def note_for(case: Case, viewer: Viewer, key: UUID) -> Note | None:
    """One note of this case, when the viewer may read it."""
    found: Note | None = Note.objects.visible_to(viewer).filter(case=case, pk=key).first()
    return found


def read_by(viewer: Viewer, kind: NoteKind) -> str:
    return READ_BY.get((PartyKind(viewer.kind), kind), "")
