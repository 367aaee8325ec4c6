/** What the lab "docker" has around Docker: Compose, Docker's Python library, Podman and Kubernetes manifests. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LabBench, type Learner } from './support.ts';

/** A page that counts its visits in a database, as Compose starts the two. */
const PROJECT = `mkdir -p ~/visits && cd ~/visits
cat >docker-compose.yml <<'END'
services:
  web:
    build: .
    ports: ['8000:8000']
    depends_on: [cache]
  cache:
    image: redis:7
END
cat >Dockerfile <<'END'
FROM python:3.11-slim
COPY app.py .
CMD ["python", "app.py"]
END
cat >app.py <<'END'
import socket
from http.server import BaseHTTPRequestHandler, HTTPServer


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        with socket.create_connection(("cache", 6379)) as cache:
            cache.sendall(b"INCR visits\\r\\n")
            count = cache.recv(50).decode().strip(":\\r\\n")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"visit {count}\\n".encode())


HTTPServer(("", 8000), Page).serve_forever()
END`;

const POD = `mkdir -p ~/pod && cd ~/pod && cat >pod.yaml <<'END'
apiVersion: v1
kind: Pod
metadata:
  name: site
spec:
  containers:
    - name: web
      image: docker.io/library/nginx:latest
      ports:
        - containerPort: 80
          hostPort: 8085
END`;

/** A small application with its requirements, as courses dockerize it. */
const WEB = `mkdir -p ~/web && cd ~/web
printf 'flask\\ngunicorn\\nrequests\\n' >requirements.txt
cat >app.py <<'END'
from flask import Flask

app = Flask(__name__)


@app.get("/")
def page():
    return "served by Flask\\n"
END
cat >Dockerfile <<'END'
FROM python:3.11-slim
WORKDIR /srv
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY app.py .
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]
END`;

const VISIT = 'curl -s --retry 20 --retry-all-errors --retry-delay 1 localhost:8000';

let bench: LabBench;
let learner: Learner;

before(async () => {
  bench = await LabBench.open('docker');
  learner = await bench.learner();
});

after(() => bench.close());

test('both spellings of Compose start and end a project', async () => {
  await learner.ok(PROJECT);
  await learner.ok('cd ~/visits && docker compose up -d');
  assert.match(await learner.ok(VISIT), /visit \d/);
  assert.match(await learner.ok('cd ~/visits && docker-compose ps'), /visits_web_1 .* Up/);
  await learner.ok('cd ~/visits && docker-compose down -t 1 && docker-compose up -d');
  assert.match(await learner.ok(VISIT), /visit \d/);
  await learner.ok('cd ~/visits && docker compose down -t 1');
  assert.equal(await learner.ok('docker ps --all --quiet'), '');
});

test('Docker’s Python library starts a container', async () => {
  const program = `import docker
client = docker.from_env()
print(client.containers.run("python:3.11-slim", ["python", "-c", "print(6 * 7)"], remove=True).decode(), end="")`;
  assert.equal(await learner.ok(`python3 -c '${program}'`), '42\n');
});

test('Podman runs the same images, and a manifest of Kubernetes with its published port', async () => {
  assert.equal(await learner.ok('podman run --rm python:3.11-slim python -c "print(6 * 7)"'), '42\n');
  await learner.ok(WEB);
  await learner.ok('podman build -t web ~/web');
  assert.match(await learner.ok('podman run --rm web flask --version'), /Flask 2\./);
  await learner.ok(POD);
  await learner.ok('podman play kube ~/pod/pod.yaml');
  const page = await learner.ok('curl -s --retry 20 --retry-all-errors --retry-delay 1 localhost:8085');
  assert.match(page, /Welcome to nginx!/);
  await learner.ok('podman play kube --down ~/pod/pod.yaml');
  assert.equal(await learner.ok('podman ps --all --quiet'), '');
});

test('kubectl writes a manifest', async () => {
  const manifest = await learner.ok(
    'kubectl create deployment site --image=nginx --dry-run=client --output=yaml',
  );
  assert.match(manifest, /kind: Deployment/);
});

test('programs find the sandbox under the name localhost', async () => {
  const program = 'import socket; print(socket.gethostbyname("localhost"))';
  assert.equal(await learner.ok(`python3 -c '${program}'`), '127.0.0.1\n');
});

test('virtual environments are made with either tool', async () => {
  await learner.ok('virtualenv ~/first && ~/first/bin/python -c "import pip"');
  await learner.ok('python3 -m venv ~/second && ~/second/bin/python -c "import pip"');
});

test('pip installs into an image without the internet, and the application serves its page', async () => {
  await learner.ok(WEB);
  await learner.ok('docker build -t web ~/web && docker run -d --name web -p 8000:8000 web');
  assert.equal(await learner.ok(VISIT), 'served by Flask\n');
  assert.equal(await learner.ok('docker run --rm web pip check'), 'No broken requirements found.\n');
  await learner.ok('docker rm -f web');
});

test('pip installs into an environment what courses use, pages and all', async () => {
  const wanted = 'django djangorestframework flask gunicorn redis requests docker';
  await learner.ok(`python3 -m venv ~/third && ~/third/bin/pip install ${wanted}`);
  assert.equal(await learner.ok('~/third/bin/pip check'), 'No broken requirements found.\n');
  await learner.ok('~/third/bin/python -c "import flask, gunicorn, redis, requests, docker"');
  const site = 'cd /tmp && ~/third/bin/django-admin startproject shop && cd shop';
  await learner.ok(`${site} && echo 'INSTALLED_APPS += ["rest_framework"]' >>shop/settings.py`);
  assert.match(await learner.ok('cd /tmp/shop && ~/third/bin/python manage.py migrate'), /auth.* OK/);
  const looks = ['admin/js/vendor/jquery/jquery.js', 'rest_framework/css/bootstrap.min.css'];
  await learner.ok(`cd /tmp/shop && ~/third/bin/python manage.py findstatic ${looks.join(' ')}`);
  const missing = await learner.run('~/third/bin/pip install no-such-package');
  assert.match(missing.stderr, /No matching distribution found for no-such-package/);
});

test('the images say what they are', async () => {
  const label = '{{index .Config.Labels "org.opencontainers.image.description"}}';
  assert.match(
    await learner.ok(`docker image inspect -f '${label}' python:3.11-slim`),
    /made from Debian 12 packages/,
  );
});
