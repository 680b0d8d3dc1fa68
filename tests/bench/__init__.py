"""The figures of Konspekt: `python3 dev.py bench`.

Every figure is taken in a process of its own, so that no measurement warms another's caches, and against a partner
in the same run where a ratio is what counts: a bare Qt window of the same layout, a bare QPlainTextEdit, a library
of a tenth of the size. CPU seconds are used wherever the work is ours alone, as other programs may run beside.
"""
