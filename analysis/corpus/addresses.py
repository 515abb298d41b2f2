"""Web addresses, folded so that two spellings of one are one."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

# What a link carries to tell where its reader came from. The page is the same without it.
_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|dc|ms|tw|yc|wb)cl(?:id|src)|gbraid|wbraid|igshid|mc_[ce]id|mkt_tok|_hs\w+|at_\w+|ns_\w+|cmpi?d?"
    r"|ito|ocid|smid|smtyp|guccounter|guce_\w+|spm|xtor|ref(?:_src|_url|errer)?|shared?|_g[al]",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.\w{3,5}$", re.IGNORECASE)
_PORTS = {80, 443, None}


def fold_address(address: object) -> str:
    """The page an address leads to, whatever its scheme, `www.`, fragment, tracking and last slash; "" for no page.

    A site's front page is none of an article: it shows another text every hour.

    >>> fold_address("https://www.Example.org/2024/06/pact/?utm_source=x&id=7#top")
    'example.org/2024/06/pact?id=7'
    >>> fold_address("http://example.org/"), fold_address("pact.txt"), fold_address(None)
    ('', '', '')
    """
    if not isinstance(address, str) or "." not in address:
        return ""
    address = address.strip()
    if "://" not in address:
        address = f"//{address.removeprefix('//')}"
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("", "http", "https"):
        return ""
    path = _INDEX.sub("", unquote(parts.path)).rstrip("/")
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    if "." not in host or not (path or kept):
        return ""
    where = host.removeprefix("www.") + ("" if port in _PORTS else f":{port}")
    return where + path + ("?" + urlencode(sorted(kept)) if kept else "")
