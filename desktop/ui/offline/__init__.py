"""Fetching a note's remote images into the library, when the user asks: the only room that knows the network."""
