"""The training door: fit, prove, promote."""
