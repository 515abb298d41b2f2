"""Write a trained network as the ONNX file that is shipped: weights of 8 bits, one sentence a run.

The graph is written node by node: it is small, and no exporter's version decides what it looks like.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from analysis.compare.tone.encoder import LONGEST

# Many processors add the products of two neighbours in 16 bits, 255 times the sum of two weights of one sign. So that
# none overflows there and all processors add the same, two neighbours come to 128 at most, with 1 for rounding.
TOP = 127
# How much of the unevenness of what a layer reads its weights take over. Some channels reach a hundred times as far as
# others, which 8 bits would then hardly tell from 0. Source: Xiao et al. (2023), SmoothQuant, ICML.
EVENNESS = 0.7
HEADS, HEAD = 12, 32
LAYERS, SHARED = 6, 3  # as in network.py, which needs torch


class Graph:
    """Nodes and constants of a graph, each under a name of its own; or of a branch of one, under its prefix."""

    def __init__(self, prefix: str = "") -> None:
        self.nodes, self.constants, self.prefix = [], {}, prefix

    def constant(self, name: str, values: np.ndarray) -> str:
        name = f"{self.prefix}{name}"
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def add(self, kind: str, *inputs: str, outputs: int = 1, name: str | None = None, **options):
        names = [name] if name else [f"{self.prefix}{kind}_{len(self.nodes)}_{at}" for at in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **options))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray, peak: np.ndarray, name: str) -> str:
        """x · weightᵀ + bias, with weights scaled by column and x by the sentence as it comes.

        `peak` is how far each channel of x reaches; before rounding, all are brought nearer to each other.
        """
        reach = [np.maximum(values, 1e-6) for values in (peak, np.abs(weight).max(axis=0))]
        even = (reach[0] ** EVENNESS / reach[1] ** (1 - EVENNESS)).astype(np.float32)
        x, weight = self.add("Mul", x, self.constant(f"{name}.even", 1 / even)), (weight * even).T
        pairs = np.stack([np.maximum(sign * weight, 0) for sign in (1, -1)]).reshape(2, -1, 2, weight.shape[1])
        scale = np.maximum(pairs.sum(axis=2).max(axis=(0, 1)), 1e-9) / TOP
        whole = np.rint(weight / scale).astype(np.int8)
        rounded, step, zero = self.add("DynamicQuantizeLinear", x, outputs=3)
        none = self.constant(f"{name}.zero", np.zeros(whole.shape[1], np.int8))
        sums = self.add("MatMulInteger", rounded, self.constant(f"{name}.weight", whole), zero, none)
        scales = self.add("Mul", step, self.constant(f"{name}.scale", scale.astype(np.float32)))
        product = self.add("Mul", self.add("Cast", sums, to=TensorProto.FLOAT), scales)
        return self.add("Add", product, self.constant(f"{name}.bias", bias))

    def norm(self, x: str, weights: dict[str, np.ndarray], name: str) -> str:
        parts = (self.constant(f"{name}.{kind}", weights[f"{name}.{kind}"]) for kind in ("weight", "bias"))
        return self.add("LayerNormalization", x, *parts, axis=-1, epsilon=1e-12)


def write_onnx(
    weights: dict[str, np.ndarray], peaks: dict[str, np.ndarray], path: Path, *, temperature: float, rating: float
) -> None:
    """`weights` as numpy arrays by their names in `Network`; logits over `temperature`, ratings over `rating`.

    `peaks` are those of `find_peaks`.
    """
    weights = weights | {f"{name}.peak": peak for name, peak in peaks.items()}
    graph = Graph()
    for name, values in (("first", [0]), ("second", [1]), ("third", [2])):
        graph.constant(name, np.array(values, np.int64))
    graph.constant("split", np.array([-1, 3, HEADS, HEAD], np.int64))
    graph.constant("joined", np.array([-1, HEADS * HEAD], np.int64))
    # Split between the two factors, as torch does.
    graph.constant("root", np.array(HEAD**-0.25, np.float32))
    shared = _embed(graph, weights)
    for at in range(SHARED):
        shared = _add_layer(graph, shared, weights, f"layers.{at}.")
    rated = [f"rated.{at}." for at in range(LAYERS - SHARED)]
    others = [f"layers.{at}." for at in range(SHARED, LAYERS)]
    # onnxruntime runs every node of a graph, whichever outputs are asked for; of an If only the branch that is taken.
    branches = {
        "then_branch": _branch(shared, weights, "valence", rated, by=rating),
        "else_branch": _branch(shared, weights, "target", others, by=temperature),
    }
    graph.add("If", "rated", name="found", **branches)
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"]),
        helper.make_tensor_value_info("segments", TensorProto.INT64, ["tokens"]),
        helper.make_tensor_value_info("spots", TensorProto.FLOAT, [1, "tokens"]),
        helper.make_tensor_value_info("rated", TensorProto.BOOL, []),
    ]
    outputs = [helper.make_tensor_value_info("found", TensorProto.FLOAT, [1, "values"])]
    made = helper.make_graph(graph.nodes, "tone", inputs, outputs, list(graph.constants.values()))
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _branch(x: str, weights: dict[str, np.ndarray], head: str, layers: list[str], *, by: float) -> onnx.GraphProto:
    """A head's own layers, and what it says of `x`, the shared ones' output, divided `by`."""
    graph = Graph(f"{head}/")
    for name in layers[:-1]:
        x = _add_layer(graph, x, weights, name)
    # The head reads the first token and those with a weight: no other has to pass through the whole last layer.
    weighty = graph.add("Slice", graph.add("NonZero", "spots"), "second", "third", "first")
    weighty = graph.add("Reshape", weighty, graph.constant("flat", np.array([-1], np.int64)))
    x = _add_layer(graph, x, weights, layers[-1], only=graph.add("Concat", "first", weighty, axis=0))
    start, others = graph.add(
        "Split", x, graph.add("Concat", "second", graph.add("Shape", weighty), axis=0), outputs=2, axis=0
    )
    pair = graph.add("MatMul", graph.add("Gather", "spots", weighty, axis=1), others)
    pair = graph.add("Concat", start, pair, axis=1)
    parts = [graph.constant(kind, weights[f"{head}.{kind}"] / by) for kind in ("weight", "bias")]
    last = graph.add("Gemm", pair, *parts, transB=1)
    output = helper.make_tensor_value_info(last, TensorProto.FLOAT, [1, len(weights[f"{head}.bias"])])
    return helper.make_graph(graph.nodes, head, [], [output], list(graph.constants.values()))


def _embed(graph: Graph, weights: dict[str, np.ndarray]) -> str:
    words = weights["word.weight"]
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-9) / 127
    graph.constant("word", np.rint(words / scale).astype(np.int8))
    graph.constant("word.scale", scale.astype(np.float32))
    word = graph.add("Cast", graph.add("Gather", "word", "ids"), to=TensorProto.FLOAT)
    word = graph.add("Mul", word, graph.add("Gather", "word.scale", "ids"))
    places = graph.constant("place", weights["place.weight"][:LONGEST])
    place = graph.add("Slice", places, "first", graph.add("Shape", "ids"), "first")
    segment = graph.add("Gather", graph.constant("segment", weights["segment.weight"]), "segments")
    return graph.norm(graph.add("Add", graph.add("Add", word, place), segment), weights, "norm")


def _add_layer(graph: Graph, x: str, weights: dict[str, np.ndarray], name: str, *, only: str | None = None) -> str:
    """What a layer makes of the tokens `x`; or of those at the places `only`, which still read all of them."""

    def linear(x: str, part: str) -> str:
        weight, bias, peak = (weights[f"{name}{part}.{kind}"] for kind in ("weight", "bias", "peak"))
        return graph.linear(x, weight, bias, peak, f"{name}{part}")

    heads = graph.add("Transpose", graph.add("Reshape", linear(x, "qkv"), "split"), perm=[1, 2, 0, 3])
    q, k, v = graph.add("Split", heads, outputs=3, axis=0, num_outputs=3)
    k = graph.add("Transpose", graph.add("Mul", k, "root"), perm=[0, 1, 3, 2])
    shares = graph.add("Softmax", graph.add("MatMul", graph.add("Mul", q, "root"), k), axis=-1)
    found = graph.add("Squeeze", graph.add("MatMul", shares, v), "first")
    found = graph.add("Reshape", graph.add("Transpose", found, perm=[1, 0, 2]), "joined")
    if only:
        x, found = (graph.add("Gather", some, only, axis=0) for some in (x, found))
    x = graph.norm(graph.add("Add", x, linear(found, "out")), weights, f"{name}norm_1")
    deep = graph.add("Gelu", linear(x, "up"))
    return graph.norm(graph.add("Add", x, linear(deep, "down")), weights, f"{name}norm_2")
