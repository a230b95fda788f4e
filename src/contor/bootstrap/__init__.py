"""Wiring: the one place that knows settings and adapters; doors ask it for what they need."""
