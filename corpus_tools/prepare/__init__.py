"""Articles → voices, tokens, hits and counts."""
