"""Files → articles."""
