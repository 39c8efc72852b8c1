"""The intrekkingsverklaring on paper (C5.2)."""

from cases.models import Case
from consent.models import Consent
from consent.numbers import declaration_number_for
from consent.printing.about import about, dutch_beside, title_of, words_of
from consent.printing.head import letterhead
from consent.texts import declaration_text
from parties.viewer import Viewer
from reintegratie.lib.dutch import moment_text
from reintegratie.lib.pdf import render_pdf


def withdrawal_pdf(case: Case, consents: list[Consent], viewer: Viewer) -> tuple[str, bytes]:
    """To sign before it is recorded, or as proof afterwards; it names the consent it ends (C5.2).

    It is in the language in which the last of these consents was signed.
    """
    last = consents[-1]
    recipient = last.recipient
    text = declaration_text(last.text_version, recipient, last.form_language)
    dutch = dutch_beside(text, recipient)
    words = words_of(text, dutch)
    title = title_of(text.withdrawal.title, dutch.withdrawal.title if dutch else None)
    number = declaration_number_for(case, recipient, viewer.at).replace("TV-", "IV-", 1)
    data = {
        "head": letterhead(case, viewer, number, for_whom=case.detainee.full_name, ground=""),
        "about": about(case, recipient, viewer, words),
        "language": text.language,
        "text": text.withdrawal,
        "dutch": dutch.withdrawal if dutch else None,
        "words": words,
        "lines": [_line(row, text.subjects[row.domain].title) for row in consents],
        "recorded": all(row.withdrawn_at for row in consents),
        "reason": "; ".join(sorted({row.withdrawal_reason for row in consents if row.withdrawal_reason})),
    }
    return number, render_pdf("consent/withdrawal", data, title=title)


def _line(row: Consent, domain: str) -> dict[str, str]:
    return {
        "domain": domain,
        "number": row.declaration_number,
        "given": moment_text(row.given_at),
        "ended": moment_text(row.withdrawn_at) if row.withdrawn_at else "",
    }
