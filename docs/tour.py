"""Draws the picture of the README: python docs/tour.py"""

from pathlib import Path

import corpus_tools as ct

articles = ct.read_sample("karabakh")
hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("karabakh"))
own_words = hits[(hits["slot"] == "halt of traffic on the road") & (hits["voice"] == "narrator")]
shares = ct.framing_shares(own_words, articles, by="outlet")
commonest = shares[shares["label"].isin(["blockade", "protest", "closure"])]
axes = ct.plot_framing_shares(commonest, footnote=f"the outlets' own words only\n{ct.corpus_note(articles)}")
axes.figure.savefig(Path(__file__).with_name("tour.png"), dpi=160)
