"""What only pictures of pages need: type size, worn figures, check digits, hidden codes."""
