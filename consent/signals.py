"""The only signal of the house: a ground that opened a domain is gone (architecture 5.3).

Sent when the transaction has committed, with ``consent_id``, ``case_id``, ``recipient_id``, ``domain`` and ``at``. It is an
echo for rooms above (a new informatieblad, outdated agendas): no reader waits for it, since every read asks the ground.
A receiver must be safe to run twice: what it missed is done again by a reconciler that asks :mod:`consent.endings`.
"""

from django.dispatch import Signal

consent_withdrawn = Signal()
