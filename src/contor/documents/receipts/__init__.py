"""Till receipts: seller, address and total by what was learnt of such papers."""
