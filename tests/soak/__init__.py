"""A tester that attacks: random histories of a source against a pipeline that is killed, cut off and restarted."""
