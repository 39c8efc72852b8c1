"""Whom a declaration is about, and the words of another language with the Dutch ones beside them."""

from cases.models import Case
from consent.texts import DUTCH, DeclarationText, declaration_text
from parties.models import Organisation
from parties.viewer import Viewer
from reintegratie.lib.dutch import day_text


def about(
    case: Case, recipient: Organisation, viewer: Viewer, words: dict[str, str]
) -> list[tuple[str, str]]:
    """Whom it is about; no BSN on a paper that needs none (UAVG 46)."""
    return [
        (words["naam"], case.detainee.full_name),
        (words["geboren"], day_text(case.detainee.birth_date)),
        (words["zaaknummer"], case.number),
        (words["inrichting"], viewer.organisation.name),
        (words["casemanager"], viewer.name),
        (words["delen_met"], recipient.called),
    ]


def dutch_beside(text: DeclarationText, recipient: Organisation) -> DeclarationText | None:
    """The Dutch words of the same version, so that the casemanager knows what is signed; none when it is Dutch."""
    return None if text.language == DUTCH else declaration_text(text.version, recipient)


def words_of(text: DeclarationText, dutch: DeclarationText | None) -> dict[str, str]:
    """The small words of the paper, with the Dutch one behind the other."""
    if dutch is None:
        return dict(text.words)
    return {key: f"{word} ({dutch.words[key]})" for key, word in text.words.items()}


def title_of(title: str, dutch: str | None) -> str:
    return f"{title} ({dutch})" if dutch else title
