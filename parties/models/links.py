"""Who asked for a link to choose a new password."""

from django.db import models


class LinkRequest(models.Model):
    """An address for which a link was asked, with an account behind it or not: only the background looks.

    The row goes as soon as the mail is out, or when nobody could be mailed.
    """

    id = models.BigAutoField(primary_key=True)
    email = models.EmailField("e-mailadres")
    asked_at = models.DateTimeField("gevraagd op")
    take_from = models.DateTimeField()

    class Meta:
        verbose_name = "gevraagde link"
        verbose_name_plural = "gevraagde links"
        indexes = (models.Index(fields=["take_from"]),)

    def __str__(self) -> str:
        return str(self.pk)
