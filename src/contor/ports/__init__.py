"""What the workflows need from the world, as protocols; adapters answer them.

One module per topic: documents (reading pages), einvoice (official rules), store (the books),
assignment (models on the shelf), delivery (mail and archive).
"""
