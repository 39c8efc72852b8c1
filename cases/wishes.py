"""What does somebody not want to be told? Asked at the moment of sending; some topics nobody switches off."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from cases.models import MessageWish, Topic
from cases.notices import ALWAYS, topic_of
from parties.models import User

CHOOSABLE = tuple(topic for topic in Topic if topic not in ALWAYS)


@dataclass(frozen=True)
class Unwanted:
    """Pairs of a person and a topic that he switched off, in the application and by mail."""

    in_app: Collection[tuple[UUID, str]] = frozenset()
    mail: Collection[tuple[UUID, str]] = frozenset()

    def wants_in_app(self, user: UUID, kind: str) -> bool:
        return (user, topic_of(kind)) not in self.in_app

    def wants_mail(self, user: UUID | None, kind: str) -> bool:
        return (user, topic_of(kind)) not in self.mail


def unwanted_by(users: Iterable[UUID | None]) -> Unwanted:
    """What these people switched off, in one statement; a topic that is for everybody never counts."""
    rows = list(
        MessageWish.objects.filter(user__in=set(users), topic__in=CHOOSABLE).values_list(
            "user", "topic", "in_app", "by_mail"
        )
    )
    return Unwanted(
        in_app=frozenset((user, topic) for user, topic, in_app, _ in rows if not in_app),
        mail=frozenset((user, topic) for user, topic, _, by_mail in rows if not by_mail),
    )


def wishes_of(user: User) -> dict[str, MessageWish]:
    """What somebody chose per topic that may be switched off; the default where he did not."""
    chosen = {wish.topic: wish for wish in MessageWish.objects.filter(user=user, topic__in=CHOOSABLE)}
    return {topic: chosen.get(topic) or MessageWish(user=user, topic=topic) for topic in CHOOSABLE}
