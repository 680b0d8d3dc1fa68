"""One GET after another: what is sent is the address and the program's name, what comes back is counted bytes.

No cookies, no referrer, no passwords, no cache, no language. Redirects are followed by hand: only to http and https,
never from https back to http, and only so many. Nothing is asked twice by itself.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, SignalInstance
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from desktop import __version__
from desktop.ui.offline import refusals
from desktop.ui.offline.refusals import ImageRefused, refusal

MB = 1_000_000
BUFFER_BYTES = 256 * 1024  # read ahead at most: what is too large is noticed before it is here
USER_AGENT = f"Konspekt/{__version__}".encode()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is fetched, and how long is waited for it."""

    image_bytes: int = 20 * MB
    run_bytes: int = 300 * MB
    at_once: int = 4
    redirects: int = 5
    stall_ms: int = 15_000  # without a byte
    whole_ms: int = 120_000  # for one image


class Download(QObject):
    """One image on its way; ends once, with `received` or `refused`."""

    received = Signal(str, object)  # the address as it was asked for, its bytes
    refused = Signal(str, object)  # the address, an ImageRefused
    progressed = Signal(int)  # bytes that came just now

    def __init__(self, network: QNetworkAccessManager, address: str, limits: Limits, parent: QObject) -> None:
        super().__init__(parent)
        self._network = network
        self._address = address
        self._limits = limits
        self._data = bytearray()
        self._redirects = 0
        self._reply: QNetworkReply | None = None
        self._problem: ImageRefused | None = None
        self._ended = False
        self._stall = self._timer(limits.stall_ms)
        self._whole = self._timer(limits.whole_ms)

    def start(self) -> None:
        """Ask the server; the answer comes by a signal, never before this returns."""
        self._whole.start()
        url = QUrl(self._address)
        if not _may_be_asked(url):
            self._problem = refusal(refusals.NO_ADDRESS)
            QTimer.singleShot(0, self, self._end)
            return
        self._get(url)

    def stop(self) -> None:
        """Give up without a word."""
        self._ended = True
        self._drop_reply()
        self._stall.stop()
        self._whole.stop()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(lambda: self._give_up(refusal(refusals.TOO_SLOW)))
        return timer

    def _get(self, url: QUrl) -> None:
        self._data.clear()
        self._stall.start()
        reply = self._network.get(_request(url))
        reply.setReadBufferSize(BUFFER_BYTES)
        reply.metaDataChanged.connect(self._look_at_head)
        reply.readyRead.connect(self._read)
        reply.finished.connect(self._finish)
        self._reply = reply

    def _look_at_head(self) -> None:
        reply = self._reply
        if reply is None:
            return
        length = reply.header(QNetworkRequest.KnownHeaders.ContentLengthHeader)
        if isinstance(length, int) and length > self._limits.image_bytes and _status(reply) == 200:
            self._give_up(refusal(refusals.TOO_LARGE, self._limits.image_bytes // MB))

    def _read(self) -> None:
        if self._reply is None:
            return
        self._stall.start()
        piece = bytes(self._reply.readAll().data())
        self._data += piece
        self.progressed.emit(len(piece))
        if len(self._data) > self._limits.image_bytes:
            self._give_up(refusal(refusals.TOO_LARGE, self._limits.image_bytes // MB))

    def _give_up(self, problem: ImageRefused) -> None:
        self._problem = problem
        self._drop_reply()
        self._end()

    def _finish(self) -> None:
        reply = self._reply
        if reply is None:
            return
        self._read()
        if self._reply is None:  # it was too large
            return
        target = reply.attribute(QNetworkRequest.Attribute.RedirectionTargetAttribute)
        if isinstance(target, QUrl) and not target.isEmpty():
            self._follow(reply.url(), reply.url().resolved(target))
            return
        self._problem = _problem_of(reply)
        self._drop_reply()
        self._end()

    def _follow(self, here: QUrl, there: QUrl) -> None:
        self._drop_reply()
        self._redirects += 1
        if self._redirects > self._limits.redirects:
            self._give_up(refusal(refusals.TOO_MANY_REDIRECTS, self._limits.redirects))
        elif not _may_be_asked(there) or (here.scheme() == "https" and there.scheme() != "https"):
            self._give_up(refusal(refusals.LED_ASIDE))
        else:
            self._get(there)

    def _drop_reply(self) -> None:
        reply, self._reply = self._reply, None
        if reply is not None:
            reply.abort()
            reply.deleteLater()

    def _end(self) -> None:
        if self._ended:
            return
        self.stop()
        if self._problem is not None:
            self.refused.emit(self._address, self._problem)
        else:
            self.received.emit(self._address, bytes(self._data))


class Fetcher(QObject):
    """Starts downloads over one connection pool, and can stop them all."""

    received = Signal(str, object)
    refused = Signal(str, object)
    progressed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network = QNetworkAccessManager(self)
        self._network.setAutoDeleteReplies(False)
        self._running: list[Download] = []

    def fetch(self, address: str, limits: Limits) -> None:
        """Begin one download."""
        download = Download(self._network, address, limits, self)
        download.progressed.connect(self.progressed)
        download.received.connect(lambda address, data: self._pass_on(download, self.received, address, data))
        download.refused.connect(lambda address, problem: self._pass_on(download, self.refused, address, problem))
        self._running.append(download)
        download.start()

    def stop(self) -> None:
        """Stop every download; none of them says anything more."""
        running, self._running = self._running, []
        for download in running:
            download.stop()
            download.deleteLater()

    def _pass_on(self, download: Download, signal: SignalInstance, address: str, result: object) -> None:
        self._running.remove(download)
        download.deleteLater()
        signal.emit(address, result)


def _may_be_asked(url: QUrl) -> bool:
    return url.isValid() and url.scheme() in ("http", "https") and bool(url.host())


def _request(url: QUrl) -> QNetworkRequest:
    bare = QUrl(url)
    bare.setUserInfo("")
    request = QNetworkRequest(bare)
    attributes, manual = QNetworkRequest.Attribute, QNetworkRequest.LoadControl.Manual
    request.setAttribute(attributes.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
    for control in (
        attributes.CookieLoadControlAttribute,
        attributes.CookieSaveControlAttribute,
        attributes.AuthenticationReuseAttribute,
    ):
        request.setAttribute(control, manual)
    request.setRawHeader(b"User-Agent", USER_AGENT)
    request.setRawHeader(b"Accept", b"image/*")
    request.setRawHeader(b"Accept-Language", b"*")  # else Qt tells the user's
    request.setRawHeader(b"Accept-Encoding", b"identity")  # what is packed could unpack to anything
    return request


def _status(reply: QNetworkReply) -> int:
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    return status if isinstance(status, int) else 0


def _problem_of(reply: QNetworkReply) -> ImageRefused | None:
    """Return what went wrong with a reply that ended, None where nothing did."""
    errors = QNetworkReply.NetworkError
    error, status = reply.error(), _status(reply)
    if error in (errors.AuthenticationRequiredError, errors.ProxyAuthenticationRequiredError):
        return refusal(refusals.ASKS_PASSWORD)
    if error == errors.SslHandshakeFailedError:
        return refusal(refusals.NOT_ENCRYPTED_WELL)
    if status and status != 200:
        return refusal(refusals.ANSWERED, status)
    if error == errors.NoError:
        return None
    return refusal(refusals.CUT if status else refusals.NOT_REACHED)
