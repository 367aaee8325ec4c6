import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { readLabs } from './read-labs.ts';

/** A folder `labs` with the given files. */
function labsFolder(t: TestContext, files: Record<string, string>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'drydock-labs-'));
  t.after(() => rmSync(root, { recursive: true }));
  const folder = path.join(root, 'labs');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

test('reads every lab, by name, with the defaults of the schema', (t) => {
  const folder = labsFolder(t, {
    'python/lab.yaml': 'title: Python\nwarm: 3\n',
    'python/Dockerfile': 'FROM x',
    'docker/lab.yaml': 'title: Docker\nlimits:\n  memoryMb: 1024\n',
    'docker/Dockerfile': 'FROM x',
    '.cache/anything': '',
  });
  const labs = readLabs(folder);
  assert.deepEqual(
    labs.map(({ name }) => name),
    ['docker', 'python'],
  );
  assert.equal(labs[0]?.settings.limits.memoryMb, 1024);
  assert.equal(labs[0]?.settings.limits.pids, 256);
  assert.equal(labs[1]?.settings.warm, 3);
  assert.equal(labs[1]?.folder, path.join(folder, 'python'));
});

test('tells every fault with file, line, field, expected and found', (t) => {
  const folder = labsFolder(t, {
    'a/lab.yaml': 'title: Lab A\nlimits:\n  pids: 3\nspeed: 9\n',
    'a/Dockerfile': 'FROM x',
    'b/lab.yaml': 'title: Lab B\n',
    'c/Dockerfile': 'FROM x',
    'Not_A_Slug/lab.yaml': 'title: Lab\n',
  });
  assert.throws(
    () => readLabs(folder),
    (error: Error) => {
      assert.deepEqual(error.message.split('\n').toSorted(), [
        'labs/Not_A_Slug:1:1: expected a folder name of lower-case words joined by hyphens, found "Not_A_Slug"',
        'labs/a/lab.yaml:3:9: limits.pids: expected at least 16, found 3',
        'labs/a/lab.yaml:4:8: speed: expected no such field, found "speed"',
        'labs/b:1:1: expected a file Dockerfile, found none',
        'labs/c:1:1: expected a file lab.yaml, found none',
      ]);
      return true;
    },
  );
});

test('a missing folder is named', () => {
  assert.throws(
    () => readLabs('/nowhere/labs'),
    /labs:1:1: expected a folder with one folder for each lab, found none/,
  );
});

/** The message for one lab with this lab.yaml and this seccomp profile; empty where it is accepted. */
function faults(t: TestContext, yaml: string, profile?: string): string[] {
  const folder = labsFolder(t, {
    'a/Dockerfile': 'FROM x',
    'a/lab.yaml': `title: Lab A\n${yaml}`,
    ...(profile !== undefined && { 'a/seccomp.json': profile }),
  });
  try {
    readLabs(folder);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [String(error)];
  }
}

const DENYING = JSON.stringify({
  defaultAction: 'SCMP_ACT_ERRNO',
  syscalls: [
    { names: ['read', 'write'], action: 'SCMP_ACT_ALLOW' },
    { names: ['init_module'], action: 'SCMP_ACT_ALLOW', includes: { caps: ['CAP_SYS_MODULE'] } },
    { name: 'reboot', action: 'SCMP_ACT_ERRNO' },
  ],
});
const NESTED = `volumes: [/var/lib/docker]
privileges:
  capabilities: [SETUID, SETGID]
  userNamespaces: true
  unmaskedProc: true
  seccomp: seccomp.json
start: [lab-start]
ready: [docker, version]
`;

test('a lab may ask for all that the schema names', (t) => {
  assert.deepEqual(faults(t, NESTED, DENYING), []);
});

test('what no lab may have is refused, with its place', (t) => {
  for (const [yaml, expected] of [
    [
      'privileges:\n  capabilities: [SYS_ADMIN]\n',
      'labs/a/lab.yaml:3:18: privileges.capabilities.0: expected one of SETUID, SETGID, found "SYS_ADMIN"',
    ],
    [
      'privileges:\n  privileged: true\n',
      'labs/a/lab.yaml:3:15: privileges.privileged: expected no such field, found "privileged"',
    ],
    ['devices: [/dev/kvm]\n', 'labs/a/lab.yaml:2:10: devices: expected no such field, found "devices"'],
    ['user: root\n', 'labs/a/lab.yaml:2:7: user: expected a user other than root, found "root"'],
    [
      'volumes: [/home/student/data]\n',
      'labs/a/lab.yaml:2:11: volumes.0: expected a folder apart from home, found "/home/student/data" beside "/home/student"',
    ],
    [
      'volumes: [/data, /data]\n',
      'labs/a/lab.yaml:2:18: volumes.1: expected a folder apart from volumes.0, found "/data" beside "/data"',
    ],
    [
      'volumes: [/proc/sys]\n',
      'labs/a/lab.yaml:2:11: volumes.0: expected a folder outside /proc, found "/proc/sys"',
    ],
    [
      'volumes: [/var/run/docker.sock]\n',
      'labs/a/lab.yaml:2:11: volumes.0: expected a folder outside /var/run, found "/var/run/docker.sock"',
    ],
    ['home: /tmp\n', 'labs/a/lab.yaml:2:7: home: expected a folder outside /tmp, found "/tmp"'],
    [
      'home: /home/../etc\n',
      'labs/a/lab.yaml:2:7: home: expected a path without "." and "..", found "/home/../etc"',
    ],
    [
      'privileges:\n  userNamespaces: true\n',
      'labs/a/lab.yaml:3:19: privileges.userNamespaces: expected a seccomp profile beside it, since the engine’s own forbids user namespaces, found no privileges.seccomp',
    ],
    [
      'privileges:\n  seccomp: other.json\n',
      'labs/a/lab.yaml:3:12: privileges.seccomp: expected a file other.json beside lab.yaml, found none',
    ],
    [
      'privileges:\n  seccomp: ../../etc/passwd\n',
      'labs/a/lab.yaml:3:12: privileges.seccomp: expected the name of a .json file beside lab.yaml, found "../../etc/passwd"',
    ],
  ] as const) {
    assert.deepEqual(faults(t, yaml), [expected]);
  }
});

test('a seccomp profile that cannot be read, or allows too much, is refused', (t) => {
  const found = (profile: string): string =>
    faults(t, 'privileges:\n  seccomp: seccomp.json\n', profile).join('\n');
  assert.equal(found(DENYING), '');
  assert.match(found('{"defaultAction": '), /^labs\/a\/seccomp\.json:1:1: expected valid JSON, found /);
  assert.match(found('{}'), /^labs\/a\/seccomp\.json:1:1: defaultAction: expected a seccomp profile/);
  assert.match(
    found('{"defaultAction":"SCMP_ACT_ALLOW"}'),
    /defaultAction: expected SCMP_ACT_ERRNO: .*, found "SCMP_ACT_ALLOW"/,
  );
  assert.match(
    found(DENYING.replace('"read"', '"read","kexec_load"')),
    /syscalls\.0\.names: expected no call that acts on the whole host, found "kexec_load"/,
  );
});
