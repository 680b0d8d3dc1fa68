"""What is kept: the one SQLite file. SQL lives only here."""
