"""What the workflows need from the world, as protocols; adapters answer them."""
