"""Load the reference files of a folder (contract 1). Safe to repeat; rows that vanish are ended, not deleted."""

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from cases.actions.agreements import AgreementRow, UnknownMunicipality, sync_agreements
from cases.actions.calendar import sync_equated_days
from cases.models import RegionalStep
from consent.actions import UnknownParty, load_grounds
from parties.models import PartyKind
from parties.reference import LOADER, OrganisationRow, Tally, sync_organisations

CONNECTED_SINCE = date(
    2020, 3, 31
)  # since then begin and end messages are automatic for connected gemeenten (B4)
GROUND_COLUMNS = {
    "code": "code",
    "artikel": "article",
    "hoedanigheid": "capacity",
    "soort_gegeven": "row_kind",
    "leefgebied": "domain",
    "van_soort_partij": "owner_kind",
    "alleen_voor": "organisation",
    "rol": "role",
    "op_titel": "with_title",
    "per_zaak": "per_case",
    "noodzaak": "needs_necessity",
    "geldig_vanaf": "valid_from",
    "geldig_tot": "valid_until",
    "bron": "source",
    "geverifieerd": "verified",
}

Row = dict[str, str]


class Loader:
    """Who writes when reference data is loaded."""

    actor = LOADER


class Command(BaseCommand):
    help = (
        "Laadt gemeenten, inrichtingen, reclasseringsorganisaties, gelijkgestelde dagen, grondslagen en regionale"
        " afspraken uit een map."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("map", type=Path)

    def handle(self, *args: Any, map: Path, **options: Any) -> None:  # noqa: A002  # the argument's name
        if not map.is_dir():
            raise CommandError(f"{map} is geen map")
        found = [(name, load) for name, load in FILES.items() if (map / name).is_file()]
        if not found:
            raise CommandError(f"{map} bevat geen van de bestanden {', '.join(FILES)}")
        at = timezone.now()
        with transaction.atomic():
            reports = [f"{name}: {load(map / name, at)}" for name, load in found]
        if options.get("verbosity", 1):
            self.stdout.write("\n".join(reports))


def read_rows(path: Path, needed: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a CSV file; a faulty file is refused as a whole, with the line where it goes wrong."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in (reader := csv.DictReader(file)):
            missing = [name for name in needed if not (row.get(name) or "").strip()]
            if missing or None in row:
                what = f"{', '.join(missing)} ontbreekt" if missing else "te veel kolommen"
                raise CommandError(f"{path.name}, regel {reader.line_num}: {what}")
            yield {name: (value or "").strip() for name, value in row.items()}


def _day(row: Row, name: str) -> date | None:
    text = row.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"'{text}' is geen datum (JJJJ-MM-DD) in kolom {name}") from None


def _organisation(row: Row) -> OrganisationRow:
    return OrganisationRow(
        code=row["code"],
        name=row["naam"],
        place=row.get("plaats", ""),
        parent_name=row.get("organisatie", ""),
        region=row.get("veiligheidsregio", ""),
        municipality_code=row.get("gemeentecode", ""),
        facility_kinds=tuple(kind for kind in row.get("soorten", "").split(";") if kind),
        verified=row.get("geverifieerd", "ja") != "nee",
        valid_from=_day(row, "geldig_vanaf"),
        valid_until=_day(row, "geldig_tot"),
        successor_code=row.get("opvolger", ""),
    )


def _organisations(kind: PartyKind, connected_since: date | None = None) -> Callable[[Path, datetime], str]:
    def load(path: Path, at: datetime) -> str:
        rows = [_organisation(row) for row in read_rows(path, ("code", "naam"))]
        tally = sync_organisations(kind=kind, rows=rows, connected_since=connected_since, by=Loader(), at=at)
        return _told(tally)

    return load


def _told(tally: Tally) -> str:
    return f"{tally.added} nieuw, {tally.changed} gewijzigd, {tally.ended} beëindigd, {tally.unchanged} ongewijzigd"


def _equated_days(path: Path, at: datetime) -> str:
    days = {on: row["bron"] for row in read_rows(path, ("datum", "bron")) if (on := _day(row, "datum"))}
    return f"{sync_equated_days(days=days, by=Loader(), at=at)} van {len(days)} gewijzigd"


def _agreements(path: Path, at: datetime) -> str:
    rows = [
        _agreement(path, row) for row in read_rows(path, ("stap", "gemeentecode", "geldig_vanaf", "bron"))
    ]
    try:
        return f"{sync_agreements(rows=rows, by=Loader(), at=at)} van {len(rows)} gewijzigd"
    except UnknownMunicipality as unknown:
        raise CommandError(f"{path.name}: gemeente '{unknown}' bestaat niet") from unknown


def _agreement(path: Path, row: Row) -> AgreementRow:
    since = _day(row, "geldig_vanaf")
    if row["stap"] not in RegionalStep.values or since is None:
        raise CommandError(f"{path.name}: '{row['stap']}' is geen stap die een regio kan afspreken")
    return AgreementRow(
        step=row["stap"],
        municipality_code=row["gemeentecode"],
        valid_from=since,
        valid_until=_day(row, "geldig_tot"),
        source=row["bron"],
        verified=row.get("geverifieerd", "ja") != "nee",
    )


def _grounds(path: Path, at: datetime) -> str:
    rows = [
        {name: row.get(column, "") for column, name in GROUND_COLUMNS.items()}
        for row in read_rows(path, ("code", "artikel", "hoedanigheid", "soort_gegeven", "bron"))
    ]
    off = sum(not row["valid_from"] for row in rows)
    try:
        changed = load_grounds(rows=rows, by=Loader(), at=at)
    except UnknownParty as unknown:
        raise CommandError(f"{path.name}: organisatie '{unknown}' bestaat niet") from unknown
    return f"{changed} gewijzigd, {off} zonder begindatum (staan uit)"


FILES: dict[str, Callable[[Path, datetime], str]] = {
    "gelijkgestelde-dagen.csv": _equated_days,
    "gemeenten.csv": _organisations(PartyKind.MUNICIPALITY, CONNECTED_SINCE),
    "inrichtingen.csv": _organisations(PartyKind.PRISON),
    "reclasseringsorganisaties.csv": _organisations(PartyKind.PROBATION),
    "grondslagen.csv": _grounds,
    "regionale-afspraken.csv": _agreements,
}
"""In this order: inrichtingen refer to gemeenten."""
