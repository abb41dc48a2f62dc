"""After installation nothing needs the network: the twelve lines of the design, with sockets blocked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NO_NETWORK = """
import socket

class Blocked(socket.socket):
    def __init__(self, *args, **kwargs):
        raise OSError("the network was used")

def blocked(*args, **kwargs):
    raise OSError("the network was used")

socket.socket = Blocked
for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname", "socketpair"):
    setattr(socket, name, blocked)
"""

BLOCK_WORKS = """
import urllib.request
try:
    urllib.request.urlopen("http://127.0.0.1:9")
except OSError as fault:
    print("network was used" in str(fault))
"""

TWELVE_LINES = """
import matplotlib
matplotlib.use("Agg")
import corpus_tools as ct

articles = ct.read_sample("strike")
voices   = ct.find_voices(articles)
tokens   = ct.tokenize(articles, voices)
lexicon  = ct.read_lexicon("strike")
hits     = ct.find_hits(tokens, lexicon)
people   = hits[hits["slot"] == ct.main_slot(hits, lexicon)]
shares   = ct.framing_shares(people, articles, by=["outlet", "voice"])
axes     = ct.plot_framing_shares(shares)
lines    = ct.kwic(articles, people, row=shares.loc[0])
sizes    = articles["outlet"].value_counts()
label    = people["label"].value_counts().index[0]
contrast = ct.framing_contrast(people, articles, label=label, target=sizes.index[0], reference=sizes.index[1])
page     = ct.show_article(articles, voices, people, article_id=people["article_id"].iloc[0])

print(len(articles), articles["outlet"].nunique(), len(lines) == shares.loc[0, "hits"], len(contrast), axes is not None)
print(sizes.tolist(), page is not None, ct.describe(shares) != "", contrast["p"].notna().all())
"""


def run(code: str, tmp_path: Path) -> list[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", NO_NETWORK + code],
        cwd=tmp_path,
        env={**environment, "MPLCONFIGDIR": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_block_is_one(tmp_path: Path) -> None:
    assert run(BLOCK_WORKS, tmp_path) == ["True"]


def test_the_whole_thread_runs_without_the_network(tmp_path: Path) -> None:
    first, second = run(TWELVE_LINES, tmp_path)
    assert first == "14 3 True 1 True"
    assert second == "[7, 6, 1] True True True"
