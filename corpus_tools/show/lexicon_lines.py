"""What the check of a lexicon has found, as lines of plain text for a terminal."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from corpus_tools.compare.precision import lexicon_precision
from corpus_tools.prepare.checking import check_lexicon, lexicon_forms, phrases_tried
from corpus_tools.prepare.checks import GOOD_ENOUGH, label_states
from corpus_tools.prepare.sheets import lines_to_mark
from corpus_tools.show.describe.words import UNCHECKED
from corpus_tools.show.markup import number
from corpus_tools.show.provenance import printable, rule_counts

_PLACES = 5
_MANY = "pattern never found"
_FORMS = 30


def lexicon_lines(lexicon: pd.DataFrame, hits: pd.DataFrame, checks: pd.DataFrame | None, *, name: str) -> list[str]:
    """All that can be said of a lexicon: its size, what is wrong with it, what it finds, what a person found right.

    Parameters
    ----------
    lexicon, hits
        As `read_lexicon` and `find_hits` return them.
    checks : pandas.DataFrame, optional
        As `read_checks` returns it.
    name : str
        What the lexicon is called.

    Examples
    --------
    >>> from corpus_tools.schema import HITS, empty
    >>> lexicon = pd.DataFrame({"slot": ["people"], "label": ["police"], "pattern": ["polic*"], "checked": [False]})
    >>> lexicon_lines(lexicon, empty(HITS), None, name="mine")[0]
    'Lexicon mine: 1 slot, 1 label, 1 pattern, 0 hits'
    """
    labels = lexicon[["slot", "label"]].drop_duplicates()
    sizes = ((labels["slot"].nunique(), "slot"), (len(labels), "label"), (len(lexicon), "pattern"), (len(hits), "hit"))
    return [
        f"Lexicon {printable(name)}: {', '.join(number(*size) for size in sizes)}",
        "",
        *finding_lines(check_lexicon(lexicon, hits), phrases_tried(lexicon, hits)),
        "",
        *form_lines(lexicon_forms(hits)),
        "",
        *check_lines(lexicon, checks, len(lines_to_mark(hits, checks))),
    ]


def finding_lines(findings: pd.DataFrame, phrases: Mapping[str, int]) -> list[str]:
    """Each rule with its first few places; phrases never found with their number in each slot, out of how many.

    Examples
    --------
    >>> import pandas as pd
    >>> finding_lines(pd.DataFrame({"rule": []}), {})
    ['Its patterns are not in each other’s way.']
    """
    if findings.empty:
        return ["Its patterns are not in each other’s way."]
    lines = [f"Its patterns gave rise to {number(len(findings), 'finding')}; not each is a mistake:"]
    for rule, times in rule_counts(findings).itertuples(index=False):
        rows = findings[findings["rule"] == rule]
        shared = rows["hint"].iloc[0] if len(set(rows["hint"])) == 1 else ""
        lines.append(f"  {printable(rule)}: {times:,}" + (f" ({printable(shared, 200)})" if shared else ""))
        if rule == _MANY:
            counts = rows.groupby("slot", sort=True).size()
            lines += [
                f"    {printable(slot)}: {n:,} of {number(phrases[slot], 'phrase')}" for slot, n in counts.items()
            ]
        else:
            lines += _place_lines(rows, hints=not shared)
    return lines


def _place_lines(rows: pd.DataFrame, *, hints: bool) -> Iterator[str]:
    for row in rows.head(_PLACES).to_dict("records"):
        parts = [f"{printable(row['slot'])}, {printable(row['label'])}"]
        parts += [f"“{printable(row['pattern'], 60)}”"] if row["pattern"] else []
        parts += [f"({printable(row['value'], 100)})"] if row["value"] else []
        parts += [printable(row["hint"], 200)] if hints else []
        yield f"    {parts[0]}{':' if len(parts) > 1 else ''} {' '.join(parts[1:])}".rstrip()
    if len(rows) > _PLACES:
        yield f"    and {len(rows) - _PLACES:,} more"


def form_lines(forms: pd.DataFrame) -> list[str]:
    """The forms of each label, the most frequent first.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"slot": "people", "label": "police", "surface": "policy", "hits": 2, "articles": 1}
    >>> form_lines(pd.DataFrame([row]))[1:]
    ['  people', '    police: 2 hits: policy 2']
    """
    if forms.empty:
        return ["No pattern of it occurs in these articles."]
    lines = ["Forms found, each with its number of hits:"]
    for slot, own in forms.groupby("slot", sort=True):
        lines.append(f"  {printable(slot)}")
        for label, rows in own.groupby("label", sort=True):
            shown = ", ".join(f"{printable(row.surface)} {row.hits:,}" for row in rows.head(_FORMS).itertuples())
            more = f" and {number(len(rows) - _FORMS, 'rarer form')}" if len(rows) > _FORMS else ""
            lines.append(f"    {printable(label)}: {number(rows['hits'].sum(), 'hit')}: {shown}{more}")
    return lines


def check_lines(lexicon: pd.DataFrame, checks: pd.DataFrame | None, waiting: int) -> list[str]:
    """What a person has found right in each label, whether that lifts the stamp, and how many lines wait for a mark.

    Examples
    --------
    >>> import pandas as pd
    >>> lexicon = pd.DataFrame({"slot": ["people"], "label": ["police"], "checked": [False]})
    >>> check_lines(lexicon, None, 20)[0]
    'No line of it has been marked (--sheet FILE draws a sheet to mark).'
    """
    lines = ["No line of it has been marked (--sheet FILE draws a sheet to mark)."]
    if checks is not None and not checks.empty:
        lines = ["Lines marked:", *_precision_lines(checks, lexicon)]
        if waiting:
            lines.append(f"Not marked yet, of the lines drawn from these articles now: {waiting:,} (--sheet FILE).")
    labels = lexicon.groupby(["slot", "label"])["checked"].all()
    if labels.all():
        return [*lines, f"Every label has been checked line by line: the stamp “{UNCHECKED}” is lifted."]
    done = f"{int(labels.sum())} of {number(len(labels), 'label')} checked line by line"
    return [*lines, f"{done}: the stamp “{UNCHECKED}” stays on results with hits of any other."]


def _precision_lines(checks: pd.DataFrame, lexicon: pd.DataFrame) -> list[str]:
    states = label_states(checks, lexicon).set_index(["slot", "label"])
    lifted, changed = states["lifted"], states["changed"]
    by_outlet = lexicon_precision(checks, by=("slot", "label", "outlet"))
    lines: list[str] = []
    for slot, rows in lexicon_precision(checks).groupby("slot", sort=True):
        lines.append(f"  {printable(slot)}")
        for row in rows.to_dict("records"):
            of_label = (by_outlet["slot"] == slot) & (by_outlet["label"] == row["label"])
            own = by_outlet[of_label & (by_outlet["marked"] > 0)]
            pair = (slot, row["label"])
            told = _told(row, stamped=not lifted[pair], changed=changed[pair])
            lines.append(f"    {printable(row['label'])}: {told}")
            if len(own) > 1:
                parts = (f"{printable(o.outlet)} {o.right} of {o.marked}" for o in own.itertuples())
                lines.append(f"      by outlet: {'; '.join(parts)}")
    return lines


def _told(row: Mapping[Hashable, Any], *, stamped: bool, changed: bool) -> str:
    told = f"{row['right']} of {number(row['marked'], 'marked line')} right"
    if pd.notna(row["precision_low"]):
        told += f" ({row['precision']:.0%}, 95 % interval {row['precision_low']:.0%} to {row['precision_high']:.0%})"
    notes = [row["note"]] if row["note"] else []
    if stamped and row["marked"] and row["precision"] < GOOD_ENOUGH:
        notes.append(f"below {GOOD_ENOUGH:.0%}, so the stamp stays: mend the pattern")
    if changed:
        notes.append(
            "its patterns have changed since it was marked, so the stamp stays: "
            "mark a new sheet, or give the marked one again"
        )
    return "; ".join([told, *notes])
