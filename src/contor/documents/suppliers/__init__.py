"""What is remembered of suppliers met before: keys, layouts, spellings."""
