"""What the MySQL side needs beside the models: publishing."""
