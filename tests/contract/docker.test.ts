/** The engine contract against this host's Docker engine, and the hardening that only containers have. */
import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import type { Sandbox, SandboxEngine } from '../../server/sandbox/engine.ts';
import { makeDockerHarness, type DockerHarness } from './docker-harness.ts';
import { STEADY } from './engine-fixture.ts';
import { testSandboxEngine } from './sandbox-engine.ts';
import { Screen } from './screen.ts';

testSandboxEngine('docker', makeDockerHarness);

describe('hardening of Docker sandboxes', { timeout: 300_000 }, () => {
  const instance = `hardening-${process.pid}-${Date.now()}`;
  let harness: DockerHarness;
  let engine: SandboxEngine;
  let image: string;

  before(async () => {
    harness = await makeDockerHarness();
    engine = harness.connect(instance);
    image = await engine.prepare(harness.lab, () => {}, STEADY);
  });
  after(async () => {
    for (const sandbox of await engine.list()) await sandbox.destroy();
    assert.deepEqual(await harness.leftovers(instance), []);
    await harness.dispose();
  });

  async function start(t: TestContext): Promise<Sandbox> {
    const { name, settings } = harness.lab;
    const sandbox = await engine.create({ lab: name, image, settings }, t.signal);
    t.after(() => sandbox.destroy());
    return sandbox;
  }
  async function shell(sandbox: Sandbox, script: string): Promise<string> {
    const result = await sandbox.run(['bash', '-c', script], { timeoutMs: 20_000, maxOutputBytes: 10_000 });
    return (result.stdout + result.stderr).trim();
  }

  test('neither the shell nor a command has any privilege', async (t) => {
    const sandbox = await start(t);
    const script =
      'id -u; grep -E "^(CapEff|CapPrm|CapBnd|CapAmb|NoNewPrivs)" /proc/self/status | tr -s "[:space:]" " "';
    const expected =
      '1000\nCapPrm: 0000000000000000 CapEff: 0000000000000000 CapBnd: 0000000000000000 ' +
      'CapAmb: 0000000000000000 NoNewPrivs: 1';
    assert.equal(await shell(sandbox, script), expected);
    const screen = new Screen(await sandbox.main());
    screen.type('clear; grep CapBnd /proc/$$/status; grep NoNewPrivs /proc/$$/status; id -u\n');
    await screen.until(/CapBnd:\s+0{16}\s+NoNewPrivs:\s+1\s+1000/);
  });

  test('there is no network but the loopback', async (t) => {
    const sandbox = await start(t);
    assert.equal(await shell(sandbox, 'ls /sys/class/net'), 'lo');
    assert.match(await shell(sandbox, 'echo >/dev/tcp/192.0.2.1/80'), /Network is unreachable/);
    assert.match(await shell(sandbox, 'cat /etc/hosts'), /^127\.0\.0\.1\s+localhost/m);
  });

  test('the image is read-only; home and /tmp are writable and leave no way to other users', async (t) => {
    const sandbox = await start(t);
    assert.match(await shell(sandbox, 'touch /etc/x /usr/x /x'), /Read-only file system/);
    assert.equal(await shell(sandbox, 'echo a >~/a && echo b >/tmp/b && cat ~/a /tmp/b'), 'a\nb');
    const mounts = await shell(sandbox, 'grep -E " (/tmp|/run) " /proc/mounts');
    assert.match(mounts, /\/tmp tmpfs rw,nosuid,nodev,relatime,size=16384k/);
    assert.match(mounts, /\/run tmpfs rw,nosuid,nodev,noexec/);
    assert.match(await shell(sandbox, 'head -c 20000000 /dev/zero >/tmp/full'), /No space left/);
    assert.match(await shell(sandbox, 'ls /var/run/docker.sock /dev/kvm'), /No such file/);
  });

  test('a fork bomb meets the limit and the sandbox lives on', async (t) => {
    const sandbox = await start(t);
    const script =
      'for i in $(seq 300); do sleep 30 & done 2>&1 | grep -m1 -o "Resource temporarily unavailable"';
    const result = await sandbox.run(['bash', '-c', script], { timeoutMs: 5000, maxOutputBytes: 1000 });
    assert.match(result.stdout, /Resource temporarily unavailable/);
    assert.equal(await sandbox.alive(), true);
  });

  test('memory beyond the limit ends the program that asks for it, not the sandbox', async (t) => {
    const sandbox = await start(t);
    const limits = { timeoutMs: 30_000, maxOutputBytes: 1000 };
    const { code } = await sandbox.run(
      ['bash', '-c', 'head -c 1G /dev/zero | tail; exit ${PIPESTATUS[1]}'],
      limits,
    );
    assert.equal(code, 137);
    assert.equal(await sandbox.alive(), true);
  });

  test('the container carries its limits and labels, and no log', async (t) => {
    const sandbox = await start(t);
    const { HostConfig: host, Config: config } = await harness.docker.getContainer(sandbox.info.id).inspect();
    assert.equal(host.LogConfig?.Type, 'none');
    assert.equal(host.Privileged, false);
    assert.equal(host.NetworkMode, 'none');
    assert.equal(host.Memory, 128 * 1024 * 1024);
    assert.equal(host.MemorySwap, host.Memory);
    assert.equal(host.PidsLimit, 64);
    assert.equal(host.NanoCpus, 1e9);
    assert.deepEqual(host.CapDrop, ['ALL']);
    assert.equal(host.CapAdd, null);
    assert.deepEqual(host.Binds ?? [], []);
    assert.equal(config.Labels['drydock.instance'], instance);
    assert.equal(config.Labels['drydock.lab'], harness.lab.name);
    assert.equal(config.Labels['drydock.image'], image);
  });

  test('the home volume goes with the sandbox', async (t) => {
    const sandbox = await start(t);
    const { Mounts } = await harness.docker.getContainer(sandbox.info.id).inspect();
    const names = Mounts.map((mount) => mount.Name ?? '');
    assert.equal(names.length, 1);
    await sandbox.destroy();
    await assert.rejects(harness.docker.getVolume(names[0] ?? '').inspect(), { statusCode: 404 });
  });

  test('a sandbox whose main process was killed is not alive, and its terminal has ended', async (t) => {
    const sandbox = await start(t);
    const main = await sandbox.main();
    const ended = new Promise((resolve) => main.onExit(resolve));
    await harness.docker.getContainer(sandbox.info.id).kill();
    assert.deepEqual(await ended, { code: 137, lost: false });
    assert.equal(await sandbox.alive(), false);
    assert.deepEqual(
      (await engine.list()).map((one) => one.info.id),
      [],
    );
  });

  test('ping says so where no engine answers', async () => {
    const { createDockerEngine } = await import('../../server/sandbox/docker.ts');
    const { pino } = await import('pino');
    const nowhere = { docker: { socketPath: '/nonexistent.sock' }, instance, log: pino({ level: 'silent' }) };
    const lost = createDockerEngine(nowhere);
    await assert.rejects(lost.ping(), { code: 'engine-unavailable' });
    await assert.rejects(lost.list(), { code: 'engine-unavailable' });
  });
});
