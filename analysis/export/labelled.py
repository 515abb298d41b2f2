"""Write a table for SPSS or Stata, with the codebook's words as labels of its variables."""

import datetime
import re
from pathlib import Path

import numpy as np
import pandas as pd

from ..corpus.reading.formats import clean
from ..display import drop_controls
from .codebook import list_columns, name_variables

LONGEST_STRING = 32_767  # bytes, in SPSS
# Bytes: a longer string of Stata is of the type strL, by which no tables are merged, so that no key is of it.
_LONGEST_SHORT, _LONGEST_KEY = 2_045, 244
_SPSS_LABEL, _STATA_LABEL = 120, 80  # characters, as many as 256 bytes hold in any case, and as Stata takes
_LARGEST = 2_147_483_620  # whole number of Stata; those above it say why a value is missing
_TRUTH = {0: "no", 1: "yes"}
# A fixed day, so that the same table is the same bytes.
_MADE = datetime.datetime(2000, 1, 1)
_SPSS_MADE_AT, _SPSS_MADE = 92, b"01 Jan 0000:00:00"  # where the header of a file says when it was written


def write_sav(table: pd.DataFrame, path: Path) -> None:
    """Write the table for SPSS; a text that is too long for it is cut and says so."""
    import pyreadstat

    made, labels, truths = _prepare(table, path.stem)
    for name in made.select_dtypes("object"):
        made[name] = made[name].map(_cut)
    pyreadstat.write_sav(
        made,
        path,
        column_labels={name: _shorten(label, _SPSS_LABEL) for name, label in labels.items()},
        variable_value_labels=dict.fromkeys(truths, _TRUTH),
        row_compress=True,
    )
    with open(path, "r+b") as file:
        file.seek(_SPSS_MADE_AT)
        file.write(_SPSS_MADE)


def write_dta(table: pd.DataFrame, path: Path) -> None:
    """Write the table for Stata 14 and later."""
    made, labels, truths = _prepare(table, path.stem)
    texts = made.select_dtypes("object")
    long = [name for name in texts if _is_long(texts[name])]
    dates = made.select_dtypes("datetime")
    made.to_stata(
        path,
        write_index=False,
        version=118,
        time_stamp=_MADE,
        convert_dates=dict.fromkeys(dates, "tc"),
        convert_strl=long,
        variable_labels={name: _shorten(label, _STATA_LABEL) for name, label in labels.items()},
        value_labels=dict.fromkeys(truths, _TRUTH),
    )


def _is_long(texts: pd.Series) -> bool:
    """Whether a column is better held as strL, text by text, than with the longest one's room for each."""
    sizes = texts.map(lambda text: len(text.encode())).to_numpy(dtype=np.int64)
    longest = sizes.max(initial=0)
    return bool(longest > _LONGEST_SHORT or (longest > _LONGEST_KEY and longest * len(sizes) > 2 * sizes.sum()))


def _prepare(table: pd.DataFrame, name: str) -> tuple[pd.DataFrame, dict[str, str], list[str]]:
    """The table in the few types that both programs know, the labels of its variables, and which of them are truths."""
    names, meanings = name_variables(map(str, table.columns)), list_columns(name)
    made, truths = {}, []
    for place, column in enumerate(map(str, table.columns)):
        values = table.iloc[:, place]
        dtype, variable = values.dtype, names[column]
        if pd.api.types.is_bool_dtype(dtype):
            made[variable] = values.astype("float64" if values.isna().any() else "int8").array
            truths.append(variable)
        elif pd.api.types.is_datetime64_any_dtype(dtype):
            made[variable] = _to_utc(values)
        elif pd.api.types.is_integer_dtype(dtype) and not values.isna().any():
            is_large = len(values) and values.abs().max() > _LARGEST
            made[variable] = values.to_numpy(dtype="float64" if is_large else "int32")
        elif pd.api.types.is_numeric_dtype(dtype):
            numbers = values.to_numpy(dtype="float64", na_value=np.nan)
            made[variable] = np.where(np.isfinite(numbers), numbers, np.nan)
        else:
            texts = values.astype(object).where(values.notna(), "")
            made[variable] = [drop_controls(clean(str(text))) for text in texts]
    made = pd.DataFrame(
        {name: pd.Series(values, dtype=object if isinstance(values, list) else None) for name, values in made.items()}
    )
    labels = {names[column]: f"{column}: {meanings[column]}" for column in names if column in meanings}
    return made, labels, truths


def _to_utc(values: pd.Series) -> np.ndarray:
    return (values if values.dt.tz is None else values.dt.tz_convert(None)).to_numpy(dtype="datetime64[us]")


def _cut(text: str) -> str:
    data = text.encode()
    if len(data) <= LONGEST_STRING:
        return text
    note = f" … [cut; {len(text):,} characters in the Parquet file]"
    return data[: LONGEST_STRING - len(note.encode())].decode(errors="ignore") + note


def _shorten(label: str, longest: int) -> str:
    label = re.sub(r"[`*]", "", label)
    return label if len(label) <= longest else label[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
