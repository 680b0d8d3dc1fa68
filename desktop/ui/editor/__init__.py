"""Where the text is written."""
