"""Tables of any kind as columns of values, and columns as tables of any kind."""

from __future__ import annotations

import datetime
import importlib
import importlib.util
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeGuard

import narwhals as nw

__all__ = ["cell_text", "columns_of", "kind_of", "present"]

if TYPE_CHECKING:
    _Backend = Literal["pandas", "polars", "pyarrow"]
    _FrameKind = Literal[
        "pandas", "polars", "pyarrow", "rows", "columns", "narwhals",
        "narwhals:pandas", "narwhals:polars", "narwhals:pyarrow",
    ]  # fmt: skip

_BACKENDS: tuple[_Backend, ...] = ("pandas", "polars", "pyarrow")


def columns_of(table: Any) -> tuple[list[str], Iterator[list[Any]]]:
    """Header of a table of any kind, and its columns one after the other, so that no two copies stand in memory."""
    if isinstance(table, Mapping):
        return [str(key) for key in table], (list(column) for column in table.values())
    if _is_rows(table):
        # Keys in order of first appearance; a row may lack any of them.
        keys = list(dict.fromkeys(key for row in table for key in row))
        return [str(key) for key in keys], ([row.get(key) for row in table] for key in keys)
    if hasattr(table, "iloc"):
        return _pandas_columns(table)
    frame = _frame(table)
    return frame.columns, (series.to_list() for series in frame.iter_columns())


def kind_of(table: Any) -> _FrameKind | None:
    """The kind of a table, so that answers can come back as the same; ``None`` where it is not one that can be made."""
    if isinstance(table, Mapping):
        return "columns"
    if _is_rows(table):
        return "rows"
    if isinstance(table, (nw.DataFrame, nw.LazyFrame)):
        inner = kind_of(nw.to_native(table))
        if inner == "pandas":
            return "narwhals:pandas"
        return "narwhals:pyarrow" if inner == "pyarrow" else "narwhals:polars" if inner == "polars" else "narwhals"
    module = type(table).__module__.partition(".")[0]
    return next((backend for backend in _BACKENDS if backend == module), None)


def present(columns: dict[str, list[Any]], types: Mapping[str, type], kind: _FrameKind | None) -> Any:
    """Columns as a table of a kind; ``None`` is the first installed of pandas, polars, pyarrow, else a list of dicts."""
    if kind is not None and kind.startswith("narwhals"):
        named = kind.partition(":")[2]
        backend = next((backend for backend in _BACKENDS if backend == named), None) or _first_installed()
        if backend is None:
            raise ImportError("a narwhals frame needs pandas, polars or pyarrow")
        return nw.from_native(present(columns, types, backend), eager_only=True)
    kind = kind or _first_installed() or "rows"
    if kind == "columns":
        return columns
    if kind == "rows":
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    if kind == "pandas":
        return _pandas_frame(columns, types)
    dtypes: dict[type, nw.dtypes.DType] = {
        str: nw.String(), int: nw.Int64(), bool: nw.Boolean(), float: nw.Float64()
    }  # fmt: skip
    schema = {name: dtypes[types[name]] for name in columns}
    return nw.from_dict(columns, schema, backend=_backend(kind)).to_native()


def cell_text(value: Any) -> str | None:
    """A value as it would stand in a sheet: the one form that all readers give (`12`, `0.5`, `2025-07-01`, `true`)."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if math.isinf(value):
            return str(value)
        return None if math.isnan(value) else _decimal_text(Decimal(str(value)))
    if isinstance(value, Decimal):
        return None if value.is_nan() else _decimal_text(value)
    if isinstance(value, datetime.datetime):
        # Not a time: what a missing time is in a column of times; the only value that differs from itself.
        if value != value:
            return None
        midnight = value.time() == datetime.time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        return cell_text(value.item())
    if isinstance(value, (set, frozenset)):
        return _list_text(sorted(value, key=str))
    if isinstance(value, Iterable):
        return _list_text(value)
    return None if str(value) in ("<NA>", "NaT") else str(value)


def _pandas_frame(columns: dict[str, list[Any]], types: Mapping[str, type]) -> Any:
    """Whole numbers stay whole where some are missing, which only pandas' own nullable type can say."""
    pandas: Any = importlib.import_module("pandas")
    # Text is `str` from pandas 3 on, `object` before.
    text = str(pandas.Series(["text"]).dtype)

    def dtype(name: str) -> str:
        if types[name] is int:
            return "Int64" if None in columns[name] else "int64"
        if types[name] is bool:
            return "bool"
        return "float64" if types[name] is float else text

    return pandas.DataFrame({name: pandas.Series(columns[name], dtype=dtype(name)) for name in columns})


def _pandas_columns(table: Any) -> tuple[list[str], Iterator[list[Any]]]:
    """By position: a header may stand twice, which intake reports. A named index is a column like the others."""
    if any(name is not None for name in table.index.names):
        table = table.reset_index(allow_duplicates=True)
    return [str(name) for name in table.columns], (table.iloc[:, at].tolist() for at in range(table.shape[1]))


def _frame(table: Any) -> nw.DataFrame[Any]:
    frame = nw.from_native(table, pass_through=True)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, nw.DataFrame):
        return frame
    if hasattr(table, "__arrow_c_stream__"):
        backend = next((backend for backend in reversed(_BACKENDS) if _installed(backend)), None)
        if backend is None:
            raise TypeError("an Arrow table needs pyarrow, polars or pandas to be read")
        return nw.from_arrow(table, backend=backend)
    raise TypeError(
        f"a table is a pandas or polars frame, an Arrow table, a list of dicts or a dict of columns, not {type(table).__name__}"
    )


def _is_rows(table: Any) -> TypeGuard[Sequence[Mapping[Any, Any]]]:
    return isinstance(table, (list, tuple)) and all(isinstance(row, Mapping) for row in table)


def _backend(kind: str) -> _Backend:
    return "polars" if kind == "polars" else "pyarrow"


def _first_installed() -> _Backend | None:
    return next((backend for backend in _BACKENDS if _installed(backend)), None)


def _installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _decimal_text(value: Decimal) -> str:
    """Whole numbers without a point, others in full, never with an exponent."""
    if not value.is_finite():
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _list_text(values: Iterable[Any]) -> str:
    return ";".join(text for text in map(cell_text, values) if text is not None)
