"""A notice board with one notice."""
from flask import Flask

app = Flask(__name__)


@app.route("/")
def board():
    return "Lost: one anchor. Please return to berth 7.\n"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000)
