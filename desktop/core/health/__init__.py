"""WHAT IS AMISS: links that lead nowhere or to more than one note, and what no link leads to."""
