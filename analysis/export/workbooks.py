"""Write a table as an Excel workbook in which text is text: never a formula, a link or another number."""

import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from ..corpus.reading.formats import clean
from .spreadsheet import cut_cell

MOST_ROWS = 1_048_576  # of a sheet, the header among them
_WIDEST, _NARROWEST = 60, 8  # in characters
_LOOKED_AT = 200  # rows that tell how wide a column is
_FIRST_DAY, _LAST_DAY = np.datetime64("1900-03-01"), np.datetime64("9999-12-31")  # Excel has a 29 February 1900
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# A fixed day, so that the same table is the same bytes.
_MADE = datetime.datetime(2000, 1, 1)


def write_workbook(table: pd.DataFrame, path: Path) -> None:
    """Write the table to one sheet, named like the file, with a header that stays in sight."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(path.stem[:31])
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        columns = [_Column(table.iloc[:, place], book) for place in range(table.shape[1])]
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, cut_cell(clean(column.name)), bold)
        for first in range(0, len(table), 10_000):
            cells = [column.show(first, first + 10_000) for column in columns]
            for row, values in enumerate(zip(*cells, strict=True), first + 1):
                for place, value in enumerate(values):
                    if value is not None:
                        _write(sheet, row, place, value, columns[place].form)


def _write(sheet, row: int, place: int, value: object, form: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, datetime.datetime):
        sheet.write_datetime(row, place, value, form)
    else:
        sheet.write_number(row, place, value)


class _Column:
    """A column of a table as cells of a sheet."""

    def __init__(self, values: pd.Series, book) -> None:
        self.name, self._values, self.form = str(values.name), values, None
        self._is_date = pd.api.types.is_datetime64_any_dtype(values.dtype)
        if self._is_date:
            days = values.dropna()
            is_day = bool((days == days.dt.normalize()).all())
            self.form = book.add_format({"num_format": "yyyy-mm-dd" if is_day else "yyyy-mm-dd hh:mm:ss"})
        longest = max((len(str(cell)) for cell in values.head(_LOOKED_AT).dropna()), default=0)
        self.width = 20 if self._is_date else min(max(longest + 1, len(self.name) + 2, _NARROWEST), _WIDEST)

    def show(self, first: int, last: int) -> list:
        """Some of its cells: strings, numbers, truth values, dates; None where nothing stands."""
        values = self._values.iloc[first:last]
        if self._is_date:
            if values.dt.tz is not None:
                values = values.dt.tz_convert(None)
            fits = values.between(_FIRST_DAY, _LAST_DAY).tolist()
            shown = values.astype("str").tolist()
            days = values.array.astype("datetime64[us]")
            moments = days.to_numpy().astype("datetime64[us]").tolist()
            return [
                None if moment is None else moment if fit else text
                for moment, fit, text in zip(moments, fits, shown, strict=True)
            ]
        missing = values.isna().tolist()
        return [None if gone else _show(value) for value, gone in zip(values.tolist(), missing, strict=True)]


def _show(value: object) -> object:
    if isinstance(value, bool | int):
        return value if abs(value) < 10**15 else str(value)  # Excel keeps fifteen digits
    if isinstance(value, float):
        return value if np.isfinite(value) else str(value)
    return cut_cell(clean(str(value)))
