"""From a library of architectures to `data/structures.json`. Needs PyTorch and transformers; nothing else does."""
