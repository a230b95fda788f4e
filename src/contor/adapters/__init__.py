"""Adapters touch the world: database, files, Tesseract, mail, PDF, the model shelf."""
