"""The network that is trained: MiniLM's six layers, of which the last three come twice, once for each head."""

import copy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

WIDTH, HEADS, DEEP, LAYERS, WORDS, PLACES = 384, 12, 1536, 6, 30522, 512
SHARED = 3  # layers that both heads read: with fewer the file would be larger than 30 MB


class Layer(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.out, self.norm_1 = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH), _norm()
        self.up, self.down, self.norm_2 = nn.Linear(WIDTH, DEEP), nn.Linear(DEEP, WIDTH), _norm()
        self.drop = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        rows, tokens, _ = x.shape
        q, k, v = self.qkv(x).view(rows, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        dropped = self.drop.p if self.training else 0.0
        found = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=dropped)
        x = self.norm_1(x + self.drop(self.out(found.transpose(1, 2).reshape(rows, tokens, WIDTH))))
        return self.norm_2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Network(nn.Module):
    """Logits of the classes negative, neutral, positive towards the marked target; or the valence of the text.

    Each head reads the first token's vector beside the mean of the tokens that `spots` weighs: the target's, or all.
    """

    def __init__(self, weights: Path, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.word, self.place, self.segment = (nn.Embedding(n, WIDTH) for n in (WORDS, PLACES, 2))
        self.norm, self.drop = _norm(), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.target, self.valence = nn.Linear(2 * WIDTH, 3), nn.Linear(2 * WIDTH, 1)
        self._load(load_file(weights))
        # 8,739 sentences say too little of 30,522 words: their vectors stay as they were.
        self.word.weight.requires_grad_(False)
        self.rated = None

    def begin_ratings(self) -> None:
        """Give valence the last layers as they are now, to learn from there; all else stays as it is."""
        self.requires_grad_(False)
        self.rated = copy.deepcopy(self.layers[SHARED:])
        self.rated.requires_grad_(True)
        self.valence.requires_grad_(True)

    def forward(
        self, ids: torch.Tensor, segments: torch.Tensor, mask: torch.Tensor, spots: torch.Tensor, *, rated: bool
    ) -> torch.Tensor:
        x = self.drop(self.norm(self.word(ids) + self.place.weight[: ids.shape[1]] + self.segment(segments)))
        for layer in (*self.layers[:SHARED], *(self.rated if rated else self.layers[SHARED:])):
            x = layer(x, mask[:, None, None, :])
        pair = self.drop(torch.cat([x[:, 0], (x * spots[..., None].to(x.dtype)).sum(1)], dim=1))
        return (self.valence(pair)[:, 0] if rated else self.target(pair)).float()

    @torch.no_grad()
    def _load(self, stored: dict[str, torch.Tensor]) -> None:
        first = "embeddings."
        self.word.weight.copy_(stored[f"{first}word_embeddings.weight"])
        self.place.weight.copy_(stored[f"{first}position_embeddings.weight"])
        self.segment.weight.copy_(stored[f"{first}token_type_embeddings.weight"])
        for kind in ("weight", "bias"):
            getattr(self.norm, kind).copy_(stored[f"{first}LayerNorm.{kind}"])
            for at, layer in enumerate(self.layers):
                name = f"encoder.layer.{at}."
                qkv = [stored[f"{name}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(qkv))
                getattr(layer.out, kind).copy_(stored[f"{name}attention.output.dense.{kind}"])
                getattr(layer.norm_1, kind).copy_(stored[f"{name}attention.output.LayerNorm.{kind}"])
                getattr(layer.up, kind).copy_(stored[f"{name}intermediate.dense.{kind}"])
                getattr(layer.down, kind).copy_(stored[f"{name}output.dense.{kind}"])
                getattr(layer.norm_2, kind).copy_(stored[f"{name}output.LayerNorm.{kind}"])


@torch.no_grad()
def find_peaks(network: Network, read: Callable[[Network, list], torch.Tensor], rows: list) -> dict[str, np.ndarray]:
    """How far each channel of what a layer's linear parts read reaches in some sentences, by the part's name."""
    peaks: dict[str, torch.Tensor] = {}

    def look(part: nn.Module, inputs: tuple[torch.Tensor], _) -> None:
        most = inputs[0].abs().amax(dim=(0, 1))
        peaks[names[part]] = torch.maximum(peaks.get(names[part], most), most)

    names = {part: name for name, part in network.named_modules() if isinstance(part, nn.Linear) and "." in name}
    hooks = [part.register_forward_hook(look) for part in names]
    network.eval()
    for row in rows:  # one by one: padding is nobody's
        read(network, [row])
    for hook in hooks:
        hook.remove()
    return {name: peak.numpy() for name, peak in peaks.items()}


def _norm() -> nn.LayerNorm:
    return nn.LayerNorm(WIDTH, eps=1e-12)
