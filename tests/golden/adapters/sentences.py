"""Sentences of a text: nine cases of ten exact, no text lost in any, as the set states."""

from collections.abc import Iterator

from corpus_tools import split_sentences

OFFERED = frozenset({"expected"})
REQUIRED = 0.9


def offered(case: dict, golden: dict) -> dict:
    text = _text(case)
    if text is None:
        return {}
    spans = split_sentences(text)
    return {"expected": [text[start:end].strip() for start, end in zip(spans["start"], spans["end"], strict=True)]}


def rules(case: dict, golden: dict) -> Iterator[tuple[str, bool, str]]:
    text = _text(case)
    if text is None:
        return
    spans = split_sentences(text)
    edges = [0, *spans[["start", "end"]].to_numpy().ravel().tolist(), len(text)]
    between = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    whole = edges == sorted(edges) and not "".join(between).strip()
    yield "no text lost", whole, f"spans {edges[1:-1]} leave {between}"


def verdict(golden: dict, outcomes: list) -> str:
    lost = [o.case for o in outcomes if o.key == "no text lost" and o.status == "failed"]
    raised = [o.case for o in outcomes if o.status == "failed" and "raised" in o.detail]
    exact = [o.status == "passed" for o in outcomes if o.key == "expected"]
    if lost or raised:
        return f"text lost or crash in {', '.join(lost + raised)}"
    if exact and sum(exact) < REQUIRED * len(exact):
        return f"{sum(exact)} of {len(exact)} cases exact, {REQUIRED:.0%} required"
    return ""


def _text(case: dict) -> str | None:
    return (case.get("input") or {}).get("text")
