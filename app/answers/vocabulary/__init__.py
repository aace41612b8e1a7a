"""The words of questions: what each phrase does in a sentence, and what the data does not hold."""
