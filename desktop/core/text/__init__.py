"""What is written: pure functions from a text to values, no input or output."""
