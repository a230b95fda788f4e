"""Builds the compact postcode table of the parties room from GeoNames' postcode files.

Input: a CSV with the columns country_code, zipcode, place, province (GeoNames, CC BY 4.0). Output:
a gzip text, one line ``CC postcode<TAB>place|place``, country and postcode left out where they
repeat the line above up to a shared start.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from pathlib import Path

from contor.parties.names import fold


def table_of(rows: list[dict[str, str]]) -> str:
    """The table's text: countries, postcodes and folded places in order."""
    places: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        postcode = "".join(c for c in row["zipcode"].upper() if c.isalnum())
        postcode = postcode.removeprefix("L") if row["country_code"] == "LU" else postcode
        entry = places.setdefault((row["country_code"], postcode), {})
        for name in (row["place"], row.get("province", "") if row["country_code"] == "IT" else ""):
            if name and fold(name):
                entry[fold(name)] = None
    lines, country = [], ""
    for (code, postcode), names in sorted(places.items()):
        if code != country:
            lines.append(f"#{code}")
            country = code
        lines.append(f"{postcode}\t{'|'.join(names)}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the CSV named, write the table named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    with gzip.open(options.source, "rt", encoding="utf-8", newline="") as stream:
        text = table_of(list(csv.DictReader(stream)))
    with (
        options.target.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, fileobj=raw, mtime=0) as packed,
    ):
        packed.write(text.encode())


if __name__ == "__main__":
    main()
