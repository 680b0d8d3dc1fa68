"""Finding and replacing in the note."""
