"""Every record can be had from the one package, whichever of its modules it stands in."""

import ast
from pathlib import Path

import pytest

from desktop.core import records

FOLDER = Path(records.__file__).parent
NAMES = [
    (module.stem, node.name)
    for module in sorted(FOLDER.glob("[a-z]*.py"))
    for node in ast.parse(module.read_text(encoding="utf-8")).body
    if isinstance(node, ast.ClassDef)
]


@pytest.mark.parametrize(("module", "name"), NAMES)
def test_a_record_is_found(module: str, name: str) -> None:
    assert getattr(records, name).__module__ == f"desktop.core.records.{module}"


def test_another_name_is_refused() -> None:
    with pytest.raises(AttributeError):
        _ = records.Nothing  # type: ignore[attr-defined]
