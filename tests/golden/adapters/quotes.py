"""Direct quotations: exact spans, F1 of .90 over the set, and nothing quoted that must not be."""

from collections.abc import Iterator

from corpus_tools import voice_spans

OFFERED = frozenset({"quotes", "spans_inside_marks", "must_not_be_quoted"})
FREE = frozenset({"either_way"})
REQUIRED = 0.9
Span = tuple[int, int]


def offered(case: dict, golden: dict) -> dict:
    if not _has_text(case):
        return {}
    text = case["input"]["text"]
    found = _counted(case)
    return {
        "quotes": [text[a:b] for a, b in found],
        "spans_inside_marks": [list(span) for span in found],
        "must_not_be_quoted": sorted(_quoted_wrongly(case)),
    }


def agree(key: str, expected: list, got: list, case: dict) -> bool:
    if key == "must_not_be_quoted":
        return not got
    if key == "spans_inside_marks":
        return got == [list(span) for span in _expected(case)]
    return got == [quote.strip() for quote in expected]


def verdict(golden: dict, outcomes: list) -> str:
    quoted = [o.case for o in outcomes if o.key == "must_not_be_quoted" and o.status == "failed"]
    if quoted:
        return f"quoted what must not be in {', '.join(quoted)}"
    cases = [case for case in golden["cases"] if _has_text(case) and _states_quotes(case)]
    pairs = [(set(_expected(case)), set(_counted(case))) for case in cases]
    right = sum(len(wanted & found) for wanted, found in pairs)
    stated = sum(len(wanted) + len(found) for wanted, found in pairs)
    f1 = 2 * right / stated if stated else 1.0
    return f"F1 {f1:.3f}, {REQUIRED} required" if f1 < REQUIRED else ""


def _has_text(case: dict) -> bool:
    return isinstance((case.get("input") or {}).get("text"), str)


def _states_quotes(case: dict) -> bool:
    return bool({"quotes", "spans_inside_marks"} & (case.get("expected") or {}).keys())


def _trimmed(text: str, span: Span) -> Span:
    inside = text[span[0] : span[1]]
    return span[0] + len(inside) - len(inside.lstrip()), span[1] - len(inside) + len(inside.rstrip())


def _expected(case: dict) -> list[Span]:
    text, stated = case["input"]["text"], case["expected"]
    if "spans_inside_marks" in stated:
        return [_trimmed(text, (a, b)) for a, b in stated["spans_inside_marks"]]
    spans, at = [], 0
    for quote in stated.get("quotes", []):
        at = text.index(quote, at)
        spans.append(_trimmed(text, (at, at + len(quote))))
        at += len(quote)
    return spans


def _found(case: dict) -> list[Span]:
    text = case["input"]["text"]
    spans = voice_spans(text)
    quoted = spans.loc[spans["voice"] == "quoted", ["start", "end"]]
    trimmed = (_trimmed(text, (int(a), int(b))) for a, b in quoted.itertuples(index=False))
    return [span for span in trimmed if span[0] < span[1]]


def _counted(case: dict) -> list[Span]:
    """The spans found, without those that the set leaves free."""
    text = case["input"]["text"]
    free = [span for item in case["expected"].get("either_way") or [] for span in _places(text, item)]
    return [s for s in _found(case) if not any(a <= s[0] and s[1] <= b for a, b in free)]


def _quoted_wrongly(case: dict) -> set[str]:
    text, right = case["input"]["text"], _expected(case)
    wrong = set()
    for item in case["expected"].get("must_not_be_quoted") or []:
        for a, b in _places(text, item):
            allowed = any(s <= a and b <= e for s, e in right)
            if not allowed and any(s <= a and b <= e for s, e in _found(case)):
                wrong.add(item)
    return wrong


def _places(text: str, item: str) -> Iterator[Span]:
    at = text.find(item)
    while at >= 0:
        yield at, at + len(item)
        at = text.find(item, at + 1)
