"""A decoder-only language model in plain PyTorch, written from the papers for this project's tests.

RMSNorm (Zhang and Sennrich 2019), rotary embedding (Su et al. 2021), SwiGLU (Shazeer 2020), grouped-query
attention (Ainslie et al. 2023). It owes nothing to any other implementation, and must not be reported as if it
did. It is never imported: the tests read it as text.
"""
# mypy: ignore-errors

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    """Sizes of the network."""

    vocabulary: int = 32_000
    width: int = 1_024
    depth: int = 12
    queries: int = 16
    groups: int = 4
    expansion: float = 8 / 3
    longest: int = 4_096
    wavelength: float = 1e4

    @property
    def head(self) -> int:
        """Channels of one query head."""
        assert self.width % self.queries == 0, "heads must share the width evenly"
        return self.width // self.queries

    @property
    def inner(self) -> int:
        """Width inside the gated unit, a multiple of 64."""
        return 64 * math.ceil(self.width * self.expansion / 64)


class Scale(nn.Module):
    """Divides each vector by its root mean square and stretches every channel by a learned gain."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.ones(channels))

    def forward(self, signal: Tensor) -> Tensor:
        power = torch.einsum("...c,...c->...", signal, signal) / signal.size(-1)
        return signal / torch.sqrt(power + 1e-6).unsqueeze(-1) * self.gain


class Spinner(nn.Module):
    """Turns pairs of channels by an angle that grows with the position: complex numbers of modulus one."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        octave = torch.linspace(0, 1, shape.head // 2 + 1)[:-1]
        speed = torch.exp(-octave * math.log(shape.wavelength))
        angle = torch.outer(torch.arange(shape.longest, dtype=torch.float64), speed.double())
        self.register_buffer(
            "phase", torch.polar(torch.ones_like(angle), angle).to(torch.complex64), persistent=False
        )

    def forward(self, vectors: Tensor, start: int) -> Tensor:
        """`vectors`: batch, time, heads, channels."""
        moments = vectors.size(1)
        pairs = torch.view_as_complex(vectors.float().unflatten(-1, (-1, 2)))
        turned = pairs * self.phase[start : start + moments, None, :]
        return torch.view_as_real(turned).flatten(-2).type_as(vectors)


class Memory:
    """What earlier calls have seen: one growing pair of tensors for each block."""

    def __init__(self, depth: int) -> None:
        self.pairs: list[tuple[Tensor, Tensor] | None] = [None] * depth

    def __len__(self) -> int:
        first = self.pairs[0]
        return 0 if first is None else first[0].size(1)

    def remember(self, floor: int, keys: Tensor, contents: Tensor) -> tuple[Tensor, Tensor]:
        known = self.pairs[floor]
        if known is not None:
            keys, contents = (torch.cat(both, dim=1) for both in zip(known, (keys, contents), strict=True))
        self.pairs[floor] = keys, contents
        return keys, contents


class Glance(nn.Module):
    """Attention in which several query heads look through one key head."""

    def __init__(self, shape: Shape, floor: int) -> None:
        super().__init__()
        self.shape, self.floor = shape, floor
        self.ask = nn.Linear(shape.width, shape.queries * shape.head, bias=False)
        self.offer = nn.Linear(shape.width, 2 * shape.groups * shape.head, bias=False)
        self.blend = nn.Linear(shape.queries * shape.head, shape.width, bias=False)

    def forward(self, stream: Tensor, spin: Spinner, memory: Memory | None, start: int) -> Tensor:
        shape = self.shape
        asked = spin(self.ask(stream).unflatten(-1, (shape.queries, shape.head)), start)
        offered = self.offer(stream).unflatten(-1, (2, shape.groups, shape.head))
        keys, contents = spin(offered[:, :, 0], start), offered[:, :, 1]
        if memory is not None:
            keys, contents = memory.remember(self.floor, keys, contents)
        asked = asked.unflatten(2, (shape.groups, -1))
        affinity = torch.einsum("btgqc,bsgc->bgqts", asked, keys) * shape.head**-0.5
        here = torch.arange(start, start + stream.size(1), device=stream.device)
        there = torch.arange(keys.size(1), device=stream.device)
        affinity = affinity.masked_fill(there[None, :] > here[:, None], float("-inf"))
        seen = torch.einsum("bgqts,bsgc->btgqc", affinity.softmax(-1), contents)
        return self.blend(seen.flatten(2))


class Valve(nn.Module):
    """A gated unit: one half of the channels opens or closes the other."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.rise = nn.Linear(shape.width, 2 * shape.inner, bias=False)
        self.fall = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, stream: Tensor) -> Tensor:
        load, door = self.rise(stream).tensor_split(2, dim=-1)
        return self.fall(load * door * torch.sigmoid(door))


class Floor(nn.Module):
    """Attention and gate, each added to the stream that passes by."""

    def __init__(self, shape: Shape, number: int) -> None:
        super().__init__()
        self.calm, self.glance = Scale(shape.width), Glance(shape, number)
        self.still, self.valve = Scale(shape.width), Valve(shape)

    def forward(self, stream: Tensor, spin: Spinner, memory: Memory | None, start: int) -> Tensor:
        stream = stream + self.glance(self.calm(stream), spin, memory, start)
        return stream + self.valve(self.still(stream))


class Storyteller(nn.Module):
    """The whole network: words in, odds of the next word out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.lexicon = nn.Embedding(shape.vocabulary, shape.width)
        self.spin = Spinner(shape)
        self.floors = nn.ModuleList(Floor(shape, number) for number in range(shape.depth))
        self.finish = Scale(shape.width)
        nn.init.trunc_normal_(self.lexicon.weight, std=shape.width**-0.5)

    def forward(self, words: Tensor, memory: Memory | None = None) -> Tensor:
        start = 0 if memory is None else len(memory)
        stream = self.lexicon(words)
        for floor in self.floors:
            stream = floor(stream, self.spin, memory, start)
        return self.finish(stream) @ self.lexicon.weight.T

    def surprise(self, words: Tensor) -> Tensor:
        """Mean negative log-likelihood of each word after the first, in nats."""
        odds = self(words[:, :-1]).log_softmax(-1)
        return -odds.gather(-1, words[:, 1:, None]).mean()

    @torch.inference_mode()
    def tell(self, opening: Tensor, length: int, heat: float = 0.8) -> Tensor:
        """Goes on from `opening`, one word a time; at heat 0 the likeliest."""
        memory, story, fresh = Memory(self.shape.depth), opening, opening
        for _ in range(length):
            last = self(fresh, memory)[:, -1]
            if heat:
                noise = -torch.empty_like(last).exponential_().log()
                last = last / heat + noise  # the Gumbel trick draws from the softmax
            fresh = last.argmax(-1, keepdim=True)
            story = torch.hstack((story, fresh))
        return story


def main() -> None:
    """A few steps on noise, to see the loss move."""
    torch.manual_seed(7)
    teller = Storyteller(Shape(vocabulary=97, width=64, depth=2, queries=4, groups=2, longest=64))
    pilot = torch.optim.AdamW(teller.parameters(), lr=3e-3)
    batch = torch.randint(97, (8, 33))
    for step in range(20):
        loss = teller.surprise(batch)
        pilot.zero_grad()
        loss.backward()
        pilot.step()
        if step % 5 == 0:
            print(f"{step:3d}  {loss.item():.3f}")
    print(teller.tell(batch[:1, :5], 10).tolist())


if __name__ == "__main__":
    main()
