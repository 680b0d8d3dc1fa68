"""The library's tree, its trash, and the outline of the open note."""
