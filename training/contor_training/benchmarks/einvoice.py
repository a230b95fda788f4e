"""Figures of the e-invoice room: ``python -m contor_training.benchmarks.einvoice``.

Three questions: is every business term kept when a document is read, written and read again; are
verdicts as the official material marks them; how many documents a second does one core read, beside
the two libraries that parse such files.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from contor_training.benchmarks.einvoice_parts.material import find_material
from contor_training.benchmarks.einvoice_parts.round_trip import measure_round_trips
from contor_training.benchmarks.einvoice_parts.speed import measure_speed
from contor_training.benchmarks.einvoice_parts.verdicts import measure_verdicts

_SHARED = Path(__file__).resolve().parents[4] / "shared"


def main() -> None:
    """Print the table; ``--json`` writes the same figures to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=_SHARED, help="where the corpora lie")
    parser.add_argument("--json", type=Path, default=None, help="write the figures here too")
    options = parser.parse_args()
    corpus = options.shared / "corpus"
    if not corpus.is_dir():
        print(f"No reference material at {corpus}: nothing measured. Name it with --shared.")
        return
    material = find_material(corpus)
    rows = [
        *measure_round_trips(material),
        *measure_verdicts(corpus, material),
        *measure_speed(material),
    ]
    print(f"{'on':34} {'measure':42} {'reached':>22}  to reach")
    for row in rows:
        print(f"{row.on:34} {row.measure:42} {row.reached:>22}  {row.goal}")
        for note in row.notes:
            print(f"    {note}")
    if options.json:
        options.json.write_text(json.dumps([row.as_record() for row in rows], indent=1))


if __name__ == "__main__":
    main()
