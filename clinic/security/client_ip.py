"""The client's IP address, for rate limits and logs."""

from ipaddress import ip_address

from django.conf import settings


def client_address(request):
    """Return the client's address as seen by our outermost proxy, or "" if it's invalid.

    Each proxy appends the address of its client to X-Forwarded-For. So only the last settings.TRUSTED_PROXIES
    entries come from our proxies; the client can forge all others.
    """
    hops = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if not hops or len(forwarded) < hops:  # no proxy, or the client bypassed one
        return _normalize(request.META.get("REMOTE_ADDR", ""))
    return _normalize(forwarded[-hops])


def _normalize(text):
    """Normalize an address, without the port that some proxies add; return "" if it's invalid."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)
