"""R10: finding every reminder that is due, in one statement, against the loop that this project does not have."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cases.actions.deadlines import equated_days
from cases.models import CaseParty, Deadline
from cases.reminders import due_reminders, windows
from meetings.management.bench.database import Database
from meetings.management.bench.figures import Figure
from meetings.management.bench.seed import seed_frames, settle
from meetings.management.bench.sizes import Size
from meetings.management.bench.stopwatch import medians, rolled_back
from reintegratie.lib.workdays import day_of

FEW_ROUNDS = 3
"""The loop takes so long that its median needs no more."""
Found = list[tuple[str, str]]


def due_stages(size: Size, at: datetime, database: Database) -> Iterator[Figure]:
    """At full size for a hundred thousand open cases, made for it; otherwise for those that are there."""
    if size.sweep:
        database.label("met meer lopende zaken")  # not to be used again
        far = size.cases * size.growth + 1
        seed_frames(replace(size, open=far + size.sweep), at, far, far + size.sweep - 1)
        settle()
    taken = medians(
        {"statement": lambda: _found(at), "loop": lambda: _looped(at)}, min(size.rounds, FEW_ROUNDS)
    )
    times, cases = taken["loop"] / taken["statement"], size.open + size.sweep
    note = f"{taken['loop'] * 1000:.0f} ms / {taken['statement'] * 1000:.0f} ms bij {cases} lopende zaken"
    if size.sweep:
        yield Figure("R10", times, note)
    else:
        yield Figure("R10", None, f"geldt voor 100.000 zaken (omvang full); hier {times:.1f}x: {note}")


def _found(at: datetime) -> Found:
    rows = due_reminders(at, equated_days())
    return sorted((str(row.pk), row.stage) for row in rows)


def _looped(at: datetime) -> Found:
    """Look at every open term, keep its stage on it, and write them back in batches; then never mind."""
    on = day_of(at)
    stages = list(windows(on, equated_days()))
    kept = set(CaseParty.objects.filter(capacity="inrichting", until=None).values_list("case_id", flat=True))
    found: list[Deadline] = []
    for term in Deadline.objects.open().iterator():
        stage = next(
            (one.stage for one in stages if term.step in one.steps and one.after < term.due_on <= one.until),
            "",
        )
        if not stage and term.due_on < on and term.step != "promotion_earliest":
            stage = f"te-laat-{((on - term.due_on).days - 1) // 7 + 1}"
        if stage and term.case_id in kept:
            term.suspension_reason = stage
            found.append(term)
    with rolled_back():
        write_back = Deadline.objects.bulk_update
        write_back(found, ["suspension_reason"], batch_size=500)
    return sorted((str(term.pk), term.suspension_reason) for term in found)
