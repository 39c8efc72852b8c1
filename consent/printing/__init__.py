"""The declarations and the overview of consent on paper (C5.1, C5.2, C5.19)."""

from consent.printing.declarations import blank_declaration, recorded_declaration
from consent.printing.overview import overview_pdf
from consent.printing.withdrawals import withdrawal_pdf

__all__ = ["blank_declaration", "overview_pdf", "recorded_declaration", "withdrawal_pdf"]
