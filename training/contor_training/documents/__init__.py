"""Gold for reading documents, and the fit of the tagger."""
