"""How does the whole program run on one machine, for development, demo and tests? Production uses docker-compose.yml."""
