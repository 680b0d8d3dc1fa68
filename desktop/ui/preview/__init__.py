"""Where the text is read."""
