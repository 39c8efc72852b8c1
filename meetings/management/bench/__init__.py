"""How fast is it, and how does it grow? The figures of Q1, B1 and R1-R13 (docs/bench.md says what each means)."""
