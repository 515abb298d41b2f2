"""Read the tables of SPSS and Stata, with the words of their labels in the place of numbers."""

import io

from ....tables import InputError
from ..formats import Choose, Records


def read_sav(name: str, data: bytes, choose: Choose, log) -> Records:
    return _read(name, data, choose, "SPSS", "read_sav")


def read_dta(name: str, data: bytes, choose: Choose, log) -> Records:
    return _read(name, data, choose, "Stata", "read_dta")


def _read(name: str, data: bytes, choose: Choose, program: str, verb: str) -> Records:
    try:
        import pyreadstat
    except ImportError:
        sentence = f"'{name}' is a table of {program}, and reading it needs pip install 'parallax-news[formats]'"
        raise InputError(f"{sentence}; expected that, or its table as csv") from None
    try:
        table, _ = getattr(pyreadstat, verb)(io.BytesIO(data), apply_value_formats=True, formats_as_category=False)
    except Exception as error:  # the library raises what its parts raise, and the file is anybody's
        sentence = f"'{name}' can't be read as a table of {program} ({type(error).__name__})"
        raise InputError(f"{sentence}; expected a complete one") from None
    header = list(map(str, table.columns))
    chosen = choose(header)
    columns = [table.iloc[:, header.index(theirs)].tolist() for theirs in chosen.values()]
    rows = (dict(zip(chosen, row, strict=True)) for row in zip(*columns, strict=True))
    return [(number, record) for number, record in enumerate(rows, 1)]
