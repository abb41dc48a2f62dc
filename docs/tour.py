"""Draws the picture of the README: python docs/tour.py"""

from pathlib import Path

import corpus_tools as ct

articles = ct.read_sample("strike")
hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
shares = ct.framing_shares(hits[hits["slot"] == "the stoppage"], articles, by=["outlet", "voice"])
commonest = shares[shares["label"].isin(["strike", "disruption", "walkout"])]
axes = ct.plot_framing_shares(commonest, footnote=ct.corpus_note(articles))
axes.figure.savefig(Path(__file__).with_name("tour.png"), dpi=160)
