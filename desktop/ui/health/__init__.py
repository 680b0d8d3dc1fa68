"""Link health: what leads nowhere, and what nothing leads to."""
