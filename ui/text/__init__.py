"""Numbers and names as text, for the screen and for files."""
