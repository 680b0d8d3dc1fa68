"""Tooltips that hold a user's words: Qt takes words that look like markup for markup, images of files included."""


def plain_tip(text: str) -> str:
    """Return what makes a tooltip show exactly `text`."""
    if "<" not in text:  # without a tag Qt reads it as it is
        return text
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<qt>{safe}</qt>"
