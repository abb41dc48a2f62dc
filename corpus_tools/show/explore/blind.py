"""The blind outlet on a screen: a card, a choice of newsrooms, and after the last card what gave them away."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd
from markupsafe import Markup
from scipy.stats import binom

from corpus_tools.compare.blind import blind_cards, score_guesses
from corpus_tools.compare.classification import classify_outlets
from corpus_tools.schema import CorpusError
from corpus_tools.show.explore.parts import styles
from corpus_tools.show.markup import in_sentence, missing, number, one_line, percent

_HINT = "A game with cards and choices: open the notebook in JupyterLab and run this cell."


class BlindOutlet(widgets.VBox):
    """See ``play_blind_outlet``. ``cards`` is the key, ``guesses`` what was chosen so far."""

    def __init__(self, articles: pd.DataFrame, tokens: pd.DataFrame, *, n: int, random_state: int) -> None:
        self.cards = blind_cards(articles, n=n, random_state=random_state)
        self.guesses: dict[int, str] = {}
        self._articles, self._tokens = articles, tokens
        outlets = sorted(articles["outlet"].astype("str").unique())
        self._heading, self._text, self._result = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.choice = widgets.Dropdown(
            description="Who printed this?",
            options=[("choose …", ""), *((one_line(name, longest=60), name) for name in outlets)],
        )
        self.next = widgets.Button(description="Next card")
        self.next.add_class("ct-next")
        self.next.on_click(self._guessed)
        self._text.add_class("ct-card")
        super().__init__([styles(), self._heading, self._text, self.choice, self.next, self._result])
        self.add_class("ct-explore")
        self._turn()

    def __repr__(self) -> str:
        return _HINT

    @property
    def result(self) -> pd.DataFrame:
        """What ``score_guesses`` says of the guesses so far."""
        return score_guesses(self.cards, self.guesses, self._tokens, self._terms())

    def _turn(self) -> None:
        card = self.cards.iloc[len(self.guesses)]
        self._heading.value = f"<b>Card {card['card']} of {len(self.cards)}</b>"
        self._text.value = Markup("").join(Markup("<p>{}</p>").format(part) for part in card["text"].split("\n\n"))
        self.choice.value = ""

    def _guessed(self, _: object) -> None:
        if not self.choice.value:
            self._result.value = "Choose a newsroom first; a guess is enough."
            return
        self._result.value = ""
        self.guesses[int(self.cards["card"].iloc[len(self.guesses)])] = self.choice.value
        if len(self.guesses) < len(self.cards):
            self._turn()
            return
        for part in (self._heading, self._text, self.choice, self.next):
            part.layout.display = "none"
        self._result.value = _told(self.result, self._articles["outlet"].nunique())

    def _terms(self) -> pd.DataFrame:
        """The words that set each outlet apart; none where too few events could be held out."""
        try:
            return classify_outlets(self._tokens, self._articles, shuffles=1).terms
        except CorpusError:
            return pd.DataFrame(columns=["sentences", "outlet", "rank", "term", "use"])


def _told(scored: pd.DataFrame, outlets: int) -> str:
    """The score, what chance would give, and a table of the cards."""
    right = int(scored["right"].sum())
    by_chance = float(binom.sf(right - 1, len(scored), 1 / outlets)) if right else 1.0
    words = (
        f"{right} of {number(len(scored), 'card')} right. Who guesses blindly among {outlets} newsrooms gets as many "
        f"or more in {percent(by_chance)} of games."
    )
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(head) for head in ("Card", "Newsroom", "Your guess", "Words behind it")
    )
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td><td>{} {}</td><td>{}</td></tr>').format(
            row["card"],
            in_sentence(row["outlet"]),
            "✓" if row["right"] else "✗",
            "" if missing(row["guessed"]) else in_sentence(row["guessed"]),
            one_line(row["give_aways"]) or "no word that its newsroom uses more than the others",
        )
        for row in scored.to_dict("records")
    )
    return str(
        Markup("<p><b>{}</b></p><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(words, heads, rows)
    )
