"""A page that counts its visits in Redis, a small database. /ping answers without counting."""
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

import redis

cache = redis.Redis(host=os.environ.get("CACHE", "cache"))


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        text = f"pong {cache.ping()}" if self.path == "/ping" else f"visit {cache.incr('visits')}"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{text}\n".encode())


HTTPServer(("", 8000), Page).serve_forever()
