"""The half with Qt: one window over core.notebook."""
