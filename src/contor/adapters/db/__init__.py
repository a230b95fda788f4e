"""The store on SQLAlchemy 2: SQLite when embedded, PostgreSQL for several users or machines."""
