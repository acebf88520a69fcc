"""Where a link leads, as an address that a reader of the file may open."""

from urllib.parse import quote, urlsplit, urlunsplit

_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
_KEPT = "%/:=&?~#+!$,;'@()*[]"


def uri(link: str) -> str:
    """Return the link in ASCII (RFC 3986), or "" when there is nothing safe to open.

    An address that begins with www. is taken for a web address. A script, a local file and the like
    stay plain text.
    """
    link = link.strip()
    if link.startswith("www."):
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
        if parts.scheme not in _SCHEMES or not (parts.netloc or parts.path):
            return ""
        return quote(urlunsplit(parts._replace(netloc=_ascii_host(parts.netloc))), safe=_KEPT)
    except ValueError:  # for example a bracket without its partner
        return ""


def _ascii_host(host: str) -> str:
    """Return an international domain name as DNS knows it."""
    return host if host.isascii() else host.encode("idna").decode("ascii")
