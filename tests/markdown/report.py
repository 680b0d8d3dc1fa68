"""Print how near we come to CommonMark: `python -m tests.markdown.report FOLDER [--failures [SECTION]]`.

The folder is one with `markdown/commonmark-0.31.2.json` (fields markdown, html, section, number) and, if it is there,
`markdown/markdown-it/*.txt` (an input and its HTML, divided by lines with a dot).
"""

import sys
from collections import Counter
from pathlib import Path

from tests.markdown.commonmark import DIFFERS, SAFE, Example, read_examples, sections
from tests.markdown.fixtures import read_fixtures


def main(arguments: list[str]) -> int:
    """Print the figures; with --failures also what differs."""
    corpus = Path(arguments[0])
    examples = read_examples(corpus)
    print_examples(examples)
    for name, passed, total in read_fixtures(corpus):
        print(f"markdown-it {name:<28} {passed:>4} of {total}")
    if "--failures" in arguments:
        wanted = arguments[arguments.index("--failures") + 1 :]
        for example in examples:
            if example.outcome == DIFFERS and (not wanted or example.section in wanted):
                print_failure(example)
    return 0


def print_examples(examples: list[Example]) -> None:
    """Print the figures of the specification's examples."""
    for section, (passed, total) in sections(examples).items():
        print(f"{section:<42} {passed:>4} of {total}")
    counts = Counter(example.outcome for example in examples)
    print(f"\nsame as CommonMark {counts['same']}")
    for outcome, sentence in SAFE.items():
        print(f"{sentence} {counts[outcome]}")
    passed = len(examples) - counts[DIFFERS]
    print(f"pass {passed} of {len(examples)}: {100 * passed / len(examples):.1f} %\n")


def print_failure(example: Example) -> None:
    """Print one example that differs."""
    print(f"--- {example.number} {example.section}\n{example.source!r}\n  wanted {example.expected!r}")
    print(f"  ours   {example.ours!r}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
