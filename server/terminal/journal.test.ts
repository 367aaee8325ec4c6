import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { CLOSE } from '../../protocol/messages.ts';
import { openEmulator } from './emulator.ts';
import { Terminals } from './terminals.ts';
import { describe, feed, MemoryChannel, MemoryPty, quietLog, until } from './testing.ts';

const SIZE = { cols: 40, rows: 10 };
const KEY = 'a1b2/3/main';

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-journal-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function start(journalFolder: string) {
  const log = quietLog();
  const terminals = new Terminals({ log, journalFolder });
  const pty = new MemoryPty();
  const attach = async (channel = new MemoryChannel(), size = SIZE) => {
    await terminals.attach(KEY, () => Promise.resolve(pty), channel, size);
    await until(() => channel.messages.length > 0, 'a snapshot');
    return channel;
  };
  return { log, terminals, pty, attach };
}

async function screenOf(channel: MemoryChannel): Promise<string[]> {
  const first = channel.messages[0];
  assert.ok(first?.type === 'snapshot');
  const emulator = openEmulator(first);
  for (const item of channel.received)
    await feed(emulator, item instanceof Uint8Array ? item : item.type === 'snapshot' ? item.data : '');
  const all = describe(emulator);
  emulator.terminal.dispose();
  return all;
}

async function screenAfter(...steps: (string | typeof SIZE)[]): Promise<string[]> {
  const emulator = openEmulator(SIZE);
  for (const step of steps) {
    if (typeof step === 'string') await feed(emulator, step);
    else emulator.terminal.resize(step.cols, step.rows);
  }
  const all = describe(emulator);
  emulator.terminal.dispose();
  return all;
}

/** Resolves when the journal's file holds `text`. */
async function untilWritten(folder: string, text: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    for (const name of await readdir(folder)) {
      // A new journal is renamed once it is whole, perhaps just now.
      const content = await readFile(join(folder, name)).catch(() => undefined);
      if (content?.includes(text)) return;
    }
    assert.ok(Date.now() < deadline, `${text} is not in the journal`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('the screen survives a server that is stopped', async (t) => {
  const folder = await temporaryFolder(t);
  const before = start(folder);
  await before.attach();
  before.pty.emit('$ make\r\n\x1b[32mdone\x1b[0m\r\n$ ');
  await before.terminals.close();
  assert.equal(before.pty.detached, true);
  const after = start(folder);
  const channel = await after.attach();
  after.pty.emit('ls');
  assert.deepEqual(await screenOf(channel), await screenAfter('$ make\r\n\x1b[32mdone\x1b[0m\r\n$ ls'));
  await after.terminals.close();
});

test('the screen survives a server that is killed in the middle of its output', async (t) => {
  const folder = await temporaryFolder(t);
  const script = `
    import { Terminals } from ${JSON.stringify(new URL('terminals.ts', import.meta.url).href)};
    import { MemoryChannel, MemoryPty, quietLog } from ${JSON.stringify(new URL('testing.ts', import.meta.url).href)};
    const pty = new MemoryPty();
    const terminals = new Terminals({ log: quietLog(), journalFolder: ${JSON.stringify(folder)} });
    await terminals.attach(${JSON.stringify(KEY)}, async () => pty, new MemoryChannel(), { cols: 40, rows: 10 });
    pty.emit('one\\r\\n\\x1b[1mtwo');
    setTimeout(() => pty.emit(' three \\x1b[3'), 20);
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  t.after(() => child.kill('SIGKILL'));
  await untilWritten(folder, ' three ');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const after = start(folder);
  const channel = await after.attach();
  after.pty.emit('1m red');
  assert.deepEqual(await screenOf(channel), await screenAfter('one\r\n\x1b[1mtwo three \x1b[31m red'));
  await after.terminals.close();
});

test('output at different sizes is restored as it was drawn', async (t) => {
  const folder = await temporaryFolder(t);
  const wide = { cols: 60, rows: 12 };
  const before = start(folder);
  const viewer = await before.terminals.attach(
    KEY,
    () => Promise.resolve(before.pty),
    new MemoryChannel(),
    SIZE,
  );
  before.pty.emit(`${'a'.repeat(50)}\r\n`);
  viewer.message({ type: 'resize', ...wide });
  before.pty.emit(`${'b'.repeat(50)}\r\n`);
  await before.terminals.close();
  const after = start(folder);
  const channel = await after.attach(new MemoryChannel(), wide);
  const want = await screenAfter(`${'a'.repeat(50)}\r\n`, wide, `${'b'.repeat(50)}\r\n`);
  assert.deepEqual(await screenOf(channel), want);
  await after.terminals.close();
});

test('a full-screen program is asked to draw again after a restart, a shell is not', async (t) => {
  const folder = await temporaryFolder(t);
  const before = start(folder);
  await before.attach();
  before.pty.emit('\x1b[?1049h\x1b[Hediting');
  await before.terminals.close();
  const after = start(folder);
  const channel = await after.attach();
  await until(() => after.pty.sizes.length === 3, 'resized twice more');
  assert.deepEqual(after.pty.sizes, [SIZE, { cols: 40, rows: 9 }, SIZE]);
  assert.ok(channel.text.includes('editing'));
  after.pty.emit('\x1b[?1049l$ ');
  await after.terminals.close();
  const shell = start(folder);
  await shell.attach();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(shell.pty.sizes, [SIZE]);
  await shell.terminals.close();
});

test('queries in the journal are not answered again', async (t) => {
  const folder = await temporaryFolder(t);
  const before = start(folder);
  await before.attach();
  before.pty.emit('\x1b[c\x1b[6nasked');
  await before.terminals.close();
  const after = start(folder);
  await after.attach();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(after.pty.written, '');
  await after.terminals.close();
});

test('the file stays small however much is printed, and is private', async (t) => {
  const folder = await temporaryFolder(t);
  const { terminals, pty, log } = start(folder);
  const viewer = await terminals.attach(KEY, () => Promise.resolve(pty), new MemoryChannel(), SIZE);
  viewer.detach();
  await until(() => !pty.paused, 'opened');
  for (let i = 0; i < 400; i++) {
    pty.emit(`${i} ${'x'.repeat(32 * 1024)}\r\n`);
    while (pty.paused) await new Promise((resolve) => setImmediate(resolve));
  }
  pty.emit('the end');
  await untilWritten(folder, 'the end');
  await terminals.close();
  const [name = ''] = await readdir(folder);
  const file = await stat(join(folder, name));
  assert.ok(file.size < 6 * 1024 * 1024, `${file.size} bytes`);
  assert.equal(file.mode & 0o777, 0o600);
  assert.deepEqual(log.warnings, []);
  const after = start(folder);
  assert.ok((await after.attach()).text.includes('the end'));
  await after.terminals.close();
});

test('a damaged journal is set aside with a warning, and the terminal works', async (t) => {
  const folder = await temporaryFolder(t);
  const before = start(folder);
  await before.attach();
  before.pty.emit('old');
  await before.terminals.close();
  const [name = ''] = await readdir(folder);
  await appendFile(join(folder, name), 'garbage');
  const after = start(folder);
  const channel = await after.attach();
  assert.equal(after.log.warnings.length, 1);
  after.pty.emit('new');
  await until(() => channel.text.includes('new'), 'it works');
  await after.terminals.close();
  assert.deepEqual((await readdir(folder)).toSorted(), [name, `${name}.damaged`]);
  for (const content of ['', 'nonsense', 'drydock terminal 1\n', 'drydock terminal 1\ns\x02\0\0\0{}']) {
    await writeFile(join(folder, name), content);
    const again = start(folder);
    await again.attach();
    assert.equal(again.log.warnings.length, 1, JSON.stringify(content));
    await again.terminals.close();
  }
});

test('an end that was cut off is left out', async (t) => {
  const folder = await temporaryFolder(t);
  const before = start(folder);
  await before.attach();
  before.pty.emit('first ');
  await untilWritten(folder, 'first');
  before.pty.emit('second');
  await before.terminals.close();
  const [name = ''] = await readdir(folder);
  const path = join(folder, name);
  await truncate(path, (await stat(path)).size - 3);
  const after = start(folder);
  const channel = await after.attach();
  assert.ok(channel.text.includes('first') && !channel.text.includes('second'), JSON.stringify(channel.text));
  assert.deepEqual(after.log.warnings, []);
  await after.terminals.close();
});

/** The journals of a folder, without those that are being written anew. */
async function journals(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !name.endsWith('.new'));
}

test('a lost engine keeps the journal, an end removes it, sweep removes what is left', async (t) => {
  const folder = await temporaryFolder(t);
  const { terminals, pty, attach } = start(folder);
  await attach();
  pty.emit('kept');
  pty.exit({ code: null, lost: true });
  const channel = await attach();
  assert.ok(channel.text.includes('kept'), 'restored in the same process');
  terminals.end(KEY, { code: CLOSE.reset, reason: 'reset' });
  await terminals.close();
  assert.deepEqual(await journals(folder), []);
  const second = start(folder);
  await second.attach();
  await second.terminals.attach(
    'other/../..',
    () => Promise.resolve(new MemoryPty()),
    new MemoryChannel(),
    SIZE,
  );
  await second.terminals.close();
  assert.equal((await journals(folder)).length, 2);
  const third = start(folder);
  await third.terminals.sweep([KEY]);
  assert.equal((await journals(folder)).length, 1);
  assert.ok(!(await third.attach()).text.includes('kept'));
  await third.terminals.sweep([]);
  assert.equal((await journals(folder)).length, 1, 'an open terminal keeps its journal');
  third.pty.exit({ code: 0, lost: false });
  await third.terminals.close();
  assert.deepEqual(await journals(folder), [], 'the end of the program removes it');
});

test('what was cleared does not come back after a restart', async (t) => {
  const folder = await temporaryFolder(t);
  const { terminals, pty } = start(folder);
  const first = new MemoryChannel();
  const viewer = await terminals.attach(KEY, () => Promise.resolve(pty), first, SIZE);
  pty.emit('secret\r\nprompt');
  viewer.message({ type: 'clear' });
  await until(() => first.messages.length === 2, 'the cleared screen');
  pty.emit(' kept');
  await terminals.close();
  const channel = await start(folder).attach();
  await until(() => channel.text.includes('prompt kept'), 'restored');
  assert.ok(!channel.text.includes('secret'));
});

test('a folder that cannot be written costs a warning only', async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  const { terminals, pty, log } = start(join(file, 'below'));
  const channel = new MemoryChannel();
  await terminals.attach(KEY, () => Promise.resolve(pty), channel, SIZE);
  pty.emit('still here');
  await until(() => channel.text.includes('still here'), 'it works');
  await until(() => log.warnings.length > 0, 'a warning');
  await terminals.close();
});
