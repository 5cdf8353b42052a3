"""Suggestions for mistyped email addresses.

A domain counts as mistyped if its name and its ending are each at most one typo away from those of a big US
mail service. A typo is a letter that's wrong, missing, extra, or swapped with the next.
"""

from inquiries.lookup.search import is_one_typo

PROVIDERS = """
gmail.com yahoo.com hotmail.com outlook.com icloud.com aol.com msn.com live.com ymail.com protonmail.com
comcast.net verizon.net sbcglobal.net bellsouth.net att.net cox.net charter.net earthlink.net optonline.net
""".split()  # noqa: SIM905
ENDINGS = ["com", "net", "org", "edu", "gov"]

# Existing domain names, one typo away from a provider's.
REAL_NAMES = {"mail", "email", "ymail", "gail", "cloud", "charted"}
# Existing endings, one typo away from those above.
REAL_ENDINGS = {
    *ENDINGS,
    *["co", "cm", "om", "cam", "ne", "et", "nec", "new", "bet", "pet", "vet", "ong", "eu", "gop", "og"],
}
TWO_LETTER_TYPOS = {"icould": "icloud"}
# In shorter names, such as "aol", only a doubled letter is a typo: "ail" and "ool" are existing domains.
MIN_TYPO_LENGTH = 5


def repaired(address: str) -> str:
    """Remove spaces around and after the "@", and dots, commas and semicolons at the end.

    A space before the "@" stays, because it's ambiguous.
    """
    user, at, domain = address.strip().rpartition("@")
    return user.strip() + at + "".join(domain.split()).rstrip(".,;")


def suggested_address(address: str) -> str:
    """Return the address that was probably meant, or "" if `address` looks right."""
    user, _, typed_domain = address.rpartition("@")
    domain = typed_domain.lower().replace(",", ".")
    suggestion = suggested_provider(domain) or with_suggested_ending(domain)
    return f"{user}@{suggestion}" if user and suggestion and suggestion != typed_domain.lower() else ""


def suggested_provider(domain: str) -> str:
    """Return the mail service whose domain this is or was meant to be, or ""."""
    if domain in PROVIDERS:
        return domain
    typed, _, ending = domain.partition(".")
    typed = TWO_LETTER_TYPOS.get(typed, typed)
    # Exact names first, because ymail isn't a typo of gmail.
    for provider in sorted(PROVIDERS, key=lambda provider: provider.split(".")[0] != typed):
        name, right = provider.split(".")
        if domain in {name, name + right, f"{provider}.{right}"}:
            return provider
        if is_name_or_typo(typed, name) and (ending == right or is_one_typo(ending, right)):
            return provider
    return ""


def is_name_or_typo(typed: str, name: str) -> bool:
    if typed == name:
        return True
    if len(name) < MIN_TYPO_LENGTH:
        return len(typed) == len(name) + 1 and is_one_typo(typed, name) and set(typed) == set(name)
    return typed not in REAL_NAMES and is_one_typo(typed, name)


def with_suggested_ending(domain: str) -> str:
    """Return the domain with its mistyped ending corrected, or ""."""
    rest, _, ending = domain.rpartition(".")
    if not rest or ending in REAL_ENDINGS:
        return ""
    return next((f"{rest}.{right}" for right in ENDINGS if is_one_typo(ending, right)), "")
