"""What can go wrong with the private servers, said in one sentence with a remedy."""


class ServerError(RuntimeError):
    """A private server cannot be installed, started, reached or stopped; the message names cause and remedy."""
