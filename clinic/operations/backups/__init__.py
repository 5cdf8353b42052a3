"""Encrypted backups, verified by restoring them into a scratch database and comparing row counts.

An archive is a tar file (database dump, media files, then a manifest), encrypted to BACKUP_KEY with age
(https://age-encryption.org). Any `age` program can open it with that key; the key isn't included.
"""


class BackupError(Exception):
    """One sentence on why a backup can't be created, proven or restored."""
