"""The half without Qt: everything that Konspekt knows and does, usable from a script."""
