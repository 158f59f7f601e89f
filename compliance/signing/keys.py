"""Ed25519 keys in PEM files, as OpenSSL writes them. The one adapter of cryptography; it writes no key."""

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.errors import ConfigurationError
from compliance.model.text import Text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LARGEST_KEY = 1 << 16
"""Bytes of a file that may hold a key."""


class PasswordNeededError(Exception):
    """The private key is encrypted, and no password was given."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that verifies."""

    key_id: str
    """SHA-256 of the key as DER (SubjectPublicKeyInfo), in hexadecimal."""
    _key: "Ed25519PublicKey" = field(repr=False, compare=False)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether `signature` was made over `message` with this key's private half."""
        from cryptography.exceptions import InvalidSignature

        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A key that signs. Ed25519 draws no random numbers: the same message gives the same signature (RFC 8032)."""

    key_id: str
    _key: "Ed25519PrivateKey" = field(repr=False, compare=False)

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`, 64 bytes."""
        return self._key.sign(message)


def read_public(content: bytes, name: str) -> PublicKey:
    """The public key in the PEM file `content`; `name` is what messages call it.

    Raises:
        ConfigurationError: there is no Ed25519 public key in it.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(_bounded(content))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ConfigurationError(_no_public_key(name)) from error
    if not isinstance(key, Ed25519PublicKey):
        raise ConfigurationError(_no_public_key(name))
    return PublicKey(_key_id(key), key)


def read_private(content: bytes, name: str, password: str | None = None) -> PrivateKey:
    """The private key in the PEM file `content` (PKCS #8); `name` is what messages call it.

    Raises:
        ConfigurationError: there is no Ed25519 private key in it, or the password is wrong.
        PasswordNeededError: it is encrypted, and `password` is None.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    encrypted = b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in content
    if encrypted and password is None:
        raise PasswordNeededError(name)
    try:
        key = load_pem_private_key(_bounded(content), password.encode() if encrypted and password else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ConfigurationError(_wrong_password(name) if encrypted else _no_private_key(name)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigurationError(_no_private_key(name))
    return PrivateKey(_key_id(key.public_key()), key)


def _bounded(content: bytes) -> bytes:
    if len(content) > LARGEST_KEY:
        raise ValueError(len(content))
    return content


def _key_id(key: "Ed25519PublicKey") -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _no_public_key(name: str) -> Text:
    return Text(
        en=f"{name}: no Ed25519 public key in PEM; write it with `openssl pkey -in KEY -pubout -out PUBLIC`",
        ko=f"{name}: PEM 형식의 Ed25519 공개 키가 아님. `openssl pkey -in 개인키 -pubout -out 공개키` 명령으로 "
        "만드세요",
    )


def _no_private_key(name: str) -> Text:
    return Text(
        en=f"{name}: no Ed25519 private key in PEM (PKCS #8); make one with "
        "`openssl genpkey -algorithm ed25519 -aes-256-cbc -out KEY`",
        ko=f"{name}: PEM(PKCS #8) 형식의 Ed25519 개인 키가 아님. "
        "`openssl genpkey -algorithm ed25519 -aes-256-cbc -out 개인키` 명령으로 만드세요",
    )


def _wrong_password(name: str) -> Text:
    return Text(
        en=f"{name}: the password doesn't open this key, or the key isn't Ed25519; try again",
        ko=f"{name}: 암호가 맞지 않거나 Ed25519 키가 아님. 다시 시도하세요",
    )
