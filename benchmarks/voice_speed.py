"""How fast are voices found? Beside nupunkt's sentence splitter on the same texts in the same run.

python benchmarks/voice_speed.py

The texts are the teaching corpus, over and over. The peer only splits sentences, one of the steps of finding voices:
the ratio says what the rules cost on top.
"""

from __future__ import annotations

import time

import nupunkt

import corpus_tools as ct
from corpus_tools.prepare.voices.reported import voices_of

MARKS = ("“", "”", '"', "'", "‘", "«", "''")
MEGABYTES = (1.25, 2.5, 5, 10)


def seconds(text: str) -> float:
    start = time.process_time()
    voices_of(text)
    return time.process_time() - start


def main() -> None:
    """Prints all figures."""
    texts = ct.read_articles("karabakh")["text"].tolist()
    whole = "\n\n".join(texts)
    longer = ["\n\n".join(texts[i : i + 3]) for i in range(0, len(texts), 3)]
    words = sum(len(ct.split_words(text)) for text in longer)
    voices_of(whole)
    taken = sum(seconds(text) for text in longer)
    start = time.process_time()
    for text in longer:
        list(nupunkt.sent_spans(text))
    peer = time.process_time() - start
    print(f"{words / 800 / taken:.0f} articles of 800 words a second; {taken / peer:.1f} times the splitter's time")
    before = None
    for size in MEGABYTES:
        text = (whole * (int(size * 1e6 / len(whole)) + 1))[: int(size * 1e6)]
        now = seconds(text)
        print(f"{size} MB: {now:.1f} s" + (f", {now / before:.2f} times the half" if before else ""))
        before = now
    for mark in MARKS:
        print(f"200,000 unpaired {mark}: {seconds((mark + 'a ') * 200_000):.2f} s")


if __name__ == "__main__":
    main()
