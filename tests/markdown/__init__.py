"""How near the conversion comes to CommonMark, and to what people mean by their notes."""
