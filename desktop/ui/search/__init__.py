"""The search field's results and the quick switcher."""
