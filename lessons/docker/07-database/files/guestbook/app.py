"""A guestbook that counts its visits in Redis."""
import os

import redis
from flask import Flask

host = os.environ.get("REDIS_HOST", "localhost")
store = redis.Redis(host=host, socket_timeout=2)
app = Flask(__name__)


@app.route("/")
def visit():
    return f"You are visitor {store.incr('book:visits')}.\n"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000)
