"""Draw the house styles: which labels each article of the teaching corpus was asked to use in its own words.

`python data/karabakh/truth/draw.py` prints them; `draws.csv` holds them as they were when the articles were written.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

SEED = 20230305
HERE = Path(__file__).resolve().parent


def read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def draw_labels() -> list[tuple[str, str, int, str]]:
    """Article, slot, number of the draw, label: independent draws from the probabilities of the outlet."""
    chance = random.Random(SEED)
    styles: dict[tuple[str, str], dict[str, float]] = {}
    for row in read("house_styles.csv"):
        styles.setdefault((row["outlet"], row["slot"]), {})[row["label"]] = float(row["probability"])
    slots: dict[str, list[tuple[str, int, float]]] = {}
    for row in read("slots_by_event.csv"):
        slots.setdefault(row["event"], []).append((row["slot"], int(row["draws"]), float(row["chance"])))
    drawn = []
    for article in read("plan.csv"):
        for slot, times, probability in slots[article["event"]]:
            if chance.random() >= probability:
                continue
            labels = styles[article["outlet"], slot]
            for number, label in enumerate(chance.choices(list(labels), list(labels.values()), k=times), start=1):
                drawn.append((article["article_id"], slot, number, label))
    return drawn


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("article_id", "slot", "draw", "label"))
    writer.writerows(draw_labels())
