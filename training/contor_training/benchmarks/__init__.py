"""Figures of the product against peers, each by one command."""
