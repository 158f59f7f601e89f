"""A small language model over bytes, with the kinds of tensors that large ones have. Needs PyTorch.

Attention with learned positions, a gated feed-forward part, a depthwise convolution, and a mixer of decaying
averages whose rates start by a formula, as those of state-space models do (`A_log`, Gu et al., S4D, 2022).
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

VOCABULARY, WIDTH, LENGTH, LAYERS, HEADS, STATES, TAPS = 256, 256, 64, 2, 4, 32, 8


class Mixer(nn.Module):
    """Averages over the past that decay at several learned rates for each channel."""

    def __init__(self) -> None:
        super().__init__()
        self.A_log = nn.Parameter(torch.log(torch.arange(1.0, STATES + 1)).repeat(WIDTH, 1))
        self.readout = nn.Parameter(torch.randn(WIDTH, STATES) / STATES)
        self.conv = nn.Conv1d(WIDTH, WIDTH, TAPS, groups=WIDTH, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Both convolutions as one product of spectra, which is much faster than depthwise ones here."""
        length = x.shape[1]
        time = torch.arange(length, dtype=x.dtype)
        decay = (self.readout[..., None] * torch.exp(-torch.exp(self.A_log)[..., None] * 0.1 * time)).sum(1)
        taps = functional.pad(self.conv.weight[:, 0], (0, length - TAPS))
        spectra = (torch.fft.rfft(one, 3 * length) for one in (x.transpose(1, 2), decay, taps))
        return torch.fft.irfft(math.prod(spectra), 3 * length)[..., :length].transpose(1, 2)


class Block(nn.Module):
    """One layer."""

    def __init__(self) -> None:
        super().__init__()
        self.norm_1, self.norm_2, self.norm_3 = (nn.LayerNorm(WIDTH) for _ in range(3))
        self.mixer = Mixer()
        self.q_proj, self.k_proj, self.v_proj, self.o_proj = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.gate_proj, self.up_proj = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(WIDTH, 2 * WIDTH)
        self.down_proj = nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.mixer(self.norm_1(x))
        y = self.norm_2(x)
        heads = [
            one(y).unflatten(-1, (HEADS, -1)).transpose(1, 2) for one in (self.q_proj, self.k_proj, self.v_proj)
        ]
        mixed = functional.scaled_dot_product_attention(*heads, is_causal=True)
        x = x + self.o_proj(mixed.transpose(1, 2).flatten(-2))
        y = self.norm_3(x)
        return x + self.down_proj(functional.silu(self.gate_proj(y)) * self.up_proj(y))


class Network(nn.Module):
    """Next-byte prediction."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(LENGTH, WIDTH)
        self.layers = nn.ModuleList(Block() for _ in range(layers))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, VOCABULARY, bias=False)
        for embedding in (self.embed_tokens, self.positions):
            nn.init.normal_(embedding.weight, std=0.1)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.embed_tokens(tokens) + self.positions(torch.arange(tokens.shape[1]))
        for layer in self.layers:
            x = layer(x)
        logits: Tensor = self.head(self.norm(x))
        return logits
