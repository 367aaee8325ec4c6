import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReport } from './reports.ts';
import { bytes } from './testing.ts';

test('answers of a terminal are told from typing', () => {
  const answers = [
    '\x1b[?1;2c',
    '\x1b[>0;276;0c',
    '\x1b[12;40R',
    '\x1b[0n',
    '\x1b[?2004;1$y',
    '\x1b]11;rgb:1111/22aa/3333\x1b\\',
  ];
  const typed = [
    'a',
    '\x1b',
    '\x1b[A',
    '\x1bOP',
    '\x1b[200~pasted\x1b[201~',
    '\x1b[3~',
    '\x1b[<0;3;4M',
    '\x03',
    'ls\r',
    '\x1b[1;5C',
  ];
  for (const answer of answers) assert.equal(isReport(bytes(answer)), true, JSON.stringify(answer));
  for (const input of typed) assert.equal(isReport(bytes(input)), false, JSON.stringify(input));
  assert.equal(isReport(bytes('\x1b[?1;2c\x1b[1;1R')), true);
  assert.equal(isReport(bytes('\x1b[?1;2cls\r')), false);
});
