"""Notes of which the kind is chosen first: the kind says who may read the text (C3, C6.54, ADR 0013)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from consent.visibility import ContentRow, RowKind
from parties.models import User
from parties.viewer import Viewer
from plans.models.standing import history_as_it_stands, works_closely


class NoteKind(models.TextChoices):
    """A closed list. Content of care and diagnoses have no kind: they are not written here (R52)."""

    INTERNAL = RowKind.INTERNAL_NOTE.value, "interne notitie"
    BEHAVIOUR = RowKind.BEHAVIOUR.value, "gedrag en motivatie"
    OFFENCE = RowKind.OFFENCE.value, "delict"
    VICTIM = RowKind.VICTIM.value, "slachtoffer"
    CONDITION = RowKind.CONDITION.value, "voorwaarde voor onderdak"


class Note(ContentRow):
    """One text of one kind. Only a note on behaviour may have a domain, so that no consent opens any other (C3)."""

    row_kind: ClassVar[RowKind] = RowKind.INTERNAL_NOTE
    kind_column: ClassVar[str] = "kind"

    kind = models.CharField("soort", max_length=20, choices=NoteKind)
    text = models.TextField("tekst")
    noted_on = models.DateField("genoteerd op")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    history = history_as_it_stands()

    @classmethod
    def meant_for(cls, viewer: Viewer) -> Q:
        """An internal note stays with its owner, also at a transfer; no note goes to a partner or guest (C3)."""
        own = Q(owner=viewer.organisation.pk)
        return own | (~Q(kind=NoteKind.INTERNAL) & works_closely(viewer))

    class Meta(ContentRow.Meta):
        verbose_name = "notitie"
        constraints = (
            models.CheckConstraint(
                condition=Q(domain="") | Q(kind=RowKind.BEHAVIOUR.value), name="only_behaviour_has_a_domain"
            ),
        )
