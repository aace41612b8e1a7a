"""Who is it, and may they? Passwords, second factors, sessions and roles."""
