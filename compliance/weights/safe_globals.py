"""Names that a pickle of weights may import without running anybody's code: the short list.

PyTorch's own (`torch._weights_only_unpickler`) and NumPy's constructors of arrays. Everything else is reported,
harmless or not: who loads the file should know what it asks for.
"""

_ELSEWHERE = {"__builtin__": "builtins", "copy_reg": "copyreg", "numpy._core.multiarray": "numpy.core.multiarray"}
"""Modules that loaders take for others."""

STORAGES = {
    "FloatStorage": "F32", "DoubleStorage": "F64", "HalfStorage": "F16", "BFloat16Storage": "BF16",
    "LongStorage": "I64", "IntStorage": "I32", "ShortStorage": "I16", "CharStorage": "I8", "ByteStorage": "U8",
    "BoolStorage": "BOOL", "ComplexFloatStorage": "C64", "ComplexDoubleStorage": "C128", "UntypedStorage": "U8",
    "QInt8Storage": "I8", "QUInt8Storage": "U8", "QInt32Storage": "I32", "QUInt4x2Storage": "U8",
    "QUInt2x4Storage": "U8",
}  # fmt: skip
"""PyTorch's storage classes and the type of their elements."""

_DTYPES = """
    float16 bfloat16 float32 float64 half float double int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool
    complex32 complex64 complex128 float8_e4m3fn float8_e5m2 float8_e4m3fnuz float8_e5m2fnuz float8_e8m0fnu
    float4_e2m1fn_x2 quint8 qint8 qint32 quint4x2 quint2x4 int1 int2 int3 int4 int5 int6 int7
    uint1 uint2 uint3 uint4 uint5 uint6 uint7
"""
_TENSORS = """
    Tensor FloatTensor DoubleTensor HalfTensor BFloat16Tensor LongTensor IntTensor ShortTensor CharTensor
    ByteTensor BoolTensor
"""
_QSCHEMES = """
    per_tensor_affine per_tensor_symmetric per_channel_affine per_channel_symmetric
    per_channel_affine_float_qparams
"""
_REBUILDS = """
    _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor _rebuild_tensor _rebuild_tensor_v2
    _rebuild_tensor_v3 _rebuild_sparse_tensor _rebuild_meta_tensor_no_storage _rebuild_wrapper_subclass
    _rebuild_device_tensor_from_numpy _rebuild_device_tensor_from_cpu_tensor
"""
_OTHERS = """
    collections.OrderedDict collections.Counter torch.nn.parameter.Parameter torch.serialization._get_layout
    torch.Size torch.device torch._tensor._rebuild_from_type_v2 _codecs.encode
    builtins.bytearray builtins.set builtins.frozenset builtins.complex
    torch.storage.UntypedStorage torch.storage.TypedStorage
    numpy.ndarray numpy.dtype numpy.core.multiarray._reconstruct numpy.core.multiarray.scalar
    torch.jit._pickle.build_intlist torch.jit._pickle.build_doublelist torch.jit._pickle.build_boollist
    torch.jit._pickle.build_tensorlist torch.jit._pickle.build_tensor_from_id torch.jit._pickle.restore_type_tag
"""

_SAFE = frozenset(
    [
        *_OTHERS.split(),
        *(f"torch._utils.{name}" for name in _REBUILDS.split()),
        *(f"torch.{name}" for name in (*_DTYPES.split(), *_TENSORS.split(), *_QSCHEMES.split(), *STORAGES)),
    ]
)


def full_name(module: str, name: str) -> str:
    """`module.name` as today's Python would import it."""
    return f"{_ELSEWHERE.get(module, module)}.{name}"


def is_safe(full: str) -> bool:
    """Whether the name is on the list."""
    return full in _SAFE
