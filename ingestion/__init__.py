"""From the transactional databases to MySQL staging, by dlt."""
