"""Envelopes: DSSE as others read it, and nothing but what this program writes."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.dsse import Envelope as OtherEnvelope
from securesystemslib.signer import SSlibKey  # type: ignore[attr-defined]  # meant to be imported so

from compliance.signing.envelope import (
    LARGEST,
    PAYLOAD_TYPE,
    EnvelopeError,
    opened,
    pre_authentication_encoding,
    sealed,
)
from tests.signing.keys import key_pair, needs_openssl, openssl

pytestmark = needs_openssl
PAYLOAD = '{"_type":"…"}'.encode()


def test_the_pre_authentication_encoding_is_that_of_the_protocol() -> None:
    # the protocol's own test vector: https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
    assert (
        pre_authentication_encoding("http://example.com/HelloWorld", b"hello world")
        == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


@given(st.binary())
def test_what_is_sealed_can_be_opened(payload: bytes) -> None:
    envelope = opened(sealed(payload, [key_pair().private]))

    assert envelope.payload == payload
    (signature,) = envelope.signatures
    assert key_pair().public.verifies(signature.value, envelope.signed)


def test_sealing_twice_gives_the_same_line() -> None:
    line = sealed(PAYLOAD, [key_pair().private])

    assert line == sealed(PAYLOAD, [key_pair().private])
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")


def test_openssl_alone_verifies_a_signature(tmp_path: Path) -> None:
    document = json.loads(sealed(PAYLOAD, [key_pair().private]))
    message, signature = tmp_path / "message", tmp_path / "signature"
    payload = base64.b64decode(document["payload"])
    kind = document["payloadType"]
    message.write_bytes(f"DSSEv1 {len(kind)} {kind} {len(payload)} ".encode() + payload)
    signature.write_bytes(base64.b64decode(document["signatures"][0]["sig"]))

    told = openssl(
        *("pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", key_pair().public_file),
        *("-in", message, "-sigfile", signature),
    )

    assert b"Signature Verified Successfully" in told


def test_another_library_verifies_an_envelope() -> None:
    document = json.loads(sealed(PAYLOAD, [key_pair().private, key_pair("other").private]))
    public = key_pair().public_file.read_text()
    key = SSlibKey(key_pair().public.key_id, "ed25519", "ed25519", {"public": _raw(public)})

    envelope = OtherEnvelope.from_dict(document)

    assert envelope.payload_type == PAYLOAD_TYPE
    assert set(envelope.verify([key], 1)) == {key.keyid}


def _raw(public: str) -> str:
    """The 32 bytes of a key in PEM, in hexadecimal: they stand at the end of its DER."""
    return base64.b64decode("".join(public.splitlines()[1:-1]))[-32:].hex()


@pytest.mark.parametrize(
    "content",
    [b"", b"[]\n", b"{}\n", b'{"payload":"","payload":""}\n', b"[" * 100_000, b" " * (LARGEST + 1)],
    ids=["empty", "list", "object", "repeated key", "deep", "huge"],
)
def test_what_is_no_envelope_is_refused(content: bytes) -> None:
    with pytest.raises(EnvelopeError):
        opened(content)


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.pop("signatures"),
        lambda document: document.update(payload=5),
        lambda document: document.update(payload="é"),
        lambda document: document.update(payloadType="text/plain"),
        lambda document: document.update(signatures=[{"keyid": 5, "sig": ""}]),
        lambda document: document.update(more="something"),
    ],
)
def test_an_envelope_of_another_shape_is_refused(change: Callable[[dict[str, object]], object]) -> None:
    document = json.loads(sealed(PAYLOAD, [key_pair().private]))
    change(document)

    with pytest.raises(EnvelopeError):
        opened(json.dumps(document, separators=(",", ":")).encode() + b"\n")


def test_a_truncated_repeated_or_indented_envelope_is_refused() -> None:
    line = sealed(PAYLOAD, [key_pair().private])

    for content in (line[:-20], line * 2, b" " + line, line + b"\n", line[:-1]):
        with pytest.raises(EnvelopeError):
            opened(content)


def test_unused_bits_of_base64_are_refused() -> None:
    document = json.loads(sealed(PAYLOAD, [key_pair().private]))
    signature = document["signatures"][0]["sig"]
    assert signature.endswith("==")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = signature[:-3] + alphabet[alphabet.index(signature[-3]) ^ 1] + "=="
    assert base64.b64decode(other) == base64.b64decode(signature)
    document["signatures"][0]["sig"] = other

    with pytest.raises(EnvelopeError):
        opened(json.dumps(document, separators=(",", ":")).encode() + b"\n")
