"""Konspekt: an offline home for lectures and digests."""

__version__ = "0.1.0"
