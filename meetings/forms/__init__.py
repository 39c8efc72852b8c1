"""Forms about meetings, by subject."""
