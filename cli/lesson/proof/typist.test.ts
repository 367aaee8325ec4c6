import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pty } from '../../../server/sandbox/engine.ts';
import { Typist } from './typist.ts';

const PROMPT = 'student@box:~$ \x1b]133;B\x07';

/** A shell that answers each line with what `answer` prints. */
function shell(answer: (print: (text: string) => void) => Promise<void>): Pty {
  let print: (text: string) => void = () => undefined;
  return {
    write: () => void answer(print),
    resize: () => Promise.resolve(),
    pause: () => undefined,
    resume: () => undefined,
    detach: () => undefined,
    onData: (listener) => {
      print = (text) => listener(Buffer.from(text));
      print(`\x1b]133;A\x07${PROMPT}`);
      return () => undefined;
    },
    onExit: () => () => undefined,
  };
}

test('a prompt that is drawn once more, as after a change of size, is not taken for the end of the line', async (t) => {
  const pty = shell(async (print) => {
    print(`\r${PROMPT}`);
    await sleep(50);
    print('work\r\n\x1b]133;C\x07done\r\n\x1b]133;D;3\x07\x1b]133;A\x07');
    print(PROMPT);
  });
  const typist = await Typist.sit(pty, { user: 'student', lineMs: 5000, signal: t.signal });
  t.after(() => typist.close());
  assert.deepEqual(await typist.type('work'), { at: 'prompt', output: 'done', code: 3 });
});

test('a last line that leaves a program at the prompt where it was typed is told as such', async (t) => {
  const pty = shell(async (print) => {
    print('line\r\n');
    await sleep(50);
    print('>>> ');
  });
  const typist = await Typist.sit(pty, { user: 'student', lineMs: 12_000, signal: t.signal });
  t.after(() => typist.close());
  assert.equal((await typist.type('python3', { prompt: '>>> ' })).at, 'inside');
  const stuck = { name: 'StuckError', found: '">>>", and no further line that leaves it' };
  await assert.rejects(typist.type('xeit()', { last: true }), stuck);
});

test('a last line that leaves a command unfinished is told as such', async (t) => {
  const pty = shell((print) => Promise.resolve(print('line\r\n> ')));
  const typist = await Typist.sit(pty, { user: 'student', lineMs: 12_000, signal: t.signal });
  t.after(() => typist.close());
  const stuck = { name: 'StuckError', found: '">", and no further line that leaves it' };
  await assert.rejects(typist.type('f()', { last: true }), stuck);
});
