"""Which words stand on a declaration? Text is data with a version, so an old paper can be printed again (C5)."""

CURRENT_VERSION = "2026-1"
