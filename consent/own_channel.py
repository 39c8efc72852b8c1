"""Who may read what has a channel of its own, beside the case: a BIJ report and risk information (18b)?

    readable = (it was sent to my organisation, and a row of law opens this kind to my role there, while it may be read)
            OR (my PI keeps the file of this case now, and a row of law opens this kind to my role)

Not a second rule but the same two tables asked another way: nobody outside the PI reads it by taking part in the case
(ADR 0013, C3 note 5), and no consent opens it. Software never reads it.
"""

from typing import Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.manager import HistoricalQuerySet

from cases.models import Capacity, CaseParty
from consent.models import OWN_CHANNEL, RowKind, StatutoryGround
from consent.querysets import GroundQuerySet
from consent.sight import Ground
from consent.visibility import GuardedReads
from parties.models import BijMandate, PartyKind, RoleKind
from parties.viewer import Viewer

CHANNEL_KINDS = frozenset({RowKind.BIJ_REPORT, RowKind.RISK_REPORT})
"""The kinds of row that no page of a case shows to who may not read them; also the mark on their ledger lines."""


class ChannelRow(models.Model):
    """The head of something that was sent outside the case. It has: case, owner (the sender), recipient and kind."""

    class Meta:
        abstract = True

    @classmethod
    def still_there(cls, viewer: Viewer) -> Q:
        """While a recipient may know of it; for the law of each kind to say (B7)."""
        return Q()


class OwnChannelQuerySet(GuardedReads):
    """The manager of heads with a channel of their own."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What reached this viewer, and what his PI keeps. Of software nothing."""
        if viewer.client is not None:
            return self._released("software").none()
        row_class = cast("type[ChannelRow]", getattr(self.model, "instance_type", self.model))
        received = received_by(viewer) & row_class.still_there(viewer)
        return self._released("viewer").filter(received | kept_by(viewer))


class OwnChannelHistoryQuerySet(OwnChannelQuerySet, HistoricalQuerySet):
    """Past lines of such a head, for who may read the head itself."""


def received_by(viewer: Viewer) -> Q:
    """Heads that were sent to this viewer's organisation, of a kind that is for his role (C3, column BM; rows of law)."""
    law = _of_channel(viewer).filter(row_kind=OuterRef("kind"))
    return _addressed_to(viewer) & _supervises(viewer) & Q(Exists(law))


def kept_by(viewer: Viewer) -> Q:
    """Heads in a case of which this PI keeps the file now, of a kind that is for his role (C3, columns CM and UH)."""
    mine = CaseParty.objects.of(viewer).filter(case=OuterRef("case"), capacity=Capacity.PRISON)
    return Q(Exists(mine)) & Q(Exists(_of_prison(viewer).filter(row_kind=OuterRef("kind"))))


def kinds_known_to(viewer: Viewer) -> frozenset[str]:
    """The kinds of which this viewer may know that they were sent: the register and the log leave out the others.

    The functionaris gegevensbescherming reads who sent what to whom and when, and no report (C3, column AD).
    """
    if viewer.has_role(RoleKind.PRIVACY_OFFICER):
        return CHANNEL_KINDS
    law = _of_prison(viewer) if viewer.is_of(PartyKind.PRISON) else _of_channel(viewer)
    return frozenset(law.filter(row_kind__in=CHANNEL_KINDS).values_list("row_kind", flat=True))


def kinds_hidden_from(viewer: Viewer) -> list[str]:
    """The other kinds: the mark on lines of the register and the log that are not for him."""
    return sorted(CHANNEL_KINDS - kinds_known_to(viewer))


def channel_ground(viewer: Viewer, kind: str) -> Ground | None:
    """The row of law on which somebody in this role reads or sends this kind now."""
    law = _of_prison(viewer) if viewer.is_of(PartyKind.PRISON) else _of_channel(viewer)
    row = law.filter(row_kind=kind).order_by("valid_from", "pk").first()
    return Ground(row.code, row.article) if row else None


def _of_channel(viewer: Viewer) -> GroundQuerySet:
    """Law for recipients. A row without a role opens nothing here: it is always for one role by name."""
    return StatutoryGround.objects.for_viewer(viewer).filter(capacity=OWN_CHANNEL[0], role=viewer.role_kind)


def _of_prison(viewer: Viewer) -> GroundQuerySet:
    """Law within the PI. A row without a role is for the roles that see content; another role must be named."""
    law = StatutoryGround.objects.for_viewer(viewer).filter(capacity=Capacity.PRISON)
    return law if viewer.sees_content else law.filter(role=viewer.role_kind)


def _addressed_to(viewer: Viewer) -> Q:
    """To his own organisation; a BIJ report also to a gemeente for which his ZVH stands in today (R46)."""
    own = Q(recipient=viewer.organisation.pk)
    if not (viewer.is_of(PartyKind.SAFETY_HOUSE) and viewer.has_role(RoleKind.BIJ_MANDATARY)):
        return own
    mandates = BijMandate.objects.active_on(viewer.on).filter(safety_house=viewer.organisation.pk)
    return Q(kind=RowKind.BIJ_REPORT, recipient__in=mandates.values("municipality"))


def _supervises(viewer: Viewer) -> Q:
    """The reclassering reads only of whom it has an assignment at this moment (C3 rule 7, C6.47)."""
    if not viewer.is_of(PartyKind.PROBATION):
        return Q()
    mine = CaseParty.objects.of(viewer).filter(case=OuterRef("case"), capacity=Capacity.PROBATION)
    return Q(Exists(mine))
