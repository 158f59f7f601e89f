"""Envelopes of signed bytes: DSSE 1.0 (Dead Simple Signing Envelope), one a line as in-toto bundles have them."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import msgspec

from compliance import json_documents
from compliance.model.text import Text
from compliance.signing.keys import PrivateKey

PAYLOAD_TYPE = "application/vnd.in-toto+json"
LARGEST = json_documents.MAX_BYTES
"""Bytes of an envelope that are read."""


class EnvelopeError(Exception):
    """What was read is no envelope that this program wrote; says why and what to do."""

    def __init__(self, message: Text) -> None:
        """Say `message`."""
        super().__init__(message.en)
        self.message = message


class Signature(msgspec.Struct, frozen=True):
    """One signature of an envelope."""

    key_id: str
    """Which key made it, as the envelope claims: a hint that nothing protects."""
    value: bytes


class Envelope(msgspec.Struct, frozen=True):
    """Signed bytes with their signatures."""

    payload: bytes
    signatures: tuple[Signature, ...]

    @property
    def signed(self) -> bytes:
        """What the signatures are made over."""
        return pre_authentication_encoding(PAYLOAD_TYPE, self.payload)


def pre_authentication_encoding(payload_type: str, payload: bytes) -> bytes:
    """PAE of the DSSE protocol: lengths stand before both parts, so that no two pairs give the same bytes."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def sealed(payload: bytes, keys: Sequence[PrivateKey]) -> bytes:
    """The envelope of `payload` with a signature by each of `keys`, as one line of JSON."""
    message = pre_authentication_encoding(PAYLOAD_TYPE, payload)
    return _written(payload, [Signature(key.key_id, key.sign(message)) for key in keys])


def opened(content: bytes) -> Envelope:
    """The envelope that `content` is; nothing is verified yet.

    Only what `sealed` writes is taken, byte by byte: JSON and base64 let the same values be written in many ways,
    and a change that no signature sees would go unnoticed.

    Raises:
        EnvelopeError: it is something else.
    """
    try:
        root = json_documents.read(content).root
        envelope = Envelope(_decoded(root["payload"]), tuple(_signature(one) for one in root["signatures"]))
    except json_documents.JsonError as error:
        raise EnvelopeError(_not_json(error)) from error
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise EnvelopeError(_NO_ENVELOPE) from error
    if _written(envelope.payload, envelope.signatures) != content:
        raise EnvelopeError(_REWRITTEN)
    return envelope


def _signature(one: Any) -> Signature:
    if not isinstance(one["keyid"], str):
        raise TypeError(type(one["keyid"]))
    return Signature(one["keyid"], _decoded(one["sig"]))


def _decoded(words: Any) -> bytes:
    return base64.b64decode(words.encode("ascii") if isinstance(words, str) else words, validate=True)


def _written(payload: bytes, signatures: Sequence[Signature]) -> bytes:
    document = {
        "payloadType": PAYLOAD_TYPE,
        "payload": base64.b64encode(payload).decode(),
        "signatures": [{"keyid": one.key_id, "sig": base64.b64encode(one.value).decode()} for one in signatures],
    }
    return msgspec.json.encode(document) + b"\n"


def _not_json(error: json_documents.JsonError) -> Text:
    return Text(
        en=f"no readable JSON ({error}); get the file again from whoever signed it",
        ko=f"읽을 수 없는 JSON({error.placed_ko}). 서명한 사람에게 파일을 다시 받으세요",
    )


_NO_ENVELOPE = Text(
    en="no DSSE envelope of an in-toto statement; get the file again from whoever signed it",
    ko="in-toto 진술이 담긴 DSSE 봉투가 아님. 서명한 사람에게 파일을 다시 받으세요",
)
_REWRITTEN = Text(
    en="not written as this program writes envelopes, so somebody changed it after it was signed; get the file "
    "again from whoever signed it",
    ko="이 프로그램이 쓰는 형식과 다르므로 서명 후 변경된 파일. 서명한 사람에게 파일을 다시 받으세요",
)
