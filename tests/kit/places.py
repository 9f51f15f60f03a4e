"""Where the shipped study, the second study and the programs of the tests stand."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""
SCHEMAS = ROOT / "schemas"
DEMO = ROOT / "demo"
"""The answers of the fictional patients."""
DM_SAM = SCHEMAS / "dm-sam" / "1.0.0.json"
FEW = ROOT / "tests" / "kit" / "studies" / "few" / "schemas" / "dm-sam" / "1.0.0.json"
"""The shipped study cut to few questions, values and rules, under its own names and codes."""
SECOND_STUDY = ROOT / "tests" / "kit" / "studies" / "beehive"
"""A study as unlike the shipped one as can be: bee hives, three languages."""
HIVE = SECOND_STUDY / "schemas" / "hive" / "2.1.0.json"
PROGRAMS = ROOT / "tests" / "kit" / "programs"
"""Scripts that real programs run, and their packages."""
