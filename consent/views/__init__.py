"""The pages of consent, by subject."""
