"""Find typos in email addresses, which the form asks about once.

A domain is compared with those of the big US mail services: one is meant if name and ending are each at most
one typo away (a letter wrong, missing, too many, or swapped with its neighbor).
"""

from inquiries.lookup.search import is_one_typo

PROVIDERS = """
gmail.com yahoo.com hotmail.com outlook.com icloud.com aol.com msn.com live.com ymail.com protonmail.com
comcast.net verizon.net sbcglobal.net bellsouth.net att.net cox.net charter.net earthlink.net optonline.net
""".split()  # noqa: SIM905
ENDINGS = ["com", "net", "org", "edu", "gov"]

# Real names of domains, one letter away from a provider's.
REAL_NAMES = {"mail", "email", "ymail", "gail", "cloud", "charted"}
# Real endings, one letter away from those above.
REAL_ENDINGS = {
    *ENDINGS,
    *["co", "cm", "om", "cam", "ne", "et", "nec", "new", "bet", "pet", "vet", "ong", "eu", "gop", "og"],
}
# Common typos of two letters.
TWICE = {"icould": "icloud"}
SHORT = 5  # letters; in a shorter name only a doubled letter is a typo: "ail" and "ool" are names themselves


def repaired(address: str) -> str:
    """Remove what no address has: spaces around and after the "@", a dot or comma at the end.

    A space within the name may mean anything: it stays, and the form asks about it.
    """
    user, at, domain = address.strip().rpartition("@")
    return user.strip() + at + "".join(domain.split()).rstrip(".,;")


def likely_meant(address: str) -> str:
    """The address that was probably meant; "" if this one looks right."""
    user, _, domain = address.rpartition("@")
    domain = domain.lower().replace(",", ".")
    meant = provider_meant(domain) or ending_meant(domain)
    return f"{user}@{meant}" if user and meant and meant != address.rpartition("@")[2].lower() else ""


def provider_meant(domain: str) -> str:
    """The mail service whose domain this nearly is, or ""."""
    if domain in PROVIDERS:
        return domain
    typed, _, ending = domain.partition(".")
    typed = TWICE.get(typed, typed)
    # Those whose name is right go first: ymail isn't a typo of gmail.
    for provider in sorted(PROVIDERS, key=lambda provider: provider.split(".")[0] != typed):
        name, right = provider.split(".")
        if domain in {name, name + right, f"{provider}.{right}"}:
            return provider
        if is_name(typed, name) and (ending == right or is_one_typo(ending, right)):
            return provider
    return ""


def is_name(typed: str, name: str) -> bool:
    """Whether a provider's name was typed, right or nearly so."""
    if typed == name:
        return True
    if len(name) < SHORT:
        return len(typed) == len(name) + 1 and is_one_typo(typed, name) and set(typed) == set(name)
    return typed not in REAL_NAMES and is_one_typo(typed, name)


def ending_meant(domain: str) -> str:
    """The domain with a real ending, if its own is one typo away from that; or ""."""
    rest, _, ending = domain.rpartition(".")
    if not rest or ending in REAL_ENDINGS:
        return ""
    return next((f"{rest}.{right}" for right in ENDINGS if is_one_typo(ending, right)), "")
