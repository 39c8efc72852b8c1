"""Sentences that a meeting says again and again, so that nobody types them (users.md 3.9)."""

PHRASES = (
    "Traject voortzetten zoals in het plan staat.",
    "Plan vastgesteld zoals besproken met de gedetineerde.",
    "Plan vastgesteld; de gedetineerde is het er niet mee eens. Zijn reactie staat in het plan.",
    "Volgend overleg opnieuw bespreken; er ontbreekt nog informatie.",
    "Gemeente vragen om contact voor de datum van ontslag.",
    "Reclassering vragen om advies over de voorwaarden.",
    "Gedetineerde wil nu niet meewerken; casemanager blijft het aanbod herhalen.",
)
