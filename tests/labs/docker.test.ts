/** The lab "docker" on the real engine: each of two learners side by side has a Docker of their own. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LabBench, type Learner } from './support.ts';

/** Milliseconds in which a dockerd that was killed is back, on a machine that is busy with other tests. */
const BACK_MS = 30_000;

/** The seed's files: a program, and how it becomes an image. */
const APP = `mkdir -p ~/app && cd ~/app
cat >app.py <<'END'
# app.py
print("Hello from Dockerized Python!")
END
cat >Dockerfile <<'END'
FROM python:3.11-slim
WORKDIR /app
COPY app.py /app
CMD ["python", "app.py"]
END`;

let bench: LabBench;
let one: Learner;
let two: Learner;

before(async () => {
  bench = await LabBench.open('docker');
  [one, two] = await Promise.all([bench.learner(), bench.learner()]);
});

after(() => bench.close());

test('a program becomes an image and runs as a container, typed into the terminal', async () => {
  await Promise.all([one.ok(APP), two.ok(APP)]);
  const [mine, theirs] = await Promise.all([one.typist(), two.typist()]);
  await mine.type('cd app');
  assert.match(
    await mine.type('docker build -t python-docker-app .'),
    /naming to docker\.io\/library\/python-docker-app/,
  );
  assert.equal(await mine.type('docker run python-docker-app'), 'Hello from Dockerized Python!');
  await theirs.type('cd app');
  assert.match(await theirs.type('docker run python-docker-app'), /Unable to find image/);
});

test('steps in one second see each other’s changes, with either builder', async () => {
  await one.ok(
    `mkdir -p ~/steps && cd ~/steps && printf 'FROM busybox\nRUN echo 1 >/n\nRUN echo 2 >/n\n' >Dockerfile`,
  );
  const built = await one.ok('cd ~/steps && DOCKER_BUILDKIT=0 docker build -t classic .');
  assert.match(built, /Successfully tagged classic:latest/);
  await one.ok('cd ~/steps && docker build -t kit .');
  assert.equal(await one.ok('docker run --rm classic cat /n; docker run --rm kit cat /n'), '2\n2\n');
});

test('containers are listed, read, entered, stopped and removed', async () => {
  await one.ok('docker run -d --name clock busybox sh -c "echo tick; exec sleep 1000"');
  assert.match(await one.ok('docker ps'), /clock/);
  assert.doesNotMatch(await two.ok('docker ps --all'), /clock/);
  assert.equal(await one.ok('docker logs clock'), 'tick\n');
  assert.equal(
    await one.ok('docker exec clock cat /etc/hostname'),
    await one.ok('docker inspect -f "{{.Config.Hostname}}" clock'),
  );
  await one.ok('docker stop --time 1 clock && docker rm clock');
  assert.doesNotMatch(await one.ok('docker ps --all'), /clock/);
});

test('containers of one network find each other by name', async () => {
  await one.ok('docker network create backend && docker run -d --name cache --network backend redis:7');
  const client = 'docker run --rm --network backend redis:7 redis-cli -h cache';
  await one.ok(`until ${client} ping; do sleep 0.2; done`);
  assert.equal(await one.ok(`${client} incr visits`), '1\n');
  await one.ok('docker rm -f -v cache && docker network rm backend');
});

test('a volume keeps its files between containers', async () => {
  await one.ok(
    'docker volume create notes && docker run --rm -v notes:/data busybox sh -c "echo kept >/data/note"',
  );
  assert.equal(await one.ok('docker run --rm -v notes:/data busybox cat /data/note'), 'kept\n');
  await one.ok('docker volume rm notes');
});

test('a published port answers in the shell, and a taken one is refused', async () => {
  await one.ok('docker run -d --name web -p 8080:80 nginx');
  assert.match(
    await one.ok('curl -s --retry 20 --retry-all-errors --retry-delay 1 localhost:8080'),
    /Welcome to nginx!/,
  );
  assert.notEqual((await two.run('curl -s --max-time 3 localhost:8080')).code, 0);
  const again = await one.run('docker run --rm -p 8080:80 nginx');
  assert.match(again.stderr, /port is already allocated/);
  await one.ok('docker rm -f web');
  assert.notEqual((await one.run('curl -s --max-time 3 localhost:8080')).code, 0);
  const taken = await one.run(
    'python3 -m http.server 8090 >/dev/null 2>&1 & sleep 1; docker run --rm -p 8090:80 nginx; code=$?; kill %1; exit $code',
  );
  assert.notEqual(taken.code, 0);
  assert.match(taken.stderr, /8090: address already in use/);
});

test('a datagram finds its way through a published port and back', async () => {
  const server = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 53))
while True:
    data, sender = s.recvfrom(100)
    s.sendto(data.upper(), sender)`;
  const client = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(1)
for _ in range(20):
    s.sendto(b"hello", ("127.0.0.1", 5353))
    try:
        print(s.recv(100).decode())
        break
    except OSError:
        pass`;
  await one.ok(`docker run -d --name upper -p 5353:53/udp python:3.11-slim python -c '${server}'`);
  assert.equal(await one.ok(`python3 -c '${client}'`), 'HELLO\n');
  await one.ok('docker rm -f upper');
});

test('an image travels over a registry that asks for a password', async () => {
  await one.ok(
    'mkdir -p ~/auth && docker run --rm --entrypoint htpasswd registry:2 -Bbn ann secret >~/auth/htpasswd',
  );
  await one.ok(`docker run -d --name registry -p 5000:5000 -v ~/auth:/auth -e REGISTRY_AUTH=htpasswd \
    -e REGISTRY_AUTH_HTPASSWD_REALM=Lab -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry:2`);
  await one.ok('curl -s --retry 20 --retry-all-errors --retry-delay 1 localhost:5000/v2/');
  const refused = await one.run('docker login -u ann --password-stdin localhost:5000', { input: 'wrong' });
  assert.match(refused.stderr, /401 Unauthorized/);
  await one.ok('docker login -u ann --password-stdin localhost:5000', { input: 'secret' });
  await one.ok('docker tag hello-world localhost:5000/greeting:1 && docker push localhost:5000/greeting:1');
  await one.ok('docker tag python:3.11-slim localhost:5000/base:1 && docker push localhost:5000/base:1');
  await one.ok('docker rmi localhost:5000/greeting:1 hello-world');
  assert.match(await one.ok('docker run --rm localhost:5000/greeting:1'), /Hello from Docker!/);
  await one.ok('docker rm -f -v registry');
});

test('a dockerd that is killed comes back, and the neighbour’s goes on', async () => {
  await one.ok('docker run -d --name lasting --restart always busybox sleep 1000');
  await two.ok('docker run -d --name neighbour busybox sleep 1000');
  await one.ok('pkill -KILL dockerd; sleep 0.2; until docker version; do sleep 0.2; done', {
    timeoutMs: BACK_MS,
  });
  await one.ok('until docker ps | grep lasting; do sleep 0.2; done', { timeoutMs: BACK_MS });
  assert.equal(await one.ok('docker run --rm busybox echo again'), 'again\n');
  assert.match(await two.ok('docker ps'), /neighbour/);
});

test('a privileged container is root of the learner’s namespace and of nothing else', async () => {
  const script =
    'id -u; mkdir /x && mount -t tmpfs none /x && echo mounted; echo 1 >/proc/sys/kernel/panic; ls /dev';
  const { stdout, stderr } = await one.run(`docker run --rm --privileged busybox sh -c '${script}'`);
  assert.match(stdout, /^0\nmounted\n/);
  assert.match(stderr, /kernel\/panic: Permission denied/);
  assert.doesNotMatch(stdout, /^(kvm|[vs]da|nvme.*|mem)$/m);
});

test('nothing in a sandbox has more rights than its learner', async () => {
  assert.equal(await one.ok('find / -xdev -perm /6000 -type f 2>/dev/null; true'), '');
  const status = await one.ok('cat /proc/self/status');
  assert.match(status, /^CapEff:\s0+$/m);
  assert.match(status, /^CapBnd:\s0+c0$/m);
  assert.match(status, /^Seccomp:\s2$/m);
});
