"""Number the runs of one to three words, and spell them again."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# A packed key of an n-gram and its article must fit into a signed 64-bit integer.
_LARGEST_KEY = 2**62


def pack(codes: np.ndarray, length: int, *, words: int, documents: int) -> tuple[np.ndarray, list[np.ndarray | None]]:
    """One number for each run of `length` words, in their order; renumbered where it would outgrow 64 bits."""
    packed, size, known = codes, words, []
    for step in range(1, length):
        packed = packed[:-1] * words + codes[step:]
        size, seen = size * words, None
        if size * max(words, documents) > _LARGEST_KEY:
            seen, packed = np.unique(packed, return_inverse=True)
            size = len(seen)
        known.append(seen)
    return packed, known


def unpack(packed: np.ndarray, known: list[np.ndarray | None], *, words: int) -> list[np.ndarray]:
    """The words of each packed number, one array for each place."""
    places = []
    for seen in reversed(known):
        packed, place = np.divmod(packed if seen is None else seen[packed], words)
        places.append(place)
    return [packed, *reversed(places)]


def spell(vocabulary: pa.Array, places: list[np.ndarray]) -> pa.Array:
    words = [vocabulary.take(pa.array(place)) for place in places]
    return pc.binary_join_element_wise(*words, pa.scalar(" ", pa.large_string())) if len(words) > 1 else words[0]


def make_strings(texts: pa.Array) -> pd.api.extensions.ExtensionArray:
    return pd.StringDtype(na_value=np.nan).__from_arrow__(texts)
