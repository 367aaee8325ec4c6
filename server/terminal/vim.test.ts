import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { spawn, type IPty } from 'node-pty';
import type { Pty } from '../sandbox/engine.ts';
import { openEmulator } from './emulator.ts';
import { Terminals } from './terminals.ts';
import { bytes, feed, MemoryChannel, quietLog, until } from './testing.ts';

const SIZE = { cols: 60, rows: 12 };

/** A program in a real pty, as the terminals see it. Detaching leaves the program running. */
function ptyOf(program: IPty): Pty {
  const offs = new Set<() => void>();
  const subscribe = (disposable: { dispose(): void }) => {
    const off = () => disposable.dispose();
    offs.add(off);
    return off;
  };
  return {
    write: (data) => program.write(Buffer.from(data).toString()),
    resize: async ({ cols, rows }) => program.resize(cols, rows),
    pause: () => program.pause(),
    resume: () => program.resume(),
    detach: () => offs.forEach((off) => off()),
    onData: (listener) => {
      const off = subscribe(program.onData((data) => listener(bytes(data))));
      program.resume();
      return off;
    },
    onExit: (listener) =>
      subscribe(program.onExit(({ exitCode }) => listener({ code: exitCode, lost: false }))),
  };
}

/** The screen's text that a browser would show. */
async function shown(channel: MemoryChannel): Promise<string> {
  const emulator = openEmulator(SIZE);
  for (const item of channel.received) {
    if (item instanceof Uint8Array) await feed(emulator, item);
    else if (item.type === 'snapshot') {
      emulator.terminal.reset();
      await feed(emulator, item.data);
    }
  }
  const buffer = emulator.terminal.buffer.active;
  const lines = Array.from(
    { length: SIZE.rows },
    (_, y) => buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? '',
  );
  const text = `${buffer.type} ${buffer.cursorX},${buffer.cursorY}\n${lines.join('\n')}`;
  emulator.terminal.dispose();
  return text;
}

async function untilShown(channel: MemoryChannel, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const text = await shown(channel);
    // Programs draw in several pieces: what counts is what stays.
    if (pattern.test(text)) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      if ((await shown(channel)) === text) return text;
    }
    assert.ok(Date.now() < deadline, `${pattern} is not shown:\n${text}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function startProgram(t: TestContext, file: string, args: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-vim-'));
  const program = spawn(file, args, {
    ...SIZE,
    cwd: folder,
    env: { PATH: process.env['PATH'], TERM: 'xterm-256color', HOME: folder, LANG: 'C.UTF-8' },
  });
  t.after(async () => {
    program.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  // What comes before the first subscriber is kept for it.
  program.pause();
  const start = () => new Terminals({ log: quietLog(), journalFolder: join(folder, 'journals') });
  const attach = (terminals: Terminals, channel: MemoryChannel) =>
    terminals.attach('vim', () => Promise.resolve(ptyOf(program)), channel, SIZE);
  return { start, attach };
}

function withoutLastLine(text: string): string {
  return text.slice(0, text.lastIndexOf('\n'));
}

const hasVim = existsSync('/usr/bin/vim');

test(
  'vim looks the same after a reload and after a restart of the server, and goes on',
  { skip: !hasVim && 'no vim' },
  async (t) => {
    const { start, attach } = await startProgram(t, '/usr/bin/vim', ['-u', 'NONE', '-N', '-n', 'notes.txt']);
    const terminals = start();
    const first = new MemoryChannel();
    const viewer = await attach(terminals, first);
    await untilShown(first, /~/);
    viewer.input(bytes('ifirst line\rsecond 漢字 é\x1b:set number\r'));
    const before = await untilShown(first, /2 second 漢字 é/);
    viewer.detach();
    const reloaded = new MemoryChannel();
    await attach(terminals, reloaded);
    await until(() => reloaded.messages.length > 0, 'a snapshot');
    assert.equal(await shown(reloaded), before);
    await terminals.close();

    const restarted = start();
    const again = new MemoryChannel();
    const next = await attach(restarted, again);
    // Told to draw again, vim leaves its last command out.
    assert.equal(withoutLastLine(await untilShown(again, /2 second 漢字 é/)), withoutLastLine(before));
    next.input(bytes('othird\x1b'));
    await untilShown(again, /3 third/);
    next.input(bytes(':q!\r'));
    await until(() => again.closed !== undefined, 'the end of vim is told');
    await restarted.close();
  },
);

test('a shell can be interrupted while its output floods', async (t) => {
  const { start, attach } = await startProgram(t, '/bin/bash', ['--norc', '--noprofile']);
  const terminals = start();
  const channel = new MemoryChannel();
  const viewer = await attach(terminals, channel);
  viewer.input(bytes('yes\r'));
  let acknowledged = 0;
  const acknowledge = () => {
    if (channel.bytes < acknowledged) acknowledged = 0;
    if (channel.bytes > acknowledged) viewer.message({ type: 'ack', bytes: channel.bytes - acknowledged });
    acknowledged = channel.bytes;
  };
  await until(() => (acknowledge(), channel.total > 1024 * 1024), 'a flood');
  const stopped = channel.total;
  viewer.input(bytes('\x03'));
  viewer.input(bytes('echo $((6*7))\r'));
  await until(() => (acknowledge(), channel.end.includes('42\r\n')), 'the shell answers');
  t.diagnostic(`${channel.total - stopped} bytes after Ctrl-C`);
  await terminals.close();
});
