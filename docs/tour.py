"""Draws the picture of the README: python docs/tour.py"""

from pathlib import Path

import corpus_tools as ct

articles = ct.read_sample("strike")
hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
stoppage = hits[(hits["slot"] == "the stoppage") & hits["label"].isin(["strike", "disruption", "walkout"])]
shares = ct.framing_shares(stoppage, articles, by=["outlet", "voice"])
axes = ct.plot_framing_shares(shares, footnote=ct.corpus_note(articles))
axes.figure.savefig(Path(__file__).with_name("tour.png"), dpi=160)
