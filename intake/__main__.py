"""Run the command line as ``python -m intake``."""

from __future__ import annotations

from intake.cli.main import main

if __name__ == "__main__":
    main()
