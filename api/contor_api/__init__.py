"""The web door: JSON for machines, pages for people."""
