"""A handout in Markdown → a page that prints on one sheet of A4, with room to write in."""

from __future__ import annotations

import mistune
from markupsafe import Markup

from corpus_tools.show.markup import TEMPLATES, templates
from corpus_tools.show.policy import with_policy
from corpus_tools.show.style import css_variables

_TO_HTML = mistune.create_markdown(escape=True, plugins=["table"])


def handout_page(text: str) -> str:
    """How is a handout printed by someone who has a browser and nothing else?

    Parameters
    ----------
    text : str
        Markdown whose first line is the heading; HTML in it is shown as it is written.

    Returns
    -------
    str
        A whole page with its own style, which may neither run nor fetch anything.

    Examples
    --------
    >>> page = handout_page("# Words\\n\\n| mine | yours |\\n|---|---|\\n| | |\\n")
    >>> "<title>Words</title>" in page, "<td></td>" in page, "default-src 'none'" in page
    (True, True, True)
    """
    title = text.lstrip().splitlines()[0].lstrip("# ") if text.strip() else "Handout"
    css = "\n".join([css_variables(":root"), (TEMPLATES / "handout.css").read_text(encoding="utf-8")])
    words = Markup(str(_TO_HTML(text)).replace("<th></th>", "<td></td>"))
    return with_policy(
        templates().get_template("handout_page.html.j2").render(title=title, css=Markup(css), words=words)
    )
