"""How much of a file of weights is read at most: a header is text from a stranger that says its own length."""

MAX_HEADER = 64 << 20
"""Bytes of one header. The longest honest ones are GGUF's, whose tokenizers take up to 20 MiB; safetensors headers
of 100,000 tensors take 12 MiB."""

MAX_TENSORS = 250_000
"""Tensors described in one file. The largest published models have some 150,000 in all their files together."""

MAX_METADATA = 10_000
"""Metadata entries kept of one file; GGUF files have about fifty."""

LONGEST_NAME = 1_024
"""Characters of a tensor's or key's name. GGUF allows 64 and 65,535; names of modules are far below either."""

LONGEST_VALUE = 4_096
"""Characters kept of a metadata value: enough for a license's notice, not for a training log."""

MAX_DIMENSIONS = 64
"""Of one tensor; NumPy allows as many, PyTorch's and GGUF's own formats fewer."""

MAX_COUNT = (1 << 63) - 1
"""Elements or bytes: what every format's own reader can address."""

MAX_DEPTH = 32
"""Levels of nesting in a pickle's, msgpack's or ONNX's values that are followed; real ones have about five."""

MAX_FAULTS = 50
"""Faults kept of one file: a header with one lie may hold a thousand."""
