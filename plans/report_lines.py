"""How do we say a report: one line in a list, the facts of its text, and how long it is kept?"""

from dataclasses import dataclass

from consent.visibility import RowKind
from parties.viewer import Viewer
from plans.models import SafetyReport, SafetyReportText
from plans.reports import WARN_DAYS, ReadReport
from reintegratie.lib.dutch import day_text, moment_text


@dataclass(frozen=True)
class Fact:
    """A label and what stands behind it; also the parameter of ``components/definition_list.html``."""

    label: str
    value: str


@dataclass(frozen=True)
class ReportLine:
    """One report in a list. The name only where its text may be read and was opened."""

    url: str
    kind: str
    name: str
    sent: str
    sender: str
    recipient: str
    about: str
    state: str
    tone: str
    warning: str


def report_line(one: ReadReport, viewer: Viewer) -> ReportLine:
    head = one.head
    state, tone = state_of(head, viewer)
    return ReportLine(
        url=head.get_absolute_url(),
        kind=str(head.get_kind_display()),
        name=one.text.name if one.text else "",
        sent=moment_text(head.sent_at),
        sender=head.owner.called,
        recipient=head.recipient.called,
        about=about(head),
        state=state,
        tone=tone,
        warning=kept_warning(head, viewer) if one.is_recipient else "",
    )


def about(head: SafetyReport) -> str:
    """Verlof vanaf 1 juni 2026."""
    since = f"vanaf {day_text(head.expected_on)}" if head.expected_on else ""
    return " ".join(part for part in (str(head.get_occasion_display()), since) if part).capitalize()


def state_of(head: SafetyReport, viewer: Viewer) -> tuple[str, str]:
    """What became of it, in a word and a colour."""
    if head.recalled_at:
        return "teruggehaald", "warning"
    if head.destroyed_at or head.destroy_on <= viewer.on:
        return "vernietigd", "inactive"
    if head.closes_on <= viewer.on:
        return "gesloten", "inactive"
    return ("geopend", "success") if head.received_at else ("nieuw", "neutral")


def kept_warning(head: SafetyReport, viewer: Viewer) -> str:
    """Thirty days before a report is destroyed or closed its reader is told (C4 bij_destroy)."""
    days = (head.closes_on - viewer.on).days
    if head.recalled_at or not 0 < days <= WARN_DAYS:
        return ""
    when = f"Over {days} {'dag' if days == 1 else 'dagen'} ({day_text(head.closes_on)})"
    if head.measures and head.destroy_on > head.closes_on:
        return f"{when} wordt de inhoud gesloten. De melding zelf blijft vijf jaar in uw lijst."
    return f"{when} wordt deze melding vernietigd. Zijn er maatregelen genomen? Leg dat dan eerst vast."


def kept_facts(head: SafetyReport) -> list[Fact]:
    """When it came, what was done, and until when it is kept."""
    facts = [
        Fact("Verzonden", f"{moment_text(head.sent_at)}, door {head.owner.called}"),
        Fact("Aan", head.recipient.called),
        Fact("Geopend", moment_text(head.received_at) if head.received_at else "nog niet"),
        Fact("Grondslag", head.article),
    ]
    if head.measures_taken_at:
        said = f"{str(head.get_measures_display()).capitalize()}, vastgelegd {moment_text(head.measures_taken_at)}"
        facts.append(Fact("Maatregelen", said))
    facts += [
        Fact("Leesbaar tot", day_text(head.closes_on)),
        Fact("Vernietiging", day_text(head.destroy_on)),
    ]
    return facts


def text_facts(head: SafetyReport, text: SafetyReportText) -> list[Fact]:
    """The report itself; what was left out is left out here too, but no conditions are said to be none."""
    facts = [
        Fact("Naam", text.name),
        Fact("Geboren", day_text(text.birth_date)),
        Fact("Aanleiding", about(head)),
    ]
    facts += [Fact("Adres", text.address), Fact("Delict", text.offence)]
    if head.kind == RowKind.BIJ_REPORT:
        facts.append(Fact("Voorwaarden", text.conditions or "geen"))
    facts += [Fact("Risico", text.risk), Fact("Wat wordt gevraagd", text.request)]
    return [fact for fact in facts if fact.value]
