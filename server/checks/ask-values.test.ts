import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { localSandbox } from '../../tests/fakes/local-run.ts';
import { askValues } from './ask-values.ts';

const never = new AbortController().signal;

test('each script tells its value by its first line, and sees those before it', async (t) => {
  const sandbox = localSandbox();
  t.after(() => sandbox.destroy());
  writeFileSync(path.join(sandbox.home, 'marker'), '');
  const asked = [
    { name: 'file', script: 'ls; echo more' },
    { name: 'both', script: 'echo "$LESSON_PORT $LESSON_FILE"' },
    { name: 'colored', script: String.raw`printf '\e[1mbold\e[0m\t\n'` },
  ];
  assert.deepEqual(await askValues(sandbox, { known: { port: '20001' }, asked }, never), {
    port: '20001',
    file: 'marker',
    both: '20001 marker',
    colored: 'bold',
  });
});

test('a script that fails, says nothing or too much makes its value unknown, and keeps no other', async (t) => {
  const sandbox = localSandbox();
  t.after(() => sandbox.destroy());
  const asked = [
    { name: 'failed', script: 'echo half; exit 1' },
    { name: 'silent', script: 'true' },
    { name: 'blank', script: 'echo; echo second' },
    { name: 'long', script: 'printf "%0201d" 0' },
    { name: 'faulty', script: 'if' },
    { name: 'fine', script: 'printf "%0200d" 0' },
  ];
  assert.deepEqual(Object.keys(await askValues(sandbox, { known: {}, asked }, never)), ['fine']);
});
