"""Keys: Ed25519 in PEM alone, with an id that OpenSSL can tell, too."""

import hashlib
from pathlib import Path

import pytest

from compliance.errors import ConfigurationError
from compliance.signing.keys import LARGEST_KEY, PasswordNeededError, read_private, read_public
from tests.signing.keys import key_pair, needs_openssl, openssl

pytestmark = needs_openssl


def test_a_key_id_is_the_digest_of_the_public_key_as_der() -> None:
    der = openssl("pkey", "-pubin", "-in", key_pair().public_file, "-outform", "DER")

    assert key_pair().public.key_id == key_pair().private.key_id == hashlib.sha256(der).hexdigest()


def test_the_same_message_gives_the_same_signature() -> None:
    signature = key_pair().private.sign(b"message")

    assert signature == key_pair().private.sign(b"message")
    assert key_pair().public.verifies(signature, b"message")
    assert not key_pair().public.verifies(signature, b"massage")
    assert not key_pair("other").public.verifies(signature, b"message")
    assert not key_pair().public.verifies(signature[:-1], b"message")


def test_an_encrypted_key_needs_its_password(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    openssl("pkey", "-in", key_pair().private_file, "-aes-256-cbc", "-passout", "pass:secret", "-out", file)

    with pytest.raises(PasswordNeededError):
        read_private(file.read_bytes(), "key")
    with pytest.raises(ConfigurationError):
        read_private(file.read_bytes(), "key", "wrong")
    assert read_private(file.read_bytes(), "key", "secret").key_id == key_pair().private.key_id


@pytest.mark.parametrize("kind", [["RSA", "-pkeyopt", "rsa_keygen_bits:2048"], ["X25519"], ["ED448"]])
def test_keys_of_other_kinds_are_refused(kind: list[str], tmp_path: Path) -> None:
    private, public = tmp_path / "key.pem", tmp_path / "public.pem"
    openssl("genpkey", "-algorithm", *kind, "-out", private)
    openssl("pkey", "-in", private, "-pubout", "-out", public)

    with pytest.raises(ConfigurationError, match="Ed25519"):
        read_private(private.read_bytes(), "key")
    with pytest.raises(ConfigurationError, match="Ed25519"):
        read_public(public.read_bytes(), "key")


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\n", b"\0" * 99, b"x" * (LARGEST_KEY + 1)])
def test_what_is_no_key_is_refused(content: bytes) -> None:
    with pytest.raises(ConfigurationError):
        read_private(content, "key")
    with pytest.raises(ConfigurationError):
        read_public(content, "key")


def test_a_private_key_is_no_public_one() -> None:
    with pytest.raises(ConfigurationError):
        read_public(key_pair().private_file.read_bytes(), "key")
