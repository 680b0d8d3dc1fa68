"""How well search finds: judged queries, form pairs, random strings."""
