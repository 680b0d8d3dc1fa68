"""What is found: the Whoosh index, its queries and the snippets it shows."""
