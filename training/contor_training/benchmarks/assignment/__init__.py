"""Bench of account assignment: replay on coded ledgers beside peers, cold start, speed."""
