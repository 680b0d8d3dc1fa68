"""Sections, code and front matter that are folded away."""
