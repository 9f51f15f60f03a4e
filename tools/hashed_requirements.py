"""Turn pip's report of what it would install into requirements with the hash of each file.

The hashes are those of the files for this Python and this system: one list for each.
Reads the report on standard input, writes the requirements on standard output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

OURSELVES = "crf-intake"


def requirements(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield one line a package, in order of name."""
    found = {each["metadata"]["name"].lower(): each for each in report["install"]}
    for name in sorted(found.keys() - {OURSELVES}):
        digest = found[name]["download_info"]["archive_info"]["hashes"]["sha256"]
        yield f"{name}=={found[name]['metadata']['version']} --hash=sha256:{digest}\n"


if __name__ == "__main__":
    sys.stdout.writelines(requirements(json.load(sys.stdin)))
