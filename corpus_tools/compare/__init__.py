"""Frames → result frames."""
