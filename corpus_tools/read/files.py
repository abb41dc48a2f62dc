"""One file → its records, by its ending; what cannot be decoded is found out here."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from corpus_tools.read.records import UNDECODED, Problems, Record
from corpus_tools.read.tables import header_names, read_csv, read_jsonl
from corpus_tools.read.texts import read_markdown, read_text
from corpus_tools.schema import CorpusError

_BINARY_STARTS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"PAR1",
)
_READERS = {
    ".txt": read_text,
    ".md": read_markdown,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}
ENDINGS = tuple(_READERS)


def read_file(path: Path, name: str, encoding: str, problems: Problems) -> list[Record]:
    """The records of one file, by its ending."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        problems.add(name, None, "kind of file", path.suffix, "read are .txt, .md, .csv, .tsv and .jsonl", kept=False)
        return []
    data = path.read_bytes()
    single = reader in (read_text, read_markdown)
    if data.startswith(_BINARY_STARTS) or (
        single and b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        problems.add(name, None, "not a text file", data[:8], "the content is binary; convert it to text", kept=False)
        return []
    text = decode(data, encoding)
    encoding = _marked(data) or encoding
    if single and (bad := UNDECODED.search(text)):
        text = _cut_tail(text, data, bad, name, problems)
        if not text:
            problems.add(name, None, *_bad_byte(data, encoding), kept=False)
            return []
    return reader(text.replace("\r\n", "\n").replace("\r", "\n") if single else text, name, encoding, problems)


def read_header(path: Path, encoding: str) -> list[str]:
    """The names of a table's columns, in small letters; none where they cannot be read."""
    data = path.read_bytes()
    return [] if data.startswith(_BINARY_STARTS) else header_names(decode(data, encoding))


def _marked(data: bytes) -> str:
    """The encoding that the mark at the start of a file names."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-8" if data.startswith(b"\xef\xbb\xbf") else ""


def _refuse(error: UnicodeError) -> tuple[str, int]:
    """`surrogateescape` that also takes small bytes, such as the odd one at the end of UTF-16."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + max(byte, 0x80)) for byte in bad), error.end


codecs.register_error("corpus_tools.refuse", _refuse)


def decode(data: bytes, encoding: str) -> str:
    """Text of the bytes; a byte that the encoding does not allow becomes a lone surrogate, to be refused by row."""
    encoding = _marked(data) or encoding
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode(encoding, errors="corpus_tools.refuse")
    except LookupError:
        raise CorpusError(
            f"There is no encoding {encoding!r}; common ones are 'utf-8', 'cp1252' and 'cp1251'."
        ) from None


def _bad_byte(data: bytes, encoding: str) -> tuple[str, str, str]:
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        value = data[max(error.start - 12, 0) : error.start + 4]
        hint = f"byte {error.start} is not {encoding}; name the file's own, as in encoding='cp1252'"
        return "encoding", repr(value), hint
    return "encoding", "", f"the file is not {encoding}; name its own, as in encoding='cp1252'"


def _cut_tail(text: str, data: bytes, bad: re.Match[str], name: str, problems: Problems) -> str:
    """A file cut off inside its last character keeps all that came before."""
    tail = text[bad.start() :]
    if len(tail) > 3 or not all("\udc80" <= c <= "\udcff" for c in tail) or not bad.start():
        return ""
    hint = f"the file ends inside a character at byte {len(data) - len(tail)}; the text before it was kept"
    problems.add(name, None, "file cut off", data[-len(tail) :], hint, kept=True)
    return text[: bad.start()]
