"""Why an image from elsewhere does not come into the library: one sentence for the user each."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.core.errors import KonspektError

CONTEXT = "offline"


class ImageRefused(KonspektError):
    """One image was not fetched or not kept; the sentence is in the user's language."""


NO_ADDRESS = QT_TRANSLATE_NOOP("offline", "This is no address of the web.")
NOT_REACHED = QT_TRANSLATE_NOOP("offline", "The server cannot be reached.")
NOT_ENCRYPTED_WELL = QT_TRANSLATE_NOOP("offline", "The server's certificate is not to be trusted.")
CUT = QT_TRANSLATE_NOOP("offline", "The connection was cut before the end.")
TOO_SLOW = QT_TRANSLATE_NOOP("offline", "The server takes too long.")
ANSWERED = QT_TRANSLATE_NOOP("offline", "The server answered with error {0}.")
ASKS_PASSWORD = QT_TRANSLATE_NOOP("offline", "The server asks for a password.")
TOO_MANY_REDIRECTS = QT_TRANSLATE_NOOP("offline", "The address is forwarded more than {0} times.")
LED_ASIDE = QT_TRANSLATE_NOOP("offline", "The address is forwarded to a place that is not followed.")
TOO_LARGE = QT_TRANSLATE_NOOP("offline", "The image is larger than {0} MB.")
RUN_TOO_LARGE = QT_TRANSLATE_NOOP("offline", "Left out: {0} MB were fetched already; ask again for the rest.")
WEB_PAGE = QT_TRANSLATE_NOOP("offline", "The server sent a web page, not an image.")
NO_IMAGE = QT_TRANSLATE_NOOP("offline", "This is no image of a kind that can be shown.")
DAMAGED = QT_TRANSLATE_NOOP("offline", "The image is damaged.")
TOO_MANY_PIXELS = QT_TRANSLATE_NOOP("offline", "The image has too many pixels ({0} × {1}).")
ACTIVE_SVG = QT_TRANSLATE_NOOP("offline", "The drawing holds more than shapes and words, so it was refused.")


def refusal(sentence: object, *gaps: object) -> ImageRefused:
    """Return the exception that says a sentence of this module; from any thread."""
    return ImageRefused(QCoreApplication.translate(CONTEXT, str(sentence)).format(*gaps))
