"""How a network learns: batches at a rate that first rises and then falls, and the running average of its weights."""

import copy
from collections.abc import Callable
from pathlib import Path

import torch
from lessons import Batch
from torch import nn

WARMING = 0.06


def train(
    network: nn.Module,
    epochs: list[list[Batch]],
    kept: Path,
    *,
    read: Callable[[nn.Module, list], torch.Tensor],
    misfit: Callable[..., torch.Tensor],
    rate: float,
    slowness: float,
    judge: Callable[[nn.Module], float] | None = None,
) -> dict[str, torch.Tensor]:
    """The running average of the weights after the epoch that `judge` likes best, without one after the last.

    `read` gives the network a batch's rows, `misfit` compares what it says of them with their answers. Begins where a
    killed run ended: `kept` holds all that is needed for it, as of the last epoch.
    """
    steps = sum(len(epoch) for epoch in epochs)
    warm = max(int(WARMING * steps), 1)
    learnt = [one for one in network.parameters() if one.requires_grad]
    groups = [
        {"params": [one for one in learnt if one.ndim > 1], "weight_decay": 0.01},
        {"params": [one for one in learnt if one.ndim == 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=rate, fused=True)
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda at: min((at + 1) / warm, max(0.02, (steps - at) / (steps - warm)))
    )
    average = copy.deepcopy(network).eval()
    state = {"epoch": 0, "step": 0, "best": -1.0, "weights": None}
    if kept.exists():
        stored = torch.load(kept)
        network.load_state_dict(stored["network"])
        average.load_state_dict(stored["average"])
        optimiser.load_state_dict(stored["optimiser"])
        scheduler.load_state_dict(stored["scheduler"])
        torch.set_rng_state(stored["random"])
        state = stored["state"]
    for number in range(state["epoch"], len(epochs)):
        network.train()
        for batch in epochs[number]:
            with torch.autocast("cpu", torch.bfloat16):
                found = read(network, batch.rows)
            loss = misfit(found, *batch.answers)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimiser.step()
            scheduler.step()
            state["step"] += 1
            with torch.no_grad():
                share = 1 - min(slowness, (state["step"] + 1) / (state["step"] + 10))
                for mean, new in zip(average.parameters(), network.parameters(), strict=True):
                    if new.requires_grad:
                        mean.lerp_(new, share)
        worth = judge(average) if judge else number
        print(f"{kept.stem}: epoch {number + 1} of {len(epochs)}{f', {worth:.4f}' if judge else ''}", flush=True)
        if worth > state["best"]:
            state |= {"best": worth, "weights": copy.deepcopy(average.state_dict())}
        state["epoch"] = number + 1
        stored = {"network": network.state_dict(), "average": average.state_dict(), "state": state}
        stored |= {"optimiser": optimiser.state_dict(), "scheduler": scheduler.state_dict()}
        half = kept.with_suffix(".half")
        torch.save(stored | {"random": torch.get_rng_state()}, half)
        half.replace(kept)
    return state["weights"]


def keep(weights: dict[str, torch.Tensor], out: Path, kept: Path) -> None:
    """What was learnt as a whole file, which a killed run cannot leave half-written; its checkpoint is done with."""
    half = out.with_suffix(".half")
    torch.save(weights, half)
    half.replace(out)
    kept.unlink()


def average(files: list[Path]) -> dict[str, torch.Tensor]:
    """The mean of weights that were learnt from the same first weights."""
    states = [torch.load(file) for file in files]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}
