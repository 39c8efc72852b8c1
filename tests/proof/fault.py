"""What a seeded fault is, and the texts that several of them share."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One edit in one file, and the test file or test that sees it."""

    what: str
    file: str
    old: str
    new: str
    seen_by: str


QUERIES, SIGHT, RULE = "consent/querysets.py", "consent/sight.py", "consent/visibility.py"
CONSENT_IN_FORCE = 'return not_expired & Q(withdrawn_at=None, answer="gegeven", given_at__lte=at)'
CONSENTS_OF = 'return in_force.filter(case=OuterRef("case"), recipient=viewer.organisation.pk, domain=OuterRef("domain"))'
SEES, HISTORY = "tests/consent/test_visibility.py", "tests/consent/test_history.py"
RELIES, CONTENT = "tests/consent/test_reliance.py", "tests/api/test_content.py"
