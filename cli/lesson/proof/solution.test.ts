import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOf } from './solution.ts';

const texts = (script: string): string[] => linesOf(script).map(({ text }) => text);

test('a solution is typed without its first line and without empty lines, but for those of a here-document', () => {
  assert.deepEqual(linesOf('#!/bin/bash\n\nls\n\npwd\n'), [
    { text: 'ls', line: 3 },
    { text: 'pwd', line: 5 },
  ]);
  const document = ["cat > f <<'END'", 'one', '', 'two', 'END', 'ls'];
  assert.deepEqual(texts(`${document.join('\n')}\n`), document);
});
