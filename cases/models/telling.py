"""What somebody wants to be told, and when the background last kept up."""

from django.db import models

from cases.models.vocabulary import Topic
from parties.models import User


class MessageWish(models.Model):
    """What one person chose for one topic of messages; without a row he gets both. Bookkeeping of the reader: no history."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField("onderwerp", max_length=20, choices=Topic)
    in_app = models.BooleanField("in de applicatie", default=True)
    by_mail = models.BooleanField("per e-mail", default=True)

    class Meta:
        verbose_name = "berichtvoorkeur"
        verbose_name_plural = "berichtvoorkeuren"
        constraints = (models.UniqueConstraint(fields=["user", "topic"], name="one_wish_per_topic"),)

    def __str__(self) -> str:
        return str(self.pk)


class Heartbeat(models.Model):
    """When a background job last did all it had to, and what it still left behind.

    Every page compares the moment with its own clock, so that it is right as well while no worker lives.
    """

    job = models.CharField("werk", max_length=20, primary_key=True)
    at = models.DateTimeField("laatst gedaan op")
    behind = models.PositiveIntegerField("bleef liggen", default=0)

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"

    def __str__(self) -> str:
        return self.job
