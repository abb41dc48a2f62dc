"""Is an article an agency's copy, and whose? The public reader against the agency named in the annotated set.

python benchmarks/agencies.py GOLD.jsonl.gz

The rules were worked out on the even lines; the odd ones were only counted.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

import corpus_tools as ct

COLUMNS = ["article_id", "outlet", "date", "title", "author", "text"]
SPELLINGS = {"reuters": "Reuters"}


def read_gold(path: str) -> pd.DataFrame:
    """The articles as the public reader has them, with the agency that is named by hand in `wire`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = pd.DataFrame(map(json.loads, lines))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "articles.jsonl"
        rows[COLUMNS].to_json(plain, orient="records", lines=True)
        articles = ct.read_articles(plain)
    wire = rows["wire"].replace(SPELLINGS).fillna("").to_numpy()
    return articles.assign(wire=wire, agency=articles["agency"].fillna("")).fillna({"agency_from": ""})


def figures(found: pd.DataFrame) -> str:
    named, stated = found["wire"] != "", found["agency"] != ""
    right = int((named & (found["agency"] == found["wire"])).sum())
    precision, recall = right / max(stated.sum(), 1), right / max(named.sum(), 1)
    f1 = 2 * right / max(stated.sum() + named.sum(), 1)
    return f"{len(found)} | {named.sum()} | {precision:.3f} | {recall:.3f} | {f1:.3f}"


def errors(found: pd.DataFrame) -> Iterable[str]:
    for row in found[found["agency"] != found["wire"]].itertuples():
        yield f"- {row.article_id} ({row.outlet}): by hand {row.wire!r}, found {row.agency!r} by {row.agency_from!r}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    found = read_gold(parser.parse_args().gold)
    print("| lines | articles | agency copy | precision | recall | F1 |\n|---|---|---|---|---|---|")
    for name, part in (("even", found[::2]), ("odd", found[1::2]), ("all", found)):
        print(f"| {name} | {figures(part)} |")
    print("\nfound by:", found.loc[found["agency"] != "", "agency_from"].value_counts().to_dict(), "\n")
    print("\n".join(errors(found)))


if __name__ == "__main__":
    main()
