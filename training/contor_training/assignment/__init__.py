"""Training of account assignment: fit, evaluate by time, promote, distil the encoder."""
