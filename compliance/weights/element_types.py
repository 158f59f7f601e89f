"""Sizes and names of the numbers in tensors, in safetensors' spelling."""

BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "U16": 16, "I16": 16, "U32": 32, "I32": 32, "U64": 64, "I64": 64,
    "F16": 16, "BF16": 16, "F32": 32, "F64": 64, "C64": 64, "C128": 128,
    "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8,
    "F6_E2M3": 6, "F6_E3M2": 6, "F4": 4, "U4": 4, "I4": 4, "U2": 2, "I2": 2,
}  # fmt: skip
"""Bits of one number by its type."""

NUMPY = {
    "bool": "BOOL", "uint8": "U8", "int8": "I8", "uint16": "U16", "int16": "I16", "uint32": "U32", "int32": "I32",
    "uint64": "U64", "int64": "I64", "float16": "F16", "bfloat16": "BF16", "float32": "F32", "float64": "F64",
    "complex64": "C64", "complex128": "C128", "float8_e4m3fn": "F8_E4M3", "float8_e5m2": "F8_E5M2",
    "float8_e8m0fnu": "F8_E8M0", "float8_e4m3fnuz": "F8_E4M3FNUZ", "float8_e5m2fnuz": "F8_E5M2FNUZ",
    "int4": "I4", "uint4": "U4", "int2": "I2", "uint2": "U2", "float4_e2m1fn": "F4",
}  # fmt: skip
"""NumPy's and ml_dtypes' names, which PyTorch's `torch.*` types share."""


def bytes_of(dtype: str, elements: int) -> int | None:
    """Bytes of `elements` numbers of type `dtype`, the last one rounded up; None for an unknown type."""
    bits = BITS.get(dtype)
    return None if bits is None else (elements * bits + 7) // 8
