"""Notebooks and scripts that compute what is on the screen, and stop where they come to other numbers."""
