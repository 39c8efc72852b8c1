"""Build a world as a scenario file describes it, through the ordinary actions (docs/scenario.md)."""
