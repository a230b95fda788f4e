"""Years that books are about; any other is a slip of the pen."""

BOOK_YEARS = range(1900, 2200)
