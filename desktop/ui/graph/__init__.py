"""The picture of who points at whom."""
