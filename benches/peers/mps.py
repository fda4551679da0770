"""Reads the free-format MPS files that sandan writes: whole-number columns and rows only."""

from dataclasses import dataclass, field


@dataclass
class Model:
    maximise: bool = False
    objective: str = ""
    constant: int = 0  # of the objective
    rows: dict = field(default_factory=dict)  # name -> [sense, right-hand side, range or None]
    entries: dict = field(default_factory=dict)  # row name -> ([column], [coefficient])
    columns: dict = field(default_factory=dict)  # name -> position
    lower: list = field(default_factory=list)
    upper: list = field(default_factory=list)


def whole(text):
    number = float(text)
    if number != int(number):
        raise ValueError(f"{text} is not a whole number")
    return int(number)


def read(path):
    model = Model()
    section = ""
    with open(path, encoding="ascii") as lines:
        for line in lines:
            if line.startswith("*") or not line.strip():
                continue
            words = line.split()
            if not line[0].isspace():
                section = words[0]
                if section == "OBJSENSE" and len(words) > 1:
                    model.maximise = words[1].startswith("MAX")
                continue
            if section == "OBJSENSE":
                model.maximise = words[0].startswith("MAX")
            elif section == "ROWS":
                sense, name = words
                if sense == "N":
                    model.objective = model.objective or name
                else:
                    model.rows[name] = [sense, 0, None]
                model.entries[name] = ([], [])
            elif section == "COLUMNS":
                if "'MARKER'" in words:
                    continue
                column = model.columns.setdefault(words[0], len(model.columns))
                for name, number in zip(words[1::2], words[2::2]):
                    model.entries[name][0].append(column)
                    model.entries[name][1].append(whole(number))
            elif section == "RHS":
                for name, number in zip(words[1::2], words[2::2]):
                    if name == model.objective:
                        model.constant = -whole(number)
                    else:
                        model.rows[name][1] = whole(number)
            elif section == "RANGES":
                for name, number in zip(words[1::2], words[2::2]):
                    model.rows[name][2] = whole(number)
            elif section == "BOUNDS":
                if not model.lower:
                    model.lower = [0] * len(model.columns)
                    model.upper = [None] * len(model.columns)
                kind, column = words[0], model.columns[words[2]]
                number = whole(words[3]) if len(words) > 3 else 0
                if kind in ("UP", "UI"):
                    model.upper[column] = number
                elif kind in ("LO", "LI"):
                    model.lower[column] = number
                elif kind == "FX":
                    model.lower[column] = model.upper[column] = number
                elif kind == "BV":
                    model.upper[column] = 1
                elif kind != "PL":
                    raise ValueError(f"bound {kind} is not known")
    return model


def limits(sense, right, width):
    """Least and greatest activity of a row; None is no limit."""
    if sense == "E":
        return right, right
    if sense == "L":
        return (None if width is None else right - abs(width)), right
    return right, (None if width is None else right + abs(width))
