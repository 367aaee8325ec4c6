/** What a lab gets from the Docker engine beyond the default of nothing, and that it gets no more than it asked for. */
import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import type { LabSource, Sandbox, SandboxEngine } from '../../server/sandbox/engine.ts';
import { START_LOG } from '../../server/sandbox/main-shell.ts';
import { makeDockerHarness, type DockerHarness, type LabWish } from './docker-harness.ts';
import { STEADY } from './engine-fixture.ts';
import { hasCode } from './sandbox-support.ts';

/** Everything but one call of the kernel: enough to see whose profile is in force. */
const NO_DIRECTORIES = JSON.stringify({
  defaultAction: 'SCMP_ACT_ALLOW',
  syscalls: [{ names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO' }],
});
const WITHOUT_SETUID = 'RUN find / -xdev -type f -perm -4000 -exec chmod u-s {} +\n';
const FULL = {
  capabilities: ['SETUID', 'SETGID'],
  userNamespaces: true,
  unmaskedProc: true,
  seccomp: 'profile.json',
};

describe('what labs ask of Docker', { timeout: 300_000 }, () => {
  const instance = `privileges-${process.pid}-${Date.now()}`;
  let harness: DockerHarness;
  let engine: SandboxEngine;

  before(async () => {
    harness = await makeDockerHarness();
    engine = harness.connect(instance);
  });
  after(async () => {
    for (const sandbox of await engine.list()) await sandbox.destroy();
    assert.deepEqual(await harness.leftovers(instance), []);
    await harness.dispose();
  });

  async function start(t: TestContext, wish: LabWish | LabSource): Promise<Sandbox> {
    const lab = 'folder' in wish ? wish : await harness.makeLab(wish);
    const image = await engine.prepare(lab, () => {}, t.signal);
    const sandbox = await engine.create({ lab: lab.name, image, settings: lab.settings }, t.signal);
    t.after(() => sandbox.destroy());
    return sandbox;
  }
  async function shell(sandbox: Sandbox, script: string): Promise<string> {
    const result = await sandbox.run(['bash', '-c', script], { timeoutMs: 20_000, maxOutputBytes: 10_000 });
    return (result.stdout + result.stderr).trim();
  }

  test('capabilities bound what programs may get; the learner has none of them', async (t) => {
    const sandbox = await start(t, {
      dockerfile: WITHOUT_SETUID,
      files: { 'profile.json': NO_DIRECTORIES },
      settings: { privileges: FULL },
    });
    const status =
      'grep -E "^(CapEff|CapPrm|CapBnd|CapAmb|NoNewPrivs)" /proc/self/status | tr -s "[:space:]" " "';
    assert.equal(
      await shell(sandbox, status),
      'CapPrm: 0000000000000000 CapEff: 0000000000000000 CapBnd: 00000000000000c0 CapAmb: 0000000000000000 NoNewPrivs: 0',
    );
    const { HostConfig: host } = await harness.docker.getContainer(sandbox.info.id).inspect();
    assert.equal(host.Privileged, false);
    assert.deepEqual(host.CapDrop, ['ALL']);
    assert.deepEqual(
      ((host.CapAdd ?? []) as string[]).map((name) => name.replace(/^CAP_/, '')),
      ['SETUID', 'SETGID'],
    );
    assert.deepEqual(host.Binds ?? [], []);
    assert.deepEqual(host.Devices ?? [], []);
  });

  test('a lab with capabilities does not build with a setuid program of root in it', async () => {
    const settings = { privileges: { capabilities: ['SETUID'] } };
    const lab = await harness.makeLab({
      dockerfile: 'RUN cp /bin/true /opt/odd && chmod u+s /opt/odd\n',
      settings,
    });
    await assert.rejects(
      engine.prepare(lab, () => {}, STEADY),
      (error: Error) => {
        assert.match(error.message, /expected no setuid program of root, found:.* \/opt\/odd/);
        return hasCode('lab-unavailable')(error);
      },
    );
  });

  test('a lab that asks for more than the host has is refused before anything is built', async () => {
    const lab = await harness.makeLab({ dockerfile: 'RUN false\n' });
    const limits = { ...lab.settings.limits, memoryMb: 1e9 };
    const steps: string[] = [];
    const prepared = engine.prepare(
      { ...lab, settings: { ...lab.settings, limits } },
      ({ step }) => steps.push(step),
      STEADY,
    );
    await assert.rejects(prepared, (error: Error) => {
      assert.match(error.message, /asks for 1000000000 MB of memory, the engine has \d+ MB/);
      return hasCode('lab-unavailable')(error);
    });
    assert.deepEqual(steps, []);
  });

  test('the lab’s own seccomp profile is in force', async (t) => {
    const lab = await harness.makeLab({
      files: { 'profile.json': NO_DIRECTORIES },
      settings: { privileges: { seccomp: 'profile.json', userNamespaces: true } },
    });
    const sandbox = await start(t, lab);
    assert.match(await shell(sandbox, 'mkdir ~/new'), /Operation not permitted/);
    assert.equal(await shell(sandbox, 'unshare --user --map-root-user id -u'), '0');

    const fresh = harness.connect(instance);
    const spec = { lab: lab.name, image: sandbox.info.image, settings: lab.settings };
    await assert.rejects(fresh.create(spec, STEADY), hasCode('lab-unavailable'));
    await fresh.prepare(lab, () => {}, STEADY);
    const again = await fresh.create(spec, STEADY);
    t.after(() => again.destroy());
    assert.match(await shell(again, 'mkdir ~/new'), /Operation not permitted/);
    await fresh.close();
  });

  test('another seccomp profile is another image, so that sandboxes of the old one are replaced', async () => {
    const settings = { privileges: { seccomp: 'profile.json' } };
    const lab = await harness.makeLab({ files: { 'profile.json': NO_DIRECTORIES }, settings });
    const image = await engine.prepare(lab, () => {}, STEADY);
    const { writeFile } = await import('node:fs/promises');
    await writeFile(`${lab.folder}/profile.json`, NO_DIRECTORIES.replace('"mkdir",', ''));
    assert.notEqual(await engine.prepare(lab, () => {}, STEADY), image);
  });

  test('/proc is masked unless the lab asks for it', async (t) => {
    const masks = 'grep -c " /proc/" /proc/mounts';
    assert.notEqual(await shell(await start(t, harness.lab), masks), '0');
    const open = await start(t, { settings: { privileges: { unmaskedProc: true } } });
    assert.equal(await shell(open, masks), '0');
    assert.match(await shell(open, 'echo 1 >/proc/sys/kernel/panic'), /Permission denied|Read-only/);
  });

  test('a lab that asks for nothing makes no user namespace', async (t) => {
    assert.match(await shell(await start(t, harness.lab), 'unshare --user true'), /Operation not permitted/);
  });

  test('volumes hold what the image has there, are the learner’s to write, and go with the sandbox', async (t) => {
    const sandbox = await start(t, {
      dockerfile: 'RUN install -d -o student /var/lib/own && echo from-the-image >/var/lib/own/file\n',
      settings: { volumes: ['/var/lib/own'] },
    });
    assert.equal(
      await shell(sandbox, 'cd /var/lib/own && cat file && echo mine >new && cat new'),
      'from-the-image\nmine',
    );
    assert.doesNotMatch(await shell(sandbox, 'grep " /var/lib/own " /proc/mounts'), /overlay/);
    const { Mounts } = await harness.docker.getContainer(sandbox.info.id).inspect();
    assert.deepEqual(Mounts.map((mount) => mount.Destination).toSorted(), ['/home/student', '/var/lib/own']);
    await sandbox.destroy();
    for (const { Name } of Mounts) {
      await assert.rejects(harness.docker.getVolume(Name ?? '').inspect(), { statusCode: 404 });
    }
  });

  test('no single file outgrows the disk of the sandbox', async (t) => {
    const limits = { memoryMb: 128, pids: 64, tmpMb: 16, diskMb: 16 };
    const sandbox = await start(t, { settings: { limits } });
    assert.match(await shell(sandbox, 'head -c 40M /dev/zero >~/big; stat -c %s ~/big'), /^16777216$/m);
  });

  test('what the start command prints is kept up to a bound, and it goes on', async (t) => {
    const sandbox = await start(t, {
      settings: {
        start: ['sh', '-c', 'echo first-words; yes | head -c 8M; touch ~/.through; exec sleep 1000'],
        ready: ['test', '-e', '.through'],
      },
    });
    assert.equal(await shell(sandbox, `head -n 1 ${START_LOG}`), 'first-words');
    const bytes = Number(await shell(sandbox, `stat -c %s ${START_LOG}`));
    assert.ok(bytes > 4096 && bytes <= 4096 * 1000, `expected at most 4 MiB, found ${bytes}`);
    assert.match(
      await shell(sandbox, 'ps -e -o user,args | grep "[s]leep 1000" || cat /proc/[0-9]*/cmdline'),
      /sleep.1000/,
    );
  });
});
