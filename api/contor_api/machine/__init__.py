"""The machine door: JSON under ``/api/v1``, one module a noun."""
