"""Backlinks, mentions and outgoing links of the open note."""
