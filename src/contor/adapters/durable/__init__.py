"""Durable runs: what was begun is finished, once, whatever happens to the process (DBOS)."""
