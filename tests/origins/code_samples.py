"""Code in every language, written for these tests: what it holds is known line by line."""

PYTHON = b'''\
"""Rotary positions for a small decoder."""

import math
from typing import Any

import torch
from torch import nn

THETA: float = 10_000.0


def rotate(x: torch.Tensor) -> torch.Tensor:
    """Turn one half against the other."""
    left, right = x[..., : x.shape[-1] // 2], x[..., x.shape[-1] // 2 :]
    return torch.cat((-right, left), dim=-1)


class Attention(nn.Module):
    """Attention over grouped heads."""

    scale: float = 0.5  # kept for old checkpoints

    def __init__(self, width: int, heads: int, groups: int = 4) -> None:
        super().__init__()
        self.heads, self.groups = heads, groups
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width // groups, bias=False)
        self.value = nn.Linear(width, width // groups, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    @torch.no_grad()
    @staticmethod
    def mask(length: int, device: Any) -> torch.Tensor:
        full = torch.full((length, length), float("-inf"), device=device)
        return torch.triu(full, diagonal=1)

    def forward(self, states, cos, sin):
        def heads_of(layer, count):
            batch, length, _ = states.shape
            return layer(states).view(batch, length, count, -1).transpose(1, 2)

        query = heads_of(self.query, self.heads)
        key = heads_of(self.key, self.heads // self.groups)
        value = heads_of(self.value, self.heads // self.groups)
        query, key = query * cos + rotate(query) * sin, key * cos + rotate(key) * sin
        key = key.repeat_interleave(self.groups, dim=1)
        value = value.repeat_interleave(self.groups, dim=1)
        weights = torch.matmul(query, key.transpose(2, 3)) / math.sqrt(key.shape[-1])
        weights = torch.softmax(weights + self.mask(states.shape[1], states.device), dim=-1)
        mixed = torch.matmul(weights, value).transpose(1, 2).reshape(states.shape)
        return self.out(mixed)


async def serve(port=8000, *, host="localhost"):
    print("serving", host, port)
'''

CUDA = b"""\
#include <cuda_runtime.h>
#define BLOCK 256  // threads

namespace kernels {
namespace {

/* Root of the mean of squares. */
template <typename T, int N = 4>
__global__ void __launch_bounds__(BLOCK) scale_rows(T* __restrict__ out, const T* x, float eps, int width) {
  __shared__ float total;
  for (int i = threadIdx.x; i < width; i += blockDim.x) {
    float v = static_cast<float>(x[blockIdx.x * width + i]);
    atomicAdd(&total, v * v);
  }
  __syncthreads();
  out[blockIdx.x * width + threadIdx.x] = rsqrtf(total / width + eps);
}

}  // namespace

class Launcher {
 public:
  explicit Launcher(int width) : width_(width), eps_(1e-6f) { check("width {", width); }
  void run(float* out, const float* x, int rows) const { scale_rows<float><<<rows, BLOCK>>>(out, x, eps_, 1); }

 private:
  int width_;
  float eps_;
};
}  // namespace kernels
"""

JAVASCRIPT = b"""\
import { tokens } from "./tokens.js";

// Keeps what fits.
export const fitted = (words, room) => {
  const kept = words.filter((word) => word.length < room);
  return kept.map((word) => `${word}:${room}`).join(" ");
};

const later = async (request) => {
  return await fetch(request.url, { method: "POST", body: JSON.stringify(request.body) });
};

class Queue extends Base {
  push(entry) {
    this.entries.push(entry);
    if (this.entries.length > 10) { this.flush(); }
  }
}

export default function main(argv) {
  return later({ url: argv[2], body: fitted(argv.slice(3), 8) });
}
"""

TYPESCRIPT = b"""\
export interface Route { path: string; weight: number }

export function choose(routes: Route[], seed: number): Route | undefined {
  const total = routes.reduce((sum, one) => sum + one.weight, 0);
  return routes.find((one) => one.weight / total > seed);
}
"""

RUST = b"""\
use std::collections::HashMap;

/// Counts words.
pub struct Counter<'a> { seen: HashMap<&'a str, usize> }

impl<'a> Counter<'a> {
    #[inline]
    pub fn add<T: AsRef<str>>(&mut self, word: &'a T) -> usize {
        let count = self.seen.entry(word.as_ref()).or_insert(0);
        *count += 1;
        *count
    }
}

mod inner {
    pub fn quoted() -> &'static str { r#"a " brace } inside"# }
}
"""

GO = b"""\
package serve

import "net/http"

// Server answers.
type Server struct { limit int }

func (s *Server) Handle(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength > int64(s.limit) {
		http.Error(w, `too } long`, 413)
		return
	}
	w.Write([]byte("ok"))
}

func limitOf[T any](values []T) (int, error) { return len(values), nil }
"""

SHELL = b"""\
#!/bin/bash
# Starts the workers.
set -euo pipefail
count=${#workers[@]}  # how many
for port in $(seq 8000 8003); do
  echo "starting $port" 'as # root'
done
"""
