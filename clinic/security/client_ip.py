"""The client's IP address, for limits and logs."""

from ipaddress import ip_address

from django.conf import settings


def client_address(request):
    """The client address as our outermost proxy saw it; "" if no trusted header has it.

    Each proxy adds the address it was reached from at the end of X-Forwarded-For. So with
    settings.TRUSTED_PROXIES in front, only that many entries, counted from the end, were written by one of
    ours; all before them came with the request and say whatever its sender likes.
    """
    hops = settings.TRUSTED_PROXIES
    if not hops:
        return _address(request.META.get("REMOTE_ADDR", ""))
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(seen) < hops:  # it bypassed a proxy: only the direct sender is known
        return _address(request.META.get("REMOTE_ADDR", ""))
    return _address(seen[-hops])


def _address(text):
    """Normalize an address, without the port that some proxies add; "" if it's invalid."""
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
