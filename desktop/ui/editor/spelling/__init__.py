"""Words that look misspelt."""
