"""The smallest span in which two texts differ."""


def changed_span(old: str, new: str) -> tuple[int, int, int]:
    """Return (start, old end, new end): old[start:old_end] became new[start:new_end]; (n, n, n) for the same text."""
    start = _common_prefix(old, new)
    end = _common_suffix(old, new, min(len(old), len(new)) - start)
    return start, len(old) - end, len(new) - end


def _common_prefix(a: str, b: str) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:  # halving with slice comparisons: a megabyte costs less than a loop over a line
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(a: str, b: str, limit: int) -> int:
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if a[len(a) - middle : len(a) - low] == b[len(b) - middle : len(b) - low]:
            low = middle
        else:
            high = middle - 1
    return low
