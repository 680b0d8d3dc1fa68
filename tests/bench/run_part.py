"""Run one measurement in this process: python -m tests.bench.run_part MODULE.FUNCTION FOLDER [arguments].

FOLDER is the benchmark's temporary folder; what the function returns is printed as a JSON object.
"""

import importlib
import json
import sys
from pathlib import Path


def main() -> None:
    """Call the function that the arguments name."""
    part, folder, *arguments = sys.argv[1:]
    module, _, name = part.rpartition(".")
    figures = getattr(importlib.import_module(f"tests.bench.{module}"), name)(Path(folder), *arguments)
    if figures is not None:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
