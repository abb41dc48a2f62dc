"""What a page may do: a Content-Security-Policy that lets nothing run, load or be sent but what is written in it."""

from __future__ import annotations

import base64
import hashlib
import re

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLED = re.compile(r"<[a-zA-Z][^<>]* style=")
PLACE = "@policy@"


def with_policy(page: str) -> str:
    """The page with its policy in place of the mark that its template leaves.

    Style sheets and scripts are named by their hashes, so that no other one counts. The attribute ``style`` is allowed
    only where a page has some: charts and the strip of an article need it for colours and places. It can colour and
    move, but neither fetch (there is no address to fetch from) nor run.

    Parameters
    ----------
    page : str
        HTML in which every ``style`` and ``script`` element is the package's own; all else was escaped or left out.

    Examples
    --------
    >>> with_policy('<meta content="@policy@"><p>1</p>')
    '<meta content="default-src \\'none\\'; img-src data:; base-uri \\'none\\'; form-action \\'none\\'"><p>1</p>'
    """
    parts = ["default-src 'none'"]
    if styles := _hashes(_STYLE.findall(page)):
        parts.append(f"style-src {styles}")
    if _STYLED.search(page):
        parts.append("style-src-attr 'unsafe-inline'")
    if scripts := _hashes(_SCRIPT.findall(page)):
        parts.append(f"script-src {scripts}")
    parts += ["img-src data:", "base-uri 'none'", "form-action 'none'"]
    return page.replace(PLACE, "; ".join(parts), 1)


def _hashes(texts: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in dict.fromkeys(texts))
    return " ".join(f"'sha256-{digest}'" for digest in digests)
