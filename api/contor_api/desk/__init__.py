"""The desk: pages for people, one module a noun."""
