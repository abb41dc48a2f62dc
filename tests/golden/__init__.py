"""Reference values from outside this project, run through one adapter per set: ``python -m tests.golden FOLDER``.

A golden file is one JSON object with ``set``, ``definitions`` and ``cases``. An adapter is a module of
``tests.golden.adapters`` with the name of the set; it imports only corpus_tools, pandas, numpy and the standard
library, and has

- ``OFFERED``: the keys of expected values that the package offers; in a case that raises, these fail and the other keys
  are not offered;
- ``offered(case, context)``: our value for each key that this case lets us compute.

Only where a set has rules of its own, its adapter has also

- ``prepare(golden)``: its result is the context of the other calls, in place of the golden object itself;
- ``FREE``: keys that state no expectation;
- ``agree(key, expected, got, case)``: whether a value counts as equal;
- ``rules(case, context)``: yields ``(key, holds, detail)``, where None for ``holds`` means not offered;
- ``verdict(context, outcomes)``: why the set as a whole fails, or an empty string.
"""

from tests.golden.harness import BrokenFolderError, Outcome, Report, read_folder, run_folder, run_set

__all__ = ["BrokenFolderError", "Outcome", "Report", "read_folder", "run_folder", "run_set"]
