"""Prints the URL of a PostgreSQL server on this machine that lets us create a database, or fails.

The order: `TEST_DATABASE_URL`, then the local socket and 127.0.0.1:5432 as postgres and as the user who asks.
"""

import getpass
import os
import sys

import environ
import psycopg

# Where Debian and where the others put the socket.
SOCKETS = ("/var/run/postgresql", "/tmp")
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


def candidates() -> list[str]:
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return [given]
    users = dict.fromkeys(["postgres", getpass.getuser()])
    hosts = ["127.0.0.1:5432/", *(f"/{socket}/" for socket in SOCKETS if os.path.isdir(socket))]
    return [f"postgres://{user}@{host}postgres" for host in hosts for user in users]


def lets_us_create(url: str) -> bool:
    config = environ.Env.db_url_config(url)
    try:
        with psycopg.connect(
            dbname=config["NAME"],
            user=config["USER"] or None,
            password=config["PASSWORD"] or None,
            host=config["HOST"] or None,
            port=config["PORT"] or None,
            connect_timeout=3,
        ) as connection:
            row = connection.execute(MAY_CREATE).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


if __name__ == "__main__":
    found = next((url for url in candidates() if lets_us_create(url)), None)
    if found is None:
        sys.exit(1)
    sys.stdout.write(found + "\n")
