"""One small store per noun; each takes the session of one tenant and gives records."""
