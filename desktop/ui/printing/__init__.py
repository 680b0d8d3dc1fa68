"""Notes on paper: cut into sheets, drawn on a printer or into a PDF."""
