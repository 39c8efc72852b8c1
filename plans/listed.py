"""Which answers of a domain may somebody read on this ground? All of them, or what PM 20d lists (B2)."""

from typing import Any

from consent.visibility import Ground
from plans.models import DomainRecord
from plans.questions import AnswerLine, answer_lines, listed_facts, question_sets


def open_facts(
    record: DomainRecord | Any, ground: Ground | None
) -> dict[str, object]:  # or a line of its history
    """The stored answers that this ground lets through. Without a ground it is a row of one's own."""
    if ground is None or not ground.listed_only:
        return dict(record.facts)
    return listed_facts(record.question_set, record.domain, record.facts)


def open_lines(
    record: DomainRecord | Any, ground: Ground | None, *, card: bool = False
) -> list[AnswerLine]:  # or a line of its history
    """The same in words."""
    return answer_lines(record.question_set, record.domain, open_facts(record, ground), card=card)


def listed_content(domain: str, content: dict[str, object]) -> dict[str, object]:
    """A frozen part of a sheet (:func:`plans.sheets.content_of`) without what the law does not list."""
    known = question_sets().get(str(content["vragenset"]))
    listed = {one.text for one in known.questions(domain) if one.listed} if known else set()
    facts = content["gegevens"]
    assert isinstance(facts, list)
    return {**content, "gegevens": [fact for fact in facts if fact["label"] in listed]}
