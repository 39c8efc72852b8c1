"""The toestemmingsverklaring on paper: blank to talk through and to sign, or as it was recorded (C5.1)."""

from collections.abc import Iterable, Mapping

from cases.models import Case, LifeDomain
from consent.declarations import Declaration
from consent.models import Answer
from consent.numbers import declaration_number_for
from consent.printing.about import about, dutch_beside, title_of, words_of
from consent.printing.head import letterhead
from consent.texts import (
    ORDINARY,
    DeclarationText,
    EasyText,
    Form,
    NoSuchText,
    Subject,
    declaration_text,
    version_on,
)
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.dutch import day_text, moment_text
from reintegratie.lib.pdf import render_pdf
from reintegratie.lib.workdays import last_day_before

GROUND = "toestemming van de betrokkene (Handreiking par. 2.3)"


def blank_declaration(
    case: Case, recipient: Organisation, viewer: Viewer, form: Form = ORDINARY
) -> tuple[str, bytes]:
    """A declaration to talk through and to sign, with its number."""
    number = declaration_number_for(case, recipient, viewer.at)
    text = declaration_text(version_on(viewer.on), recipient, form.language)
    return number, _declaration(
        case, recipient, viewer, number, text=text, easy=form.easy, answers={}, filled=[]
    )


def recorded_declaration(case: Case, paper: Declaration, viewer: Viewer) -> bytes:
    """A declaration as it was recorded, in the words and the language it had then."""
    text = declaration_text(paper.text_version, paper.recipient, paper.form.language)
    return _declaration(
        case,
        paper.recipient,
        viewer,
        paper.number,
        text=text,
        easy=paper.form.easy,
        answers=paper.answers,
        filled=_filled(paper, text),
        endings=paper.endings,
    )


def _filled(paper: Declaration, text: DeclarationText) -> list[tuple[str, str]]:
    """What was recorded, in Dutch: it is the record of the casemanager."""
    last_day = day_text(last_day_before(paper.valid_until)) if paper.valid_until else ""
    form = f"{text.language_name}, makkelijk lezen" if paper.form.easy else text.language_name
    return [
        ("Gegeven", moment_text(paper.given_at)),
        ("Vastgelegd", f"{moment_text(paper.recorded_at)}, door {paper.recorded_by}"),
        ("Bewijs", paper.evidence),
        ("Formulier", form),
        ("Taal van het gesprek", paper.language),
        ("Uitleg", paper.explained_how or "niet ingevuld"),
        ("Vertegenwoordiger", paper.representative or "geen"),
        ("Geldt tot en met", last_day or "einde detentie of intrekking"),
    ]


def _declaration(
    case: Case,
    recipient: Organisation,
    viewer: Viewer,
    number: str,
    *,
    text: DeclarationText,
    easy: bool,
    answers: Mapping[str, str],
    filled: list[tuple[str, str]],
    endings: Iterable[tuple[str, str]] = (),
) -> bytes:
    dutch = dutch_beside(text, recipient)
    said = _short(text) if easy else text
    said_in_dutch = dutch and (_short(dutch) if easy else dutch)
    words = words_of(text, dutch)
    data = {
        "head": letterhead(case, viewer, number, for_whom=case.detainee.full_name, ground=GROUND),
        "about": about(case, recipient, viewer, words),
        "language": text.language,
        "version": text.version,
        "text": said,
        "dutch": said_in_dutch,
        "talk": text.talk,
        "not_signed": text.not_signed,
        "words": words,
        "subjects": _subjects(said.subjects, said_in_dutch.subjects if said_in_dutch else {}, answers),
        "filled": filled,
        "endings": list(endings),
    }
    title = title_of(said.title, said_in_dutch.title if said_in_dutch else None)
    return render_pdf("consent/easy" if easy else "consent/declaration", data, title=title)


def _short(text: DeclarationText) -> EasyText:
    if text.easy is None:
        raise NoSuchText(f"{text.version} {text.language}, makkelijk lezen")
    return text.easy


def _subjects(
    said: Mapping[str, Subject], dutch: Mapping[str, Subject], answers: Mapping[str, str]
) -> list[dict[str, object]]:
    """Per domain the question and the answer, with the Dutch title and words for another language."""
    return [
        {
            "domain": domain.value,
            "title": said[domain].title,
            "what": said[domain].what,
            "dutch": dutch.get(domain),
            "yes": answers.get(domain) == Answer.GIVEN,
            "no": answers.get(domain) == Answer.REFUSED,
        }
        for domain in LifeDomain
    ]
