"""Well-known slips in the names of the big mail services: an answer sent there reaches nobody."""

SLIPS = {
    "gmail.com": "gmial.com gmal.com gmai.com gmaill.com gamil.com gnail.com gmail.co gmail.con gmail.cm",
    "yahoo.com": "yaho.com yahooo.com yhaoo.com yahoo.co yahoo.con yahoo.cm",
    "hotmail.com": "hotmial.com hotmal.com hotmai.com hotmail.co hotmail.con hotmail.cm",
    "outlook.com": "outlok.com outloo.com outlook.co outlook.con outlook.cm",
    "icloud.com": "iclod.com icoud.com icloud.co icloud.con icloud.cm",
    "aol.com": "aol.co aol.con aol.cm",
}
MEANT = {slip: domain for domain, slips in SLIPS.items() for slip in slips.split()}


# Endings that no domain has: letters of "com" and "net" that have changed places.
ENDINGS = {"cmo": "com", "ocm": "com", "ent": "net", "nte": "net", "nt": "net", "ogr": "org"}


def likely_meant(address):
    """The address that was probably meant; "" where this one looks right."""
    name, _, domain = address.rpartition("@")
    rest, _, ending = domain.lower().rpartition(".")
    meant = MEANT.get(domain.lower()) or (f"{rest}.{ENDINGS[ending]}" if ending in ENDINGS else "")
    return f"{name}@{meant}" if meant else ""
