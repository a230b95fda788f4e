"""Supplier invoices that never were: German, English and Italian, in many layouts.

``python -m contor_training.synthetic.invoices --count N --seed S --out DIR [--scan]`` writes for each
invoice the page (PDF), the truth (JSON in the shape of ``contor read``, with boxes), and the same
invoice as CII XML; ``--scan`` adds a picture of the page as a scanner or a phone sees it.
For training beside real documents, never for figures about reading.
"""
