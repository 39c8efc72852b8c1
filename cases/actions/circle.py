"""Who takes part in a case now, and which work lies there: read once, for everything that follows a message."""

from dataclasses import dataclass
from datetime import datetime

from cases.actions.notify import notify
from cases.actions.work import open_task
from cases.models import Capacity, Case, CaseParty, CaseTask, Notification, TaskKind
from parties.models import Organisation
from reintegratie.lib.history import Actor
from reintegratie.lib.workdays import day_of


@dataclass(frozen=True)
class Circle:
    """The parties of one case that take part now and may be told, and all its tasks."""

    case: Case
    rows: list[CaseParty]
    tasks: list[CaseTask]

    @classmethod
    def of(cls, case: Case, at: datetime) -> "Circle":
        standing = CaseParty.objects.filter(case=case, until=None).connected(day_of(at))
        rows = standing.select_related("party").order_by("id")
        tasks = CaseTask.objects.filter(case=case).select_related("party", "case").order_by("opened_at", "id")
        return cls(case, list(rows), list(tasks))

    @property
    def prison(self) -> Organisation | None:
        """The PI that keeps the file now."""
        return next((row.party for row in self.rows if row.capacity == Capacity.PRISON), None)

    def in_capacity(self, *capacities: Capacity) -> list[CaseParty]:
        return [row for row in self.rows if row.capacity in capacities]

    def told_dates(self, *capacities: Capacity) -> list[CaseParty]:
        """Those of them to whom dates and place are their own work (C3)."""
        return [row for row in self.in_capacity(*capacities) if row.works_by_dates]

    def tell(self, row: CaseParty, kind: str, event: str, at: datetime) -> None:
        """Once per event and organisation: who came to work there later is not told the past as news."""
        if not Notification.objects.filter(event=event, organisation=row.party).exists():
            notify(case=self.case, organisation=row.party, kind=kind, event=event, at=at)

    def tell_once(
        self, party: Organisation, kind: TaskKind, *, since: datetime, by: Actor, at: datetime
    ) -> None:
        """One task and one message for a party about something that happens to a case once."""
        if any(task.party_id == party.pk and task.kind == kind for task in self.tasks):
            return
        self.tasks.append(open_task(case=self.case, party=party, kind=kind, since=since, by=by, at=at))
        notify(case=self.case, organisation=party, kind=kind, event=f"{kind}:{self.case.pk}", at=at)
