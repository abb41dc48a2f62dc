"""Compare what the package offers with the golden files of a folder.

Exit code 0 when every set passes, 1 when one fails, 2 for a folder that cannot be run.
"""

import argparse
import sys
from pathlib import Path

from tests.golden.harness import FAILED, BrokenFolderError, Report, run_folder


def table(reports: list[Report]) -> str:
    rows = [("set", "cases", "passed", "failed", "not offered", "verdict")]
    rows += [(r.name, str(r.cases), str(r.passed), str(r.failed), str(r.not_offered), r.verdict) for r in reports]
    sums = [sum(int(row[i]) for row in rows[1:]) for i in range(1, 5)]
    rows.append(("all sets", *map(str, sums), ""))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    lines = []
    for name, *numbers, verdict in rows:
        cells = [name.ljust(widths[0]), *(n.rjust(w) for n, w in zip(numbers, widths[1:], strict=True)), verdict]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "-" * len(lines[0]))
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    try:
        reports = run_folder(folder)
    except BrokenFolderError as fault:
        print(fault, file=sys.stderr)
        return 2
    print(table(reports))
    misses = [(r.name, o) for r in reports for o in r.outcomes if o.status == FAILED]
    if misses:
        print(f"\n{len(misses)} values that do not agree:")
        for name, outcome in misses:
            print(f"  {name} / {outcome.case} / {outcome.key}: {outcome.detail}")
    return int(any(not r.ok for r in reports))


if __name__ == "__main__":
    sys.exit(main())
