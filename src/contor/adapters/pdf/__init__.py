"""PDF, pictures and the worker processes that read them."""
