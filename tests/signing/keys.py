"""Keys that tests make with OpenSSL, as the documentation says to."""

import atexit
import functools
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from compliance.signing.keys import PrivateKey, PublicKey, read_private, read_public

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl isn't installed")


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Files of a key, and what is read of them."""

    private_file: Path
    public_file: Path

    @property
    def private(self) -> PrivateKey:
        """The half that signs."""
        return read_private(self.private_file.read_bytes(), str(self.private_file))

    @property
    def public(self) -> PublicKey:
        """The half that verifies."""
        return read_public(self.public_file.read_bytes(), str(self.public_file))


def openssl(*arguments: object) -> bytes:
    """What `openssl` prints; fails where it does."""
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True).stdout


def key_pair(name: str = "team") -> KeyPair:
    """A new key in a private folder, the same one for the same `name` in one run."""
    return _made(name)


@functools.cache
def _made(name: str) -> KeyPair:
    folder = Path(tempfile.mkdtemp(prefix="keys-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    pair = KeyPair(folder / f"{name}.pem", folder / f"{name}.public.pem")
    openssl("genpkey", "-algorithm", "ed25519", "-out", pair.private_file)
    openssl("pkey", "-in", pair.private_file, "-pubout", "-out", pair.public_file)
    return pair
