"""Whole ways through the program, as a user takes them."""
