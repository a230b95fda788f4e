"""account_assignment."""
