"""Reads and writes backup archives as streams, so memory use doesn't depend on their size."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import IO, Any, BinaryIO

import pyrage
from django.conf import settings

from clinic.operations.backups import BackupError

FORMAT = 1
MANIFEST, DUMP, MEDIA = "manifest.json", "database.dump", "media/"
SUFFIX = ".tar.age"
CHUNK_SIZE = 1024**2


def name_for(timestamp: datetime) -> str:
    return f"clinic-{timestamp:%Y%m%dT%H%M%SZ}{SUFFIX}"


def parse_timestamp(name: str) -> datetime | None:
    """Return the time in an archive's file name, or None if it isn't an archive."""
    with suppress(ValueError):
        return datetime.strptime(f"{name}+0000", f"clinic-%Y%m%dT%H%M%SZ{SUFFIX}%z")
    return None


def key() -> Any:
    if not settings.BACKUP_KEY:
        raise BackupError(
            "BACKUP_KEY is not set: `manage.py backup --new-key` prints one. Keep a copy elsewhere."
        )
    return pyrage.x25519.Identity.from_str(settings.BACKUP_KEY)


@contextmanager
def _pipe_through(transform: Any, source: IO[bytes] | None, target: IO[bytes] | None) -> Iterator[BinaryIO]:
    """Run `transform(reader, writer)` in a thread, and yield a pipe to whichever end is None."""
    read_end, write_end = os.pipe()
    our_end, thread_end = (
        (os.fdopen(read_end, "rb"), os.fdopen(write_end, "wb"))
        if source
        else (os.fdopen(write_end, "wb"), os.fdopen(read_end, "rb"))
    )
    errors: list[Exception] = []

    def run() -> None:
        try:
            transform(source or thread_end, target or thread_end)
        except Exception as error:
            errors.append(error)
        finally:
            with suppress(OSError):
                thread_end.close()

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield our_end
    except Exception:
        _close(our_end, thread)
        if errors and isinstance(errors[0], BackupError):  # other errors only result from the closed pipe
            raise errors[0] from None
        raise
    _close(our_end, thread)
    if errors:
        raise errors[0]


def _close(pipe: BinaryIO, thread: Thread) -> None:
    with suppress(OSError):
        pipe.close()
    thread.join()


class Writer:
    """Adds files to an archive and their checksums to its manifest."""

    def __init__(self, tar: tarfile.TarFile):
        self.tar = tar
        self.checksums: dict[str, str] = {}

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        reader = _HashingReader(file)
        member = tarfile.TarInfo(name)
        member.size = size
        self.tar.addfile(member, reader)  # type: ignore[arg-type]
        self.checksums[name] = reader.digest.hexdigest()

    def finish(self, manifest: dict[str, Any]) -> None:
        data = json.dumps({"format": FORMAT, **manifest, "checksums": self.checksums}, indent=1).encode()
        self.add(MANIFEST, io.BytesIO(data), len(data))


class _HashingReader:
    def __init__(self, file: IO[bytes]):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


@contextmanager
def create(path: Path) -> Iterator[Writer]:
    """Yield a Writer; the archive appears at `path` only once it's complete."""
    recipient = key().to_public()
    unfinished = path.with_suffix(".unfinished")

    def encrypt(reader: IO[bytes], writer: IO[bytes]) -> None:
        pyrage.encrypt_io(reader, writer, [recipient])

    try:
        with unfinished.open("wb") as target:
            unfinished.chmod(0o600)
            with _pipe_through(encrypt, None, target) as pipe, tarfile.open(fileobj=pipe, mode="w|") as tar:
                yield Writer(tar)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Decrypt an archive into `folder` and return its manifest; raise BackupError if anything is damaged."""
    identity = key()

    def decrypt(reader: IO[bytes], writer: IO[bytes]) -> None:
        try:
            pyrage.decrypt_io(reader, writer, [identity])
        except (pyrage.DecryptError, OSError) as error:
            if getattr(error, "errno", None):  # an I/O error, not a wrong key
                raise
            raise BackupError(f"{path.name} cannot be decrypted with BACKUP_KEY: {error}.") from None

    try:
        with path.open("rb") as source, _pipe_through(decrypt, source, None) as pipe:
            checksums = _extract(pipe, folder)
    except (tarfile.TarError, EOFError):
        raise BackupError(f"{path.name} is incomplete.") from None
    return _checked_manifest(path, folder, checksums)


def _extract(pipe: BinaryIO, folder: Path) -> dict[str, str]:
    checksums = {}
    with tarfile.open(fileobj=pipe, mode="r|") as tar:
        for member in tar:
            source = tar.extractfile(member)
            if source is None or not (folder / member.name).resolve().is_relative_to(folder.resolve()):
                raise BackupError(f"The archive contains a file that doesn't belong there: {member.name}.")
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256()
            with target.open("wb") as out:
                while data := source.read(CHUNK_SIZE):
                    digest.update(data)
                    out.write(data)
            checksums[member.name] = digest.hexdigest()
    while pipe.read(CHUNK_SIZE):  # read past the tar's end mark, so age authenticates the last bytes too
        pass
    return checksums


def _checked_manifest(path: Path, folder: Path, checksums: dict[str, str]) -> dict[str, Any]:
    checksums.pop(MANIFEST, None)
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (FileNotFoundError, ValueError):
        raise BackupError(f"{path.name} has no manifest: it is incomplete.") from None
    if manifest["format"] != FORMAT:
        raise BackupError(f"{path.name} has format {manifest['format']}; this version reads format {FORMAT}.")
    if manifest["checksums"] != checksums:
        wrong = sorted(dict(manifest["checksums"].items() ^ checksums.items()))
        raise BackupError(f"{path.name}: {wrong[0]} differs from what was backed up.")
    return manifest
