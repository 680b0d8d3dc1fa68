"""What the editor types for the user."""
