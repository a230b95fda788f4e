"""An invented hosting company in Kiel: its books, its partners, its bank, its contracts.

``python -m contor_training.synthetic.demo_company --out data/samples/demo`` writes everything. The
same seed gives the same bytes. No person and, but for the senders of the sample documents, no
company in it exists.
"""

SEED = 2611
