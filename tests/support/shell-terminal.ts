/** A real bash of this machine in a terminal of the server, in a home folder of its own. Tests only. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { furtherShell } from '../../server/sandbox/main-shell.ts';
import { openEmulator } from '../../server/terminal/emulator.ts';
import { Terminals, type Mark, type Viewer } from '../../server/terminal/terminals.ts';
import { bytes, feed, MemoryChannel, quietLog } from '../../server/terminal/testing.ts';
import { HostProgram } from '../fakes/host-process.ts';

export const SIZE = { cols: 60, rows: 20 };
const KEY = 'box/1/main';
/** Milliseconds that anything here may take: only what hangs takes longer. */
const DEADLINE_MS = 15_000;

const PROFILE = "PS1='me:\\W\\$ '\n";

export interface ShellOptions {
  /** What runs in the terminal; a further shell where it is not given. */
  readonly argv?: readonly string[];
  /** Files of the home folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether the terminal keeps a journal, so that `restart` finds its screen again. */
  readonly journal?: boolean;
}

/** Somebody at a terminal. */
export class ShellTerminal {
  readonly home: string;
  readonly marks: Mark[] = [];
  readonly #program: HostProgram;
  readonly #journalFolder: string | undefined;
  terminals: Terminals;
  channel = new MemoryChannel();
  viewer: Viewer | undefined;

  private constructor(home: string, program: HostProgram, journalFolder: string | undefined) {
    this.home = home;
    this.#program = program;
    this.#journalFolder = journalFolder;
    this.terminals = this.#server();
  }

  /** Resolves when the shell shows its first prompt, where `waits` is not false. */
  static async open(t: TestContext, options: ShellOptions = {}, waits = true): Promise<ShellTerminal> {
    const home = await mkdtemp(path.join(tmpdir(), 'drydock-shell-'));
    const files = { '.profile': PROFILE, ...options.files };
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(home, name), text);
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8' };
    const program = new HostProgram(options.argv ?? furtherShell(SIZE), { folder: home, env }, SIZE);
    const journalFolder = options.journal ? path.join(home, '.journals') : undefined;
    const shell = new ShellTerminal(home, program, journalFolder);
    t.after(async () => {
      await shell.terminals.close();
      program.kill();
      await program.ended;
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    });
    await shell.attach();
    if (waits) await shell.until(() => shell.count('prompt') > 0, 'the first prompt');
    return shell;
  }

  async attach(): Promise<void> {
    const open = () => Promise.resolve(this.#program.view(() => undefined));
    this.channel = new MemoryChannel();
    this.viewer = await this.terminals.attach(KEY, open, this.channel, SIZE);
  }

  /** Another server takes over. */
  async restart(): Promise<void> {
    await this.terminals.close();
    this.terminals = this.#server();
    await this.attach();
  }

  /** How many marks of a kind have come. */
  count(kind: Mark['kind']): number {
    return this.marks.filter((mark) => mark.kind === kind).length;
  }

  /** Presses keys. */
  press(keys: string): void {
    this.viewer?.input(bytes(keys));
  }

  /** Types a line and Enter. Resolves when a command has ended and the prompt is back, with its code and what it printed
   * beside that, without colours. */
  async enter(line: string): Promise<{ code: number | null; printed: string }> {
    const start = this.channel.text.length;
    const from = this.marks.length;
    this.press(`${line}\r`);
    const ends = () => this.marks.slice(from).findIndex(({ kind }) => kind === 'done');
    const isBack = () => this.marks.slice(from + ends()).some(({ kind }) => kind === 'prompt');
    await this.until(() => ends() !== -1 && isBack(), `the end of ${line}`);
    const done = this.marks[from + ends()];
    const text = this.channel.text.slice(start);
    const printed = stripVTControlCharacters(text).replaceAll('\r', '');
    return { code: done?.kind === 'done' ? done.code : null, printed };
  }

  /** Types as the server does for a learner. */
  type(text: string, more: { id?: string; anyway?: boolean } = {}): Promise<void> {
    const { id = `id-${Math.random()}`, anyway = false } = more;
    return this.terminals.type(KEY, { text, id, anyway });
  }

  /** All output of this connection, without colours and marks. */
  get text(): string {
    return stripVTControlCharacters(this.channel.text).replaceAll('\r', '');
  }

  /** The screen as it is seen, with the cursor's place. */
  async screen(): Promise<string> {
    const emulator = openEmulator(SIZE);
    for (const item of this.channel.received) {
      if (item instanceof Uint8Array) await feed(emulator, item);
      else if (item.type === 'snapshot') await feed(emulator, item.data);
    }
    const { active } = emulator.terminal.buffer;
    const lines = Array.from(
      { length: SIZE.rows },
      (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? '',
    );
    const seen = `${lines.join('\n').trimEnd()}\n(${active.cursorX},${active.cursorY})`;
    emulator.terminal.dispose();
    return seen;
  }

  /** Resolves when nothing has been printed for a while. */
  async rest(): Promise<void> {
    for (let seen = -1; seen !== this.channel.total;) {
      seen = this.channel.total;
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!condition()) {
      const found = () => `${JSON.stringify(this.marks.slice(-6))}, ${JSON.stringify(this.text.slice(-400))}`;
      assert.ok(performance.now() < deadline, `expected ${what}, found ${found()}`);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  }

  #server(): Terminals {
    return new Terminals({
      log: quietLog(),
      journalFolder: this.#journalFolder,
      onMark: (_key, mark) => this.marks.push(mark),
    });
  }
}
