import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findDocker, formatDockerAddress, parseDockerHost } from './docker-address.ts';

test('DOCKER_HOST is read as a socket or as host and port', () => {
  assert.deepEqual(parseDockerHost('unix:///run/x.sock'), { socketPath: '/run/x.sock' });
  assert.deepEqual(parseDockerHost('tcp://engine.lan:2400'), { host: 'engine.lan', port: 2400 });
  assert.deepEqual(parseDockerHost('tcp://10.0.0.7'), { host: '10.0.0.7', port: 2375 });
  assert.deepEqual(parseDockerHost('tcp://[::1]:2375/'), { host: '::1', port: 2375 });
  assert.equal(formatDockerAddress({ socketPath: '/run/x.sock' }), 'unix:///run/x.sock');
  assert.equal(formatDockerAddress({ host: 'a', port: 1 }), 'tcp://a:1');
  for (const wrong of ['unix://', 'ssh://host', 'host:2375', '']) {
    assert.throws(() => parseDockerHost(wrong), /expected unix:.*found/);
  }
});

test('the first address that answers wins, and the others say why not', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-address-'));
  t.after(() => rm(folder, { recursive: true }));
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/_ping' ? 200 : 404;
    response.end();
  });
  t.after(() => server.close());
  const socketPath = join(folder, 'docker.sock');
  await once(server.listen(socketPath), 'listening');

  const env = { HOME: folder, XDG_RUNTIME_DIR: folder };
  const named = await findDocker({ ...env, DOCKER_HOST: `unix://${socketPath}` });
  assert.deepEqual(named, { found: { socketPath }, tried: [] });

  const wrong = await findDocker({ ...env, DOCKER_HOST: 'ssh://elsewhere' });
  assert.ok(wrong.found, 'the usual sockets are tried as well');
  assert.match(wrong.tried[0]?.reason ?? '', /expected unix:.*found "ssh:\/\/elsewhere"/);

  const missing = await findDocker({ ...env, DOCKER_HOST: `unix://${folder}/none.sock` });
  assert.deepEqual(missing.tried[0], {
    where: `DOCKER_HOST=unix://${folder}/none.sock`,
    reason: 'no such socket',
  });
});
