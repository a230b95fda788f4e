"""The parts of the e-invoice benchmark."""
