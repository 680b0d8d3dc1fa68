"""What may stand at the cursor: notes, headings, blocks, pictures, tags."""
