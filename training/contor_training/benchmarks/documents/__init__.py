"""Figures of document reading: ``python -m contor_training.benchmarks.documents [--part ...]``.

Prints tables and writes nothing. Every learnt figure is cross-validated: a document is read by a
tagger that was fitted without it and without its layout's twins.
"""
