"""Which column of the data is meant by which name of the design?"""

from __future__ import annotations

SYNONYMS = {
    "article_id": ("article_id", "id", "doc_id", "docid", "article id", "articleid", "uid"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "newsroom", "publication", "source_name", "media"),
    "date": ("date", "published", "publication_date", "publish_date", "pub_date", "published_at", "datetime"),
    "title": ("title", "headline", "heading"),
    "text": ("text", "content", "body", "article", "article_text", "full_text", "fulltext", "maintext"),
}


def match_columns(names: list[str]) -> dict[str, str]:
    """Names of the design for the names found: the most exact synonym wins, every other column keeps its name."""
    folded = {" ".join(n.split()).casefold(): n for n in reversed(names)}
    matched = {}
    for wanted, synonyms in SYNONYMS.items():
        found = next((folded[s] for s in synonyms if s in folded), None)
        if found is not None:
            matched[found] = wanted
    return matched


def stands_for(name: str, *wanted: str) -> bool:
    """Is this column name a synonym of one of the wanted ones?"""
    return any(name.strip().casefold() in SYNONYMS[w] for w in wanted)
