"""Windows that ask or tell: export, settings, shortcuts, a crash."""
