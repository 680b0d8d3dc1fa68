"""Texts changed on behalf of their users, several at once: renames, moves, extractions, merges, and the way back.

No link leads elsewhere after them, and no character outside of the places concerned is another.
"""
