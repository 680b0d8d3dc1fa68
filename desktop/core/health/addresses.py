"""When two addresses are one: the same page, however it was passed on.

What only says where a reader came from (`utm_source`, `fbclid`, ...), the scheme, `www.`, the usual port, a fragment, a
slash at the end, the order of the query and the way of percent-encoding make no difference. A fragment that holds a
path (`#!/…`, `#/…`) is kept: such sites have one page for each.
"""

import re

_ADDRESS = re.compile(r"https?://([^/?#]*+)([^?#]*+)(\?[^#]*+)?(#.*+)?", re.IGNORECASE | re.DOTALL)
_ENCODED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid yclid ymclid ysclid msclkid mc_cid mc_eid igshid igsh si _openstat"
    " ref ref_src ref_url referrer source_ref from_source spm share_id vero_id oly_anon_id oly_enc_id wickedid"
    " twclid ttclid li_fat_id _hsenc _hsmi hss_channel mkt_tok cmpid campaign_id sr_share trk trkcampaign"
    " amp utm rb_clickid".split()
)
_TRACKING_STARTS = ("utm_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "stm_", "at_campaign", "at_medium")
_LONGEST = 4_000  # characters that are looked at
MOST_PARAMETERS = 200


def canonical(address: str) -> str:
    """Return what all spellings of an address have in common, "" for what is no page of the network."""
    match = _ADDRESS.match(address[:_LONGEST].strip())
    if match is None:
        return ""
    host = match[1].rpartition("@")[2].lower()
    name, colon, port = host.rpartition(":")
    if colon and port in ("80", "443", ""):
        host = name
    host = host.removeprefix("www.").removesuffix(".")
    if not host:
        return ""
    path = _encoded(match[2]).rstrip("/")
    for index in ("/index.html", "/index.htm", "/index.php"):
        path = path.removesuffix(index)
    fragment = match[4] or ""
    kept = _encoded(fragment) if fragment.startswith(("#!", "#/")) else ""
    return f"{host}{path}{_query(match[3] or '')}{kept}"


def _query(written: str) -> str:
    """Return what of a query names the page, sorted."""
    kept = sorted({_encoded(pair) for pair in written[1:].split("&")[:MOST_PARAMETERS] if pair and not _tracks(pair)})
    return "?" + "&".join(kept) if kept else ""


def _tracks(pair: str) -> bool:
    key = pair.partition("=")[0].removeprefix("amp;").lower()
    return key in _TRACKING or key.startswith(_TRACKING_STARTS)


def _encoded(text: str) -> str:
    """Return a part of an address with what needs no percent-encoding written out, the rest in capital digits."""

    def spell(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if letter in _UNRESERVED else match[0].upper()

    if not text.isascii():
        from urllib.parse import quote  # late: few addresses are written with letters of other alphabets

        text = quote(text, safe="/%:?#[]@!$&'()*+,;=~", errors="replace")
    return _ENCODED.sub(spell, text) if "%" in text else text
