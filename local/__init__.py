"""The private servers of a development machine: PostgreSQL, MariaDB and Prefect on loopback ports."""
