"""Review: what waits for a person, why, in which order, and what the person decided.

A machine's claim and a person's verdict are separate facts; verdicts are appended.
"""

from contor.review.decisions import AllocationChoice, Correction, PostingChoice

__all__ = ["AllocationChoice", "Correction", "PostingChoice"]
