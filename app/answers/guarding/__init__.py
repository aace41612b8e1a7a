"""The parts of the guard: what is on its lists, how tables may meet, how a statement is made anew."""
