import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VALUE_REFERENCE } from '../../protocol/lesson.ts';
import { fillIn } from './values.ts';

test('each reference gets its value', () => {
  assert.deepEqual(fillIn('run -p {{port}}:80 {{ name }}\n{{port}}', { port: '20001', name: 'anchor' }), {
    text: 'run -p 20001:80 anchor\n20001',
  });
});

test('unknown names are told once each, and nothing is half filled in', () => {
  assert.deepEqual(fillIn('{{a}} {{b}} {{a}}', { b: '1' }), { missing: ['a'] });
  assert.deepEqual(fillIn('{{constructor}}', {}), { missing: ['constructor'] });
});

test('a value is put in as it is, whatever it contains', () => {
  assert.deepEqual(fillIn('{{a}}', { a: '$& {{b}}' }), { text: '$& {{b}}' });
});

test('other braces are left alone', () => {
  const text = "docker ps --format '{{.Names}}' ${HOME} {{ Not }}";
  assert.deepEqual(fillIn(text, {}), { text });
});

test('the page knows a reference by the same pattern as the schemas', async () => {
  const source = await import('node:fs').then(({ readFileSync }) =>
    readFileSync(new URL('values.ts', import.meta.url), 'utf8'),
  );
  assert.ok(source.includes(`/${VALUE_REFERENCE.source}/${VALUE_REFERENCE.flags}`));
});
