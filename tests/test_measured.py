"""The measured errors that the package carries: whole, in step with the report on them, and not stale."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
import re
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.prepare.voices.quotation import quoted_spans

COLUMNS = ["what", "name", "articles", "words", "measure", "value", "low", "high"]
ROUNDED = 0.00051  # three decimals in the report, four in the table


@pytest.fixture(scope="module")
def errors() -> pd.DataFrame:
    return ct.voice_errors()


@pytest.fixture(scope="module")
def kinds(checkout: Path) -> ModuleType:
    path = checkout / "benchmarks" / "voice_kinds.py"
    if not path.is_file():
        pytest.skip("not a checkout")
    spec = importlib.util.spec_from_file_location("voice_kinds", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(errors: pd.DataFrame, what: str, measure: str) -> pd.DataFrame:
    return errors[(errors["what"] == what) & (errors["measure"] == measure)].set_index("name")


def f1(by_hand: np.ndarray, found: np.ndarray) -> float:
    return 2 * (by_hand & found).sum() / (by_hand.sum() + found.sum())


def covered(text: str, spans: list[tuple[int, int]]) -> np.ndarray:
    starts = ct.split_words(text)["start"].to_numpy()
    inside = np.zeros(len(starts), dtype=bool)
    for start, end in spans:
        inside |= (starts >= start) & (starts < end)
    return inside


def test_columns_and_types(errors: pd.DataFrame) -> None:
    assert errors.columns.tolist() == COLUMNS
    assert {c: str(errors[c].dtype) for c in COLUMNS} == {
        **dict.fromkeys(("what", "name", "measure"), "str"),
        **dict.fromkeys(("articles", "words"), "int64"),
        **dict.fromkeys(("value", "low", "high"), "float64"),
    }
    assert not errors.duplicated(["what", "name", "measure"]).any()
    assert not errors[["what", "name", "measure", "value"]].isna().any().any()


def test_a_caller_cannot_change_what_the_next_one_gets(errors: pd.DataFrame) -> None:
    spoilt = ct.voice_errors()
    spoilt["value"] = 2.0
    pd.testing.assert_frame_equal(ct.voice_errors(), errors)


def test_figures_lie_in_their_intervals(errors: pd.DataFrame) -> None:
    assert errors["value"].between(0, 1).all()
    few = errors["articles"] < 5
    assert errors.loc[few, ["low", "high"]].isna().all(axis=None)
    enough = errors[~few]
    assert (enough["low"] >= 0).all()
    assert (enough["high"] <= 1).all()
    assert (enough["low"] <= enough["value"]).all()
    assert (enough["value"] <= enough["high"]).all()


def test_outlets_make_up_the_whole(errors: pd.DataFrame) -> None:
    whole, outlets = rows(errors, "all", "F1").iloc[0], rows(errors, "outlet", "F1")
    assert len(outlets) == 7
    assert outlets[["articles", "words"]].sum().tolist() == whole[["articles", "words"]].tolist()
    assert whole["articles"] == 751


@pytest.mark.parametrize(
    ("what", "measure", "part"),
    [("kind missed", "recall", "share of missed words"), ("kind found", "precision", "share of wrong words")],
)
def test_kinds_make_up_all_errors(errors: pd.DataFrame, what: str, measure: str, part: str) -> None:
    of_kind, whole = rows(errors, what, measure), rows(errors, "all", measure)["value"].iloc[0]
    assert np.average(of_kind["value"], weights=of_kind["words"]) == pytest.approx(whole, abs=2e-4)
    assert rows(errors, what, part)["value"].sum() == pytest.approx(1, abs=1e-3)


def test_names_are_those_of_the_benchmark_and_no_text_of_an_article(errors: pd.DataFrame, kinds: ModuleType) -> None:
    assert rows(errors, "kind missed", "recall").index.tolist() == list(kinds.MISSED)
    assert rows(errors, "kind found", "precision").index.tolist() == list(kinds.FOUND)
    assert errors["name"].str.len().max() < 60


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "kind"),
    [
        ("The harbour office said that the ferry was late.", (0, 18), (19, 23), (24, 47), "THAT"),
        ("The harbour office said the ferry was late.", (0, 18), (19, 23), (24, 42), "CLAUSE"),
        ("The ferry was late, the harbour office said.", (20, 38), (39, 43), (0, 18), "BEFORE"),
        ("According to the pilot, the ferry was late.", (13, 22), (0, 12), (24, 42), "ACCORDING"),
        ("The pilot asked whether the ferry was late.", (0, 9), (10, 15), (16, 42), "QUESTION"),
        ("The pilot promised to mend the engine.", (0, 9), (10, 18), (19, 37), "TO"),
        ("The pilot described the old engine.", (0, 9), (10, 19), (20, 34), "THING"),
        ("The route the pilot proposed is long.", (10, 19), (20, 28), (0, 9), "THING_BEFORE"),
        ("The pilot hopes that the ferry is late.", (0, 9), (10, 15), (16, 38), "THOUGHT"),
        ("The hope that the ferry is early went on.", (0, 0), (4, 8), (9, 32), "NOUN"),
        ("The pilot was sure that it was late.", (0, 9), (14, 18), (19, 35), "ADJECTIVE"),
        ("Pilot: the ferry is late.", (0, 5), (5, 6), (7, 24), "COLON"),
        ("The pilot zigzagged that it was late.", (0, 9), (10, 19), (20, 36), "NO_LIST"),
        ("He said: “The ferry is late.”", (0, 2), (3, 7), (9, 29), "QUOTED"),
        ("The pilot the ferry is late.", (0, 9), None, (10, 27), "NO_CUE"),
    ],
)
def test_kinds_of_annotation(kinds: ModuleType, text: str, source, cue, content, kind: str) -> None:
    attribution = {"source": [list(source)], "cue": [list(cue)] if cue else [], "content": [list(content)]}
    assert kinds.annotated_kind(text, attribution, list(content)) == getattr(kinds, kind)


def test_the_report_states_the_same_f1(errors: pd.DataFrame, checkout: Path) -> None:
    report = checkout / "benchmarks" / "RESULTS.md"
    if not report.is_file():
        pytest.skip("not a checkout")
    stated = {
        name: [float(x) for x in figures]
        for name, *figures in re.findall(
            r"^\| ([^|(]+?) \(\d+\) \| (\.\d+) \[(\.\d+), (\.\d+)\]", report.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    measured = pd.concat([rows(errors, "all", "F1"), rows(errors, "outlet", "F1")])
    for name, row in measured.iterrows():
        assert stated[name] == pytest.approx(row[["value", "low", "high"]].tolist(), abs=ROUNDED), name


@pytest.mark.parametrize(
    ("name", "file"),
    [("24 articles the rules were developed on", "voices.csv"), ("12 articles marked blind", "voices_blind.csv")],
)
def test_the_table_is_of_the_finder_as_it_is(errors: pd.DataFrame, checkout: Path, name: str, file: str) -> None:
    """Fails when rules or weights have changed since; then run ``benchmarks/voices.py --table``."""
    path = checkout / "data" / "karabakh" / "truth" / file
    if not path.is_file():
        pytest.skip(f"{file} is not there")
    spans: dict[str, list[tuple[int, int]]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            spans.setdefault(line["article_id"], []).append((int(line["start"]), int(line["end"])))
    texts = ct.read_articles("karabakh").set_index("article_id")["text"]
    by_hand = np.concatenate([covered(texts[key], own) for key, own in spans.items()])
    found = np.concatenate([covered(t, list(ct.voice_spans(t)[["start", "end"]].to_numpy())) for t in texts[[*spans]]])
    row = rows(errors, "teaching articles", "F1").loc[name]
    assert (row["articles"], row["words"]) == (len(spans), len(found))
    assert f1(by_hand, found) == pytest.approx(row["value"], abs=1e-4)


@pytest.mark.slow
def test_quotation_marks_alone_measured_again(errors: pd.DataFrame, shared: Path) -> None:
    gold = shared / "gold" / "attributions_train.jsonl.gz"
    if not gold.is_file():
        pytest.skip("the annotated set is not there")
    by_hand, marked = [], []
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if int(sha256(row["article_id"].encode()).hexdigest(), 16) % 10 == 0:
                continue
            first = next(iter(row["attributions"].values()))
            by_hand.append(covered(row["text"], [tuple(span) for a in first for span in a["content"]]))
            marked.append(covered(row["text"], quoted_spans(row["text"])))
    row = rows(errors, "yardstick", "F1").loc["quotation marks alone"]
    assert (len(marked), sum(map(len, marked))) == (row["articles"], row["words"])
    assert f1(np.concatenate(by_hand), np.concatenate(marked)) == pytest.approx(row["value"], abs=1e-4)
