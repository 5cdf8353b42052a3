"""The archive's format: written and read as a stream, so that its size doesn't matter."""

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
CHUNK = 1024**2


def name_at(moment: datetime) -> str:
    return f"clinic-{moment:%Y%m%dT%H%M%SZ}{SUFFIX}"


def moment_of(name: str) -> datetime | None:
    """When an archive of this name was made; None for any other file."""
    with suppress(ValueError):
        return datetime.strptime(f"{name}+0000", f"clinic-%Y%m%dT%H%M%SZ{SUFFIX}%z")
    return None


def key() -> Any:
    if not settings.BACKUP_KEY:
        raise BackupError(
            "BACKUP_KEY is not set: `manage.py backup --new-key` makes one. Keep a copy elsewhere."
        )
    return pyrage.x25519.Identity.from_str(settings.BACKUP_KEY)


@contextmanager
def _through(work: Any, source: IO[bytes] | None, target: IO[bytes] | None) -> Iterator[BinaryIO]:
    """Run `work(reader, writer)` in a thread, with a pipe at its open end. Its error is raised at the end."""
    read_end, write_end = os.pipe()
    ours, theirs = (
        (os.fdopen(read_end, "rb"), os.fdopen(write_end, "wb"))
        if source
        else (os.fdopen(write_end, "wb"), os.fdopen(read_end, "rb"))
    )
    errors: list[Exception] = []

    def run() -> None:
        try:
            work(source or theirs, target or theirs)
        except Exception as error:
            errors.append(error)
        finally:
            with suppress(OSError):
                theirs.close()

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield ours
    except Exception:
        _end(ours, thread)
        if errors and isinstance(errors[0], BackupError):  # else it only says that we closed the pipe
            raise errors[0] from None
        raise
    _end(ours, thread)
    if errors:
        raise errors[0]


def _end(pipe: BinaryIO, thread: Thread) -> None:
    with suppress(OSError):
        pipe.close()
    thread.join()


class Writer:
    """Adds files to an archive, and their checksums to its manifest."""

    def __init__(self, tar: tarfile.TarFile):
        self.tar = tar
        self.checksums: dict[str, str] = {}

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        hashing = _Hashing(file)
        member = tarfile.TarInfo(name)
        member.size = size
        self.tar.addfile(member, hashing)  # type: ignore[arg-type]
        self.checksums[name] = hashing.digest.hexdigest()

    def finish(self, manifest: dict[str, Any]) -> None:
        data = json.dumps({"format": FORMAT, **manifest, "checksums": self.checksums}, indent=1).encode()
        self.add(MANIFEST, io.BytesIO(data), len(data))


class _Hashing:
    def __init__(self, file: IO[bytes]):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """An archive that appears at `path` once it's whole."""
    recipient = key().to_public()
    unfinished = path.with_suffix(".unfinished")

    def encrypt(reader: IO[bytes], writer: IO[bytes]) -> None:
        pyrage.encrypt_io(reader, writer, [recipient])

    try:
        with unfinished.open("wb") as target:
            unfinished.chmod(0o600)
            with _through(encrypt, None, target) as pipe, tarfile.open(fileobj=pipe, mode="w|") as tar:
                yield Writer(tar)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Decrypt an archive into `folder`; its manifest. BackupError if anything isn't as it was."""
    identity = key()

    def decrypt(reader: IO[bytes], writer: IO[bytes]) -> None:
        try:
            pyrage.decrypt_io(reader, writer, [identity])
        except (pyrage.DecryptError, OSError) as error:
            if getattr(error, "errno", None):  # the disk's
                raise
            raise BackupError(f"{path.name} cannot be decrypted with BACKUP_KEY: {error}.") from None

    try:
        with path.open("rb") as source, _through(decrypt, source, None) as pipe:
            checksums = _extract(pipe, folder)
    except (tarfile.TarError, EOFError):
        raise BackupError(f"{path.name} is not whole.") from None
    return _checked_manifest(path, folder, checksums)


def _extract(pipe: BinaryIO, folder: Path) -> dict[str, str]:
    checksums = {}
    with tarfile.open(fileobj=pipe, mode="r|") as tar:
        for member in tar:
            source = tar.extractfile(member)
            if source is None or not (folder / member.name).resolve().is_relative_to(folder.resolve()):
                raise BackupError(f"The archive holds something that doesn't belong there: {member.name}.")
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256()
            with target.open("wb") as out:
                while data := source.read(CHUNK):
                    digest.update(data)
                    out.write(data)
            checksums[member.name] = digest.hexdigest()
    while pipe.read(CHUNK):  # the rest behind the tar's end mark, so that the last bytes are checked too
        pass
    return checksums


def _checked_manifest(path: Path, folder: Path, checksums: dict[str, str]) -> dict[str, Any]:
    checksums.pop(MANIFEST, None)
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (FileNotFoundError, ValueError):
        raise BackupError(f"{path.name} has no manifest: it is not whole.") from None
    if manifest["format"] != FORMAT:
        raise BackupError(f"{path.name} has format {manifest['format']}; this version reads format {FORMAT}.")
    if manifest["checksums"] != checksums:
        wrong = sorted(dict(manifest["checksums"].items() ^ checksums.items()))
        raise BackupError(f"{path.name}: {wrong[0]} is not what was backed up.")
    return manifest
