"""The report: the notebooks run on a corpus, as one page."""

import sys

# jsonschema, which nbformat loads, compiles a grammar of web addresses where a package for it is installed. That takes
# longer than all other imports together, and no schema of a notebook asks for an address.
_GRAMMAR = "rfc3987_syntax"
if _GRAMMAR not in sys.modules:
    sys.modules[_GRAMMAR] = None
    try:
        import nbformat  # noqa: F401
    finally:
        del sys.modules[_GRAMMAR]
