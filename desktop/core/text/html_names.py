"""Which tags of HTML begin a block in which Markdown means nothing, and where it ends."""

RAW_HTML = ("pre", "script", "style", "textarea")
HTML_BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main "
    "menu nav noframes ol optgroup option p pre script search section style summary svg table tbody td template "
    "textarea tfoot th thead title tr track ul video audio canvas object embed math".split()
)
CLOSED_BY_TAG = frozenset((*RAW_HTML, "table", "svg", "iframe", "template", "object"))  # the others by a blank line
HTML_LINES = frozenset(("details", "summary"))  # Markdown stands inside these without blank lines around it
HTML_IN_LINES = frozenset(("br", "img", "input", "wbr"))  # people write these in the middle of their words
