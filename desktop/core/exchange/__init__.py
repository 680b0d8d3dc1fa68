"""What comes and goes: importers and exporters, one module a format."""
