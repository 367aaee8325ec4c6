import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerMessage } from '../../protocol/messages.ts';
import { serverMessageSchema } from '../../protocol/messages.ts';
import { parseServerMessage } from './server-message.ts';

const MESSAGES: ServerMessage[] = [
  { type: 'snapshot', cols: 80, rows: 24, data: '\x1b[1mhello' },
  { type: 'resize', cols: 100, rows: 30 },
  { type: 'exit', reason: 'sandbox-ended', code: 0 },
  { type: 'exit', reason: 'shell-exited', code: null },
  { type: 'error', code: 'bad-message', message: 'Expected JSON.' },
];

test('understands every message of the contract', () => {
  for (const message of MESSAGES) {
    assert.deepEqual(serverMessageSchema.parse(message), message, 'the contract has it so');
    assert.deepEqual(parseServerMessage(JSON.stringify(message)), message);
  }
});

test('leaves out no kind of message', () => {
  const kinds = serverMessageSchema.options.map((option) => option.shape.type.value);
  assert.deepEqual(new Set(MESSAGES.map(({ type }) => type)), new Set(kinds));
});

test('refuses what is none', () => {
  const texts = [
    '',
    '{',
    'null',
    '7',
    '[]',
    '{}',
    '{"type":"other"}',
    '{"type":"resize","cols":"80","rows":24}',
  ];
  texts.push(
    '{"type":"snapshot","cols":80,"rows":24}',
    '{"type":"resize","cols":0,"rows":24}',
    '{"type":"exit"}',
  );
  for (const text of texts) assert.equal(parseServerMessage(text), undefined, text);
});
