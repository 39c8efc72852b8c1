"""The pages of plans, by subject."""
