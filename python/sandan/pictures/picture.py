"""One picture: how it shows itself, how it is saved, and in which letters."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from ..words import either

__all__ = ["Picture", "altair", "styled", "values", "width_of"]

# Fonts with Chinese letters, by machine: Windows, macOS, Linux.
_FONTS = (
    "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "SimHei", "Heiti SC", "sans-serif",
)  # fmt: skip
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
            "/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts")  # fmt: skip
_CHINESE_FILES = ("cjk", "yahei", "msyh", "pingfang", "simhei", "simsun", "heiti", "songti", "sourcehan", "notosanssc",
                  "notoserifsc", "wqy", "wenquanyi", "droidsansfallback", "uming", "ukai", "fandol", "lxgw")  # fmt: skip


class Picture:
    """A picture of a plan.

    In a notebook it shows itself as an image, so that it looks the same in Jupyter, VS Code, a PDF and a web page, and
    no address outside is asked. ``chart`` is the Altair chart, to change or to show with its tool tips.
    """

    def __init__(self, chart: Any, lang: str) -> None:
        self.chart = chart
        """The Altair chart."""
        self._lang = lang

    def save(self, path: str | PathLike[str], *, scale: float = 2) -> None:
        """Writes the picture: ``.png``, ``.svg``, ``.pdf``, ``.json`` (Vega-Lite) or ``.html`` (with tool tips, complete in itself).

        ``scale`` makes a ``.png`` finer. Letters come from the fonts of the machine; where none has Chinese letters, put one
        in the folder that the environment variable ``SANDAN_FONTS`` names.
        """
        ending = Path(path).suffix.lower()
        if ending in (".png", ".svg", ".pdf"):
            _letters(self._lang)
        if ending == ".png":
            Path(path).write_bytes(self._png(scale))
        elif ending == ".html":
            self.chart.save(str(path), inline=True)
        else:
            self.chart.save(str(path))

    def _png(self, scale: float) -> bytes:
        image: bytes = _converter().vegalite_to_png(self.chart.to_dict(), scale=scale)
        return image

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        try:
            _letters(self._lang)
            return {"image/png": self._png(2), "text/plain": repr(self)}
        except ImportError:
            # Without the converter Altair shows the chart its own way.
            bundle: dict[str, Any] = self.chart._repr_mimebundle_(include, exclude)
            return bundle

    def __repr__(self) -> str:
        return "<sandan.Picture>"


def altair() -> Any:
    """The plotting library, or how to get it."""
    try:
        import altair
    except ImportError as error:
        raise ImportError("pictures are drawn with Altair: pip install 'sandan[plots]'") from error
    return altair


def values(rows: Sequence[dict[str, Any]]) -> Any:
    """Rows as the data of a chart, within the chart."""
    return altair().InlineData(values=list(rows))


def styled(chart: Any, title: str, subtitle: str, lang: str) -> Picture:
    """A chart with its title, letters and quiet lines."""
    font = ", ".join(_FONTS)
    heading = altair().TitleParams(text=title, subtitle=subtitle or [], anchor="start", fontSize=16, offset=12)
    chart = chart.properties(title=heading, background="white", padding=12)
    chart = chart.configure(font=font).configure_view(stroke=None)
    chart = chart.configure_axis(labelFontSize=12, titleFontSize=12, gridColor="#eee", domainColor="#bbb")
    chart = chart.configure_legend(labelFontSize=12, titleFontSize=12, titleLimit=320)
    chart = chart.configure_header(labelFontSize=12, titleFontSize=12)
    return Picture(chart.configure_title(subtitleColor="#555", subtitleFontSize=12), lang)


def width_of(text: str) -> float:
    """How wide a label is, in pixels at size 12: a Chinese letter is as wide as high, others about half."""
    return sum(12.0 if letter > "\u2e7f" else 6.8 for letter in text)


def _converter() -> Any:
    import vl_convert

    return vl_convert


_told = False


def _letters(lang: str) -> None:
    """Makes fonts of the reader's own known, and says once if there are no Chinese letters at all."""
    global _told
    folder = os.environ.get("SANDAN_FONTS")
    if folder:
        _converter().register_font_directory(folder)
    if _told or folder or lang == "en":
        return
    _told = True
    if not any(_chinese_in(Path(folder).expanduser()) for folder in _FOLDERS):
        warnings.warn(
            either(
                lang,
                "这台机器上没有中文字体，图片里的汉字会显示成方框：请安装（如 apt install fonts-noto-cjk），或用环境变量 SANDAN_FONTS 指定字体文件夹",
                "no font with Chinese letters: install one, or name its folder in SANDAN_FONTS",
            ),
            stacklevel=3,
        )


def _chinese_in(folder: Path) -> bool:
    for _, _, files in os.walk(folder):
        for name in files:
            bare = name.lower().replace("-", "").replace("_", "").replace(" ", "")
            if any(mark in bare for mark in _CHINESE_FILES):
                return True
    return False
