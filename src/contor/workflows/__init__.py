"""One verb a module: each orders the steps of a piece of work and owns its transaction."""
