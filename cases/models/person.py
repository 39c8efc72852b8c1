"""The person a case is about."""

import uuid
from datetime import date

from django.db import models

from reintegratie.lib.history import History


class Detainee(models.Model):
    """A person, matched on strafrechtsketennummer, then BSN, never on name and birth date (contract 5, C6.30)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain_number = models.CharField("strafrechtsketennummer", max_length=20, unique=True)
    bsn = models.CharField("BSN", max_length=9, null=True, blank=True, unique=True)  # unknown is not empty
    first_names = models.CharField("voornamen", max_length=150, blank=True)
    prefix = models.CharField("tussenvoegsel", max_length=30, blank=True)
    surname = models.CharField("achternaam", max_length=150)
    birth_date = models.DateField("geboortedatum", null=True, blank=True)
    sex = models.CharField("geslacht", max_length=1, blank=True)

    history = History()

    class Meta:
        verbose_name = "gedetineerde"
        verbose_name_plural = "gedetineerden"
        indexes = (models.Index(fields=["surname", "first_names"]),)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def full_name(self) -> str:
        """First names, prefix and surname as a Dutch reader writes them."""
        return " ".join(part for part in (self.first_names, self.prefix, self.surname) if part)

    @property
    def sorted_name(self) -> str:
        """Surname first, prefix behind: 'Berg, Sem van den'."""
        behind = " ".join(part for part in (self.first_names, self.prefix) if part)
        return f"{self.surname}, {behind}" if behind else self.surname

    @property
    def initials(self) -> str:
        return "".join(f"{name[0]}." for name in (*self.first_names.split(), self.surname) if name)

    def age_on(self, on: date) -> int | None:
        """Full years on this day, or None when the birth date is unknown."""
        if self.birth_date is None:
            return None
        born = self.birth_date
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
