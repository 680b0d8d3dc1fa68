"""Who points at whom: neighbourhoods and their layout, as numbers."""
