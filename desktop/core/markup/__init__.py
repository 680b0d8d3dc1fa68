"""How it is read: Markdown, and the HTML of strangers, to a clean tree."""
