"""Two people edit the same thing: the second one is told, and sees both texts (quality 3.4)."""


class StaleVersion(Exception):
    """What was edited has been changed since; ``current`` is the row as it stands now."""

    def __init__(self, current: object) -> None:
        super().__init__(type(current).__name__)
        self.current = current
