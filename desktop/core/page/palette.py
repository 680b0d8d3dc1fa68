"""The colours and sizes that a page of HTML is written with."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Palette:
    """One scheme for pages; sizes in pixels."""

    name: str
    text: str
    heading: str
    muted: str
    faint: str
    link: str
    tag: str
    border: str
    code_background: str
    code_text: str
    quote_bar: str
    mark: str
    card: str
    page: str  # behind everything
    missing: str  # a link that leads nowhere
    quiet_box: str  # a task that is done
    callouts: Mapping[str, str]  # a callout's family -> its colour
    callout_tints: Mapping[str, str]
    tokens: Mapping[str, str]  # the beginning of a Pygments token's name -> its colour
    size: int = 16
    mono: str = field(default="JetBrains Mono")

    @property
    def small(self) -> int:
        """Return the size of what stands back: captions, notes, properties."""
        return max(8, self.size - 2)

    @property
    def code_size(self) -> int:
        """Return the size of code beside this text."""
        return max(8, round(self.size * 0.86))


LIGHT = Palette(
    name="light",
    text="#25262b",
    heading="#16171b",
    muted="#66676f",
    faint="#9b9ba3",
    link="#3a51b5",
    tag="#2f7468",
    border="#e2e0db",
    code_background="#f3f1ec",
    code_text="#33343b",
    quote_bar="#c3c8e6",
    mark="#ffeeb5",
    card="#f8f6f2",
    page="#fdfcfa",
    missing="#b0533f",
    quiet_box="#a3a9d2",
    callouts={
        "note": "#4657b8",
        "tip": "#1f7f74",
        "warning": "#a56a00",
        "danger": "#b3372b",
        "quote": "#686973",
    },
    callout_tints={
        "note": "#f0f2fb",
        "tip": "#ebf5f2",
        "warning": "#fbf3e1",
        "danger": "#fbeeeb",
        "quote": "#f5f4f1",
    },
    tokens={
        "Comment": "#85868f",
        "Keyword": "#7a3e9d",
        "Literal.String": "#3d7a3a",
        "Literal.Number": "#a4551e",
        "Name.Function": "#2c5aa8",
        "Name.Class": "#2c5aa8",
        "Name.Builtin": "#1f7f74",
        "Name.Decorator": "#8a5a00",
        "Name.Tag": "#2c5aa8",
        "Name.Attribute": "#8a5a00",
        "Operator.Word": "#7a3e9d",
        "Generic.Deleted": "#b3372b",
        "Generic.Inserted": "#2f7d4f",
        "Generic.Heading": "#2c5aa8",
        "Generic.Prompt": "#85868f",
    },
)
DARK = Palette(
    name="dark",
    text="#dcdce0",
    heading="#f0f0f3",
    muted="#a2a3ad",
    faint="#73747e",
    link="#9dabf5",
    tag="#78c4b5",
    border="#3a3b43",
    code_background="#292a31",
    code_text="#d3d4da",
    quote_bar="#4c568f",
    mark="#5c4c1c",
    card="#27282e",
    page="#212227",
    missing="#e0917d",
    quiet_box="#5f689c",
    callouts={
        "note": "#8e9dee",
        "tip": "#6cc5b8",
        "warning": "#e0b25c",
        "danger": "#f08a7c",
        "quote": "#a2a3ad",
    },
    callout_tints={
        "note": "#272a3c",
        "tip": "#233231",
        "warning": "#342e22",
        "danger": "#372828",
        "quote": "#292a2f",
    },
    tokens={
        "Comment": "#83848f",
        "Keyword": "#c79be6",
        "Literal.String": "#96c98a",
        "Literal.Number": "#e2a878",
        "Name.Function": "#8fb8f2",
        "Name.Class": "#8fb8f2",
        "Name.Builtin": "#6cc5b8",
        "Name.Decorator": "#e0b25c",
        "Name.Tag": "#8fb8f2",
        "Name.Attribute": "#e0b25c",
        "Operator.Word": "#c79be6",
        "Generic.Deleted": "#f08a7c",
        "Generic.Inserted": "#7fc79a",
        "Generic.Heading": "#8fb8f2",
        "Generic.Prompt": "#83848f",
    },
)
# Paper has nobody to click: what unfolds stands open, and there is nothing to copy or fetch.
PRINT = replace(LIGHT, name="print", text="#17181c", heading="#000000", muted="#55565e", faint="#7c7d86")
PALETTES = {"light": LIGHT, "dark": DARK, "print": PRINT}

_FAMILIES = {
    "tip": "tip success check done hint",
    "warning": "warning caution attention important question help faq",
    "danger": "danger error failure fail missing bug",
    "quote": "quote cite example abstract summary tldr",
}
FAMILY_OF = {kind: family for family, kinds in _FAMILIES.items() for kind in kinds.split()}
