"""The reference values of ../shared/golden, and the harness that reads them, on folders made here."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.golden import read_folder, run_folder, run_set
from tests.golden.__main__ import main
from tests.golden.adapters import place_names
from tests.golden.harness import ADAPTERS, DEFAULT_TOLERANCE, agrees, expected_values, tolerance_for

WriteFolder = Callable[..., Path]

OFFERED_SETS = {
    "dates": {"expected"},
    "multiple_testing": {"BH"},
    "fightin_words": {"delta", "z_two_term"},
    "collocations_computed": {
        "expected",
        "MI",
        "t_score",
        "logDice",
        "log_likelihood",
        "at most 14",
        "the others change with N",
    },
    "keyness_collocation_published": {
        *("G2_two_cell", "G2_two_cell_full", "direction", "log_ratio", "pct_diff"),
        *("G2_four_cell", "G2_four_cell_full", "MI", "t_score_manning"),
    },
    "keyness_computed": {
        "G2_two_cell",
        "direction",
        "log_ratio",
        "log_ratio_hardie_0.5_if_zero",
        "pct_diff",
        "per_million",
    },
    "quotes": {"quotes", "spans_inside_marks", "must_not_be_quoted"},
    "dispersion": {
        *("DP", "DPnorm_min_s", "juilland_D_rates", "range", "range_relative"),
        "an absent word has no row, so no measure is 0 or 1",
    },
    "lexical_diversity": {
        *(f"MATTR_{window}" for window in (2, 5, 10, 25, 50, 100)),
        *("HDD_42", "MTLD_le_min0", "MTLD_lexicalrichness", "TTR", "tokens"),
    },
    "readability": {
        *("expected_formula.ari", "expected_formula.flesch_kincaid_grade", "expected_formula.flesch_reading_ease"),
        *("expected_formula.gunning_fog", "expected_formula.lix", "expected_formula.rix", "expected_formula.smog"),
        *("short_flesch", "short_fog", "short_smog", "textstat automated_readability_index"),
        *("textstat coleman_liau_index", "textstat flesch_kincaid_grade", "textstat flesch_reading_ease"),
        *("textstat gunning_fog", "textstat lix", "textstat rix", "textstat sentences", "textstat smog_index"),
        *("textstat syllables", "textstat words"),
    },
    "rates_and_tests": {"wilson_95", "per_million"},
    "near_duplicates": {f"{measure}_{size}" for measure in ("jaccard", "containment") for size in (1, 3, 5)}
    | {"grouped where Jaccard of three words is .8 or more"},
    "sentences": {"expected", "no text lost"},
    "tokens": {"expected_words", "same words with either apostrophe"},
}


@pytest.fixture(scope="module")
def reports(shared: Path) -> dict[str, Any]:
    return {report.name: report for report in run_folder(shared / "golden")}


@pytest.fixture
def folder_of(tmp_path: Path) -> WriteFolder:
    def write(*sets: object) -> Path:
        for i, content in enumerate(sets):
            text = content if isinstance(content, str) else json.dumps(content)
            (tmp_path / f"set{i}.json").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def golden(name: str, *cases: dict, **rest: object) -> dict:
    return {"set": name, "cases": list(cases), **rest}


def keyness_case(expected: dict, **changes: object) -> dict:
    given = {"target_count": 10, "reference_count": 5, "target_size": 1000, "reference_size": 1000}
    return {"id": "made", "input": given, "expected": expected, **changes}


@pytest.mark.parametrize("name", [*OFFERED_SETS, "outlets", "place_names"])
def test_every_offered_set_passes(reports: dict[str, Any], name: str) -> None:
    misses = [o for o in reports[name].outcomes if o.status == "failed"]
    assert reports[name].ok, f"{reports[name].verdict}\n" + "\n".join(map(str, misses))


@pytest.mark.parametrize("name", OFFERED_SETS)
def test_each_promised_key_is_really_compared(reports: dict[str, Any], name: str) -> None:
    compared = {o.key for o in reports[name].outcomes if o.status != "not offered"}
    assert compared == OFFERED_SETS[name]


def test_issue_figures_for_sentences_and_dates(reports: dict[str, Any]) -> None:
    sentences = [o for o in reports["sentences"].outcomes if o.key == "expected"]
    assert sum(o.status == "passed" for o in sentences) >= 12 * len(sentences) / 14
    dates = reports["dates"].outcomes
    assert sum(o.status == "passed" for o in dates) >= 0.9 * len(dates)


def test_what_has_no_adapter_is_counted_and_never_passed(reports: dict[str, Any]) -> None:
    bare = {name: r for name, r in reports.items() if name not in (*OFFERED_SETS, "outlets", "place_names")}
    assert bare
    for name, report in bare.items():
        assert (report.passed, report.failed) == (0, 0), name
        assert report.not_offered >= report.cases, name
        assert report.verdict == "not offered"


def test_right_value_passes_and_wrong_value_fails(folder_of: WriteFolder, capsys: pytest.CaptureFixture) -> None:
    # 10 and 5 in a thousand each: E = 7.5, G2 = 2 (10 ln(4/3) + 5 ln(2/3)) = 1.69899…, exactly double
    right = keyness_case({"G2_two_cell": 1.6989903679539746, "log_ratio": 1.0})
    assert main([str(folder_of(golden("keyness_computed", right)))]) == 0
    wrong = keyness_case({"G2_two_cell": 1.6989903679539746, "log_ratio": 1.0001})
    assert main([str(folder_of(golden("keyness_computed", wrong)))]) == 1
    assert "keyness_computed / made / log_ratio: expected 1.0001" in capsys.readouterr().out


def test_a_key_that_is_not_offered_is_not_a_pass(folder_of: WriteFolder) -> None:
    (report,) = run_folder(folder_of(golden("keyness_computed", keyness_case({"log_ratio": 1.0, "chi2": 1.67}))))
    assert [(o.key, o.status) for o in report.outcomes] == [("log_ratio", "passed"), ("chi2", "not offered")]


def test_a_set_without_adapter_counts_every_expected_value(folder_of: WriteFolder) -> None:
    cases = [{"id": "a", "expected": {"x": 1, "inner": {"y": 2, "z": [3, 4]}}}, {"id": "b", "properties": ["…"]}]
    folder = folder_of(golden("nobody_offers_this", *cases))
    (report,) = run_folder(folder)
    assert [o.key for o in report.outcomes] == ["x", "inner.y", "inner.z", "the whole case"]
    assert report.not_offered == 4
    assert main([str(folder)]) == 0


def test_a_name_that_is_no_identifier_is_a_set_without_adapter(folder_of: WriteFolder) -> None:
    (report,) = run_folder(folder_of(golden("../harness", {"expected": 1})))
    assert report.not_offered == 1


def test_missing_keys_are_not_offered_and_do_not_stop_the_run(folder_of: WriteFolder) -> None:
    names = ["keyness_computed", "rates_and_tests", "tokens", "sentences", "dates", "quotes"]
    sets = [golden(name, {"expected": {"log_ratio": 1.0}}, {"id": "no expectation", "input": {}}) for name in names]
    for report in run_folder(folder_of(*sets)):
        assert (report.passed, report.failed, report.not_offered) == (0, 0, 2), report.name


@pytest.mark.parametrize(
    "content", ["{", "[1, 2]", '{"set": "dates"}', '{"cases": [1]}', '{"cases": {"id": 1}}', "[" * 100_000]
)
def test_broken_json_is_exit_code_two(folder_of: WriteFolder, content: str) -> None:
    assert main([str(folder_of(golden("tokens"), content))]) == 2


def test_folder_without_json_is_exit_code_two(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 2
    assert main([str(tmp_path / "nowhere")]) == 2


def test_it_runs_as_a_command(folder_of: WriteFolder, checkout: Path) -> None:
    command = [sys.executable, "-m", "tests.golden", str(folder_of(golden("tokens", {"expected_words": ["a"]})))]
    done = subprocess.run(command, cwd=checkout, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "not offered" in done.stdout


def test_the_name_of_the_set_may_come_from_the_file(tmp_path: Path) -> None:
    content = {"cases": [{"input": {"text": "No talks."}, "expected_words": ["no", "talks"]}]}
    (tmp_path / "tokens.json").write_text(json.dumps(content), encoding="utf-8")
    (report,) = run_folder(tmp_path)
    assert report.passed == 1


def test_accept_offers_other_right_answers() -> None:
    case = {"input": {"text": "No talks."}, "expected_words": ["other"], "accept": [["no", "talks"]]}
    assert run_set(golden("tokens", {"id": "1", **case})).passed == 1
    assert run_set(golden("tokens", {"id": "1", **case, "accept": []})).failed == 1


def test_a_case_that_raises_fails_unless_a_refusal_is_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus_tools.schema import CorpusError
    from tests.golden.adapters import keyness_computed

    def refuse(*args: object, **kwargs: object) -> None:
        raise CorpusError("no")

    def crash(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    case = keyness_case({"log_ratio": 1.0, "pct_diff": None, "chi2": 1.67})
    monkeypatch.setattr(keyness_computed, "keyness", refuse)
    statuses = {o.key: o.status for o in run_set(golden("keyness_computed", case)).outcomes}
    assert statuses == {"log_ratio": "failed", "pct_diff": "passed", "chi2": "not offered"}
    monkeypatch.setattr(keyness_computed, "keyness", crash)
    statuses = {o.key: o.status for o in run_set(golden("keyness_computed", case)).outcomes}
    assert statuses == {"log_ratio": "failed", "pct_diff": "failed", "chi2": "not offered"}


def test_a_sentence_set_passes_with_nine_of_ten_and_lists_the_miss() -> None:
    right = {"input": {"text": "No talks."}, "expected": ["No talks."]}
    wrong = {"input": {"text": "No talks."}, "expected": ["No", "talks."]}
    nine = run_set(golden("sentences", *({"id": str(i), **right} for i in range(9)), {"id": "miss", **wrong}))
    assert nine.ok
    assert [o.case for o in nine.outcomes if o.status == "failed"] == ["miss"]
    eight = run_set(golden("sentences", *({"id": str(i), **right} for i in range(8)), {"id": "miss", **wrong}))
    assert not eight.ok


def test_one_invented_date_fails_the_set_whatever_the_share(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.golden.adapters import dates

    answers = [*["2023-09-19T00:00:00"] * 20, "2023-01-01T00:00:00"]
    monkeypatch.setattr(dates, "ask", lambda questions, clock, zone: answers)
    given = [{"id": f"d{i}", "input": {"string": "…"}, "expected": "2023-09-19"} for i in range(20)]
    report = run_set(golden("dates", *given, {"id": "year", "input": {"string": "2023"}, "expected": None}))
    assert (report.passed, report.failed, report.ok) == (20, 1, False)
    assert "invented" in report.verdict


def test_a_missed_date_in_ten_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.golden.adapters import dates

    monkeypatch.setattr(dates, "ask", lambda questions, clock, zone: [*["2023-09-19T00:00:00"] * 9, None])
    given = [{"id": f"d{i}", "input": {"string": "…"}, "expected": "2023-09-19"} for i in range(10)]
    assert run_set(golden("dates", *given)).ok
    monkeypatch.setattr(dates, "ask", lambda questions, clock, zone: [*["2023-09-19T00:00:00"] * 7, None, None])
    assert not run_set(golden("dates", *given[:9])).ok


def test_a_date_that_moves_with_the_clock_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.golden.adapters import dates

    monkeypatch.setattr(dates, "ask", lambda questions, clock, zone: [clock])
    report = run_set(golden("dates", {"id": "d", "input": {"string": "today"}, "expected": "2024-02-29"}))
    assert not report.ok


def test_the_clocks_of_the_sub_process_really_stand_still() -> None:
    code = (
        "import datetime, sys, time; import pandas as pd; sys.path.insert(0, sys.argv[1]); import dates;"
        "dates.stop_clocks(datetime.datetime(2031, 8, 17, 23, 30));"
        "from datetime import date, datetime;"
        "nows = [date.today(), datetime.now(), datetime.utcnow(), datetime.today(), pd.Timestamp.now(),"
        "        pd.Timestamp.today(), datetime.now(datetime(2020, 1, 1).astimezone().tzinfo)];"
        "nows = [f'{n:%Y-%m-%d}' for n in nows];"
        "nows += [time.strftime('%Y-%m-%d'), time.strftime('%Y-%m-%d', time.gmtime())];"
        "assert isinstance(pd.Timestamp(0), datetime); print(*sorted(set(nows)))"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, str(ADAPTERS)]
    done = subprocess.run(command, env={"TZ": "UTC"}, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["2031-08-17"]


def test_quotes_are_judged_by_spans_and_by_what_must_stay_outside() -> None:
    text = "“We stay,” she said. “Fine,” they said."
    spans = [[1, 9], [22, 27]]
    right = {"id": "q", "input": {"text": text}, "expected": {"spans_inside_marks": spans}}
    assert run_set(golden("quotes", right)).ok
    missed = {**right, "expected": {"spans_inside_marks": spans[:1]}}
    assert not run_set(golden("quotes", missed)).ok
    free = {**right, "expected": {"spans_inside_marks": spans[:1], "either_way": ["Fine,"]}}
    assert run_set(golden("quotes", free)).ok
    forbidden = {**right, "expected": {"spans_inside_marks": spans[:1], "must_not_be_quoted": ["Fine"]}}
    assert "must not" in run_set(golden("quotes", forbidden)).verdict


def test_outlet_rules_can_fail_both_ways() -> None:
    report = run_set(
        golden(
            "outlets",
            {"id": "1", "same_after_normalisation": ["BBC", "CNN"], "needs_alias": ["bbc "]},
            {"id": "2", "different": [["RT", " rt"]]},
        )
    )
    assert (report.passed, report.failed) == (0, 3)


def test_place_names_count_apart_and_spelling_by_hyphen_is_not_offered() -> None:
    case = {"id": "1", "names": ["Old-Town", "Old Town", "New Town"], "byte_variants": ["OLD‑TOWN", "Brand New Town"]}
    statuses = {o.key: o.status for o in run_set(golden("place_names", case)).outcomes}
    assert statuses.pop("'Old-Town' apart from 'Old Town'") == "not offered"
    assert statuses.pop("'Brand New Town'") == "failed"
    assert set(statuses.values()) == {"passed"}
    assert len(statuses) == 4
    assert place_names.bytes_folded("XANKƏNDI‑\u00a0a\u0306") == "xankəndi- ă"


def test_alpha_of_a_prior_is_read_off_its_cases() -> None:
    from tests.golden.adapters.fightin_words import alpha

    table = {"term": ["a", "b", "c"], "y_target": [1, 2, 3], "y_reference": [3, 2, 0], "background": [10, 20, 5]}
    stated = {
        "flat": {"a": 0.1},
        "background": {"b": 2.0, "c": 0.5},
        "pooled": {"a": 8.0, "c": 6.0},
        "odd": {"a": 1, "b": 7},
    }
    cases = [
        {"prior": prior, "alpha_w": value, "input": {"term": term}}
        for prior, values in stated.items()
        for term, value in values.items()
    ]
    made = {"table": table, "cases": cases}
    assert alpha("flat", made).tolist() == [0.1, 0.1, 0.1]
    assert alpha("background", made).tolist() == [1.0, 2.0, 0.5]
    assert alpha("pooled", made).tolist() == [8.0, 8.0, 6.0]
    with pytest.raises(ValueError, match="odd"):
        alpha("odd", made)


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        (1.0, 1.0 + 5e-10, True),
        (1.0, 1.0 + 5e-9, False),
        ("Infinity", float("inf"), True),
        ("-Infinity", float("inf"), False),
        ("NaN", float("nan"), True),
        (None, None, True),
        (None, 0.0, False),
        (0.0, None, False),
        (0.0, float("nan"), False),
        ([0, 1.0], [0.0, 1.0], True),
        ([0, 1.0], [0.0], False),
        ("word", "word", True),
        ("word", "other", False),
        (True, 1, False),
        (1.0, "1.0", False),
    ],
)
def test_comparison(expected: object, got: object, same: bool) -> None:
    assert agrees(expected, got, DEFAULT_TOLERANCE) is same


def test_tolerances_are_found_by_key() -> None:
    stated = {"abs": 0.005, "t_abs": 0.0001, "p_rel": 1e-6, "r": 1e-3, "note": "…"}
    assert tolerance_for("t_score", stated) == {"abs": 0.0001}
    assert tolerance_for("p_chi2", stated) == {"rel": 1e-6}
    assert tolerance_for("r", stated) == {"abs": 1e-3}
    assert tolerance_for("pct_diff", stated) == {"abs": 0.005}
    assert tolerance_for("x", {}) == DEFAULT_TOLERANCE
    assert tolerance_for("x", 0.5) == {"abs": 0.5}


def test_expected_values_keep_lists_whole() -> None:
    case = {"expected": {"a": [1, 2], "b": {"c": None}}, "expected_words": ["x"], "input": {"expected": 1}}
    assert expected_values(case) == {"a": [1, 2], "b.c": None, "expected_words": ["x"]}


def test_every_shown_file_is_read(shared: Path) -> None:
    names = [g["set"] for g in read_folder(shared / "golden")]
    assert len(names) == len(set(names)) == len(list((shared / "golden").glob("*.json")))


@pytest.mark.parametrize("module", sorted(ADAPTERS.glob("*.py")), ids=lambda p: p.stem)
def test_adapters_import_only_what_a_user_has(module: Path) -> None:
    allowed = {"corpus_tools", "pandas", "numpy", *sys.stdlib_module_names}
    imported = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add("a relative import" if node.level else str(node.module).split(".")[0])
    assert imported <= allowed
