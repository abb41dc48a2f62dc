"""A chart in a notebook: the picture with its description, and its numbers one click away."""

from __future__ import annotations

from math import isinf

import matplotlib.pyplot as plt
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes

from corpus_tools.schema import CorpusError
from corpus_tools.show.charts.figure import redrawn
from corpus_tools.show.describe import alt_text, kind_of
from corpus_tools.show.markup import MISSING, Fragment, missing, number, one_line, percent, render
from corpus_tools.show.pictures import inline_picture

NARROW = 3.75  # inches, 360 pixels: a telephone
_MOST_ROWS = 200
_MOST_ROWS_KEPT = 5000
_PERCENT_COLUMNS = (
    *("share", "share_low", "share_high", "share_target", "share_reference"),
    *("mean_share", "mean_share_low", "mean_share_high", "balanced", "majority", "chance", "balanced_chance"),
)
# Measures of every size stand in one column: small ones need more places.
_VALUE_COLUMNS = ("value", "value_low", "value_high")
_POINT_COLUMNS = ("difference", "difference_low", "difference_high")
_P_COLUMNS = ("p", "p_adjusted", "p_smallest")
_DECIMALS = {
    "dp": 2,
    "dp_norm": 2,
    "dp_chance": 2,
    "juilland_d": 2,
    "mean": 2,
    "mean_low": 2,
    "mean_high": 2,
    "p": 4,
    "p_adjusted": 4,
    "p_smallest": 4,
    "dp_target": 2,
    "dp_reference": 2,
    "log_ratio": 2,
    "log_ratio_low": 2,
    "log_ratio_high": 2,
    "log_odds": 2,
    "log_odds_z": 2,
    "g2": 1,
    "log_dice": 1,
    "pmi": 1,
    "t": 1,
    "stability": 2,
    "stability_low": 2,
    "weight": 4,
    "probability": 2,
    "probability_own": 2,
}


def show_chart(ax: Axes, result: pd.DataFrame) -> None:
    """How does a chart come into a notebook so that everybody can read it?

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What one of the ``plot_…`` functions returned.
    result : pandas.DataFrame
        The frame that was drawn: shares, contrast, keyness or speakers.

    Returns
    -------
    None
        Displays the chart as it fits: its words are words, its colours follow the light or dark page, and on a
        narrow screen it is drawn narrow. Its alt text says the findings in plain words; below it stands the table of
        the numbers, folded. Then the figure is closed, so that the notebook does not show it a second time.

    Raises
    ------
    CorpusError
        When the frame is not one that ``describe`` understands, or IPython is not installed.

    Examples
    --------
    >>> from corpus_tools.schema import SHARES
    >>> from corpus_tools.show.charts import plot_framing_shares
    >>> row = ["A", "who", "police", 9, 10, 0.9, 0.6, 0.98, 12, 16, None, True]
    >>> shares = pd.DataFrame([row], columns=["outlet", *SHARES])
    >>> show_chart(plot_framing_shares(shares), shares)  # doctest: +ELLIPSIS
    Chart of dots with interval lines. A writes "police" in 9 of 10 cases ...
    """
    kind_of(result)
    try:
        from IPython.display import display
    except ImportError as absent:
        raise CorpusError(
            "show_chart needs IPython; without a notebook, save the picture: ax.figure.savefig(…)."
        ) from absent
    shown = _fragment(ax, alt_text(result), narrow=True, table=result_table(result).html)
    # A report lets its readers take along more rows than the page shows.
    more = {"corpus_tools": {"csv": _as_csv(result.head(_MOST_ROWS_KEPT))}} if len(result) > _MOST_ROWS else None
    display(shown, metadata=more)


def inline_chart(ax: Axes, alt: str, *, narrow: bool = True) -> Markup:
    """How does a chart come into a page of HTML?

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What one of the ``plot_…`` functions returned; its figure is closed.
    alt : str
        What the chart shows, for those who do not see it.
    narrow : bool
        Draw it for a narrow screen as well; without it the chart is scaled down there.

    Returns
    -------
    markupsafe.Markup
        A ``<figure class="ct-chart">`` with its own style sheet, the same text in each.
    """
    return Markup(_fragment(ax, alt, narrow=narrow, table="").html)


def _fragment(ax: Axes, alt: str, *, narrow: bool, table: str) -> Fragment:
    figure = ax.figure.figure
    other = redrawn(figure, NARROW) if narrow and figure.get_figwidth() > NARROW else None
    kinds = {"ct-only": figure} if other is None else {"ct-wide": figure, "ct-narrow": other}
    pictures = [inline_picture(drawn, alt, kind=kind) for kind, drawn in kinds.items()]
    plt.close(figure)
    return render("chart", plain=alt, pictures=pictures, table=Markup(table))


def result_table(result: pd.DataFrame) -> Fragment:
    """The numbers of a result, rounded for reading, in a closed ``<details>``.

    Examples
    --------
    >>> table = result_table(pd.DataFrame({"outlet": ["<b>"], "share": [0.904]}))
    >>> "&lt;b&gt;" in table.html, "90 %" in table.html
    (True, True)
    """
    shown = result.head(_MOST_ROWS)
    columns = [
        {"name": one_line(name), "numeric": pd.api.types.is_numeric_dtype(shown[name]) and shown[name].dtype != bool}
        for name in shown.columns
    ]
    cells = _cells(shown)
    return render(
        "table",
        plain=pd.DataFrame(cells, columns=[column["name"] for column in columns]).to_string(index=False),
        size=number(len(result), "row"),
        columns=columns,
        rows=[list(zip(row, columns, strict=True)) for row in cells],
        left_out=len(result) > len(shown),
    )


def _as_csv(frame: pd.DataFrame) -> str:
    """The cells as the table on the page writes them."""
    return pd.DataFrame(_cells(frame), columns=[one_line(name) for name in frame.columns]).to_csv(index=False)


def _cells(frame: pd.DataFrame) -> list[list[str]]:
    return [[_cell(name, value) for name, value in zip(frame.columns, row, strict=True)] for row in _rows(frame)]


def _rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def _cell(column: str, value: object) -> str:
    if missing(value):
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return f"{value:%Y-%m-%d}"
    if not isinstance(value, (int, float)):
        return one_line(value, longest=160)
    if isinf(value):
        return "∞" if value > 0 else "−∞"
    if column in _PERCENT_COLUMNS:
        return percent(value)
    if column in _POINT_COLUMNS:
        return f"{100 * value:+.1f} points".replace("-", "−")
    if column in _VALUE_COLUMNS and 0 < abs(value) < 10 and not float(value).is_integer():
        return f"{value:.3f}".replace("-", "−")
    if column in _P_COLUMNS and value < 0.0001:
        return "< 0.0001"
    return f"{value:,.{_DECIMALS.get(column, 0 if float(value).is_integer() else 1)}f}".replace("-", "−")
