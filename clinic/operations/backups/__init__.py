"""Proven backups: made, copied elsewhere, restored into a scratch database and compared.

An archive is a tar file (the database's dump, the media files, and at its end a manifest), encrypted with age
(https://age-encryption.org) to BACKUP_KEY. Any `age` program can open it with that key; the key isn't in it.
"""


class BackupError(Exception):
    """Why a backup can't be made, proven or restored, in a sentence."""
