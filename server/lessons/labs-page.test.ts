/** docs/labs.md says of every field of lab.yaml what the schema says. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { labSchema } from '../../protocol/lab.ts';
import { readLabs } from './read-labs.ts';

const page = readFileSync(path.join(import.meta.dirname, '../../docs/labs.md'), 'utf8');

/** The JSON schema of one field, as far as it is read here. */
interface Field {
  readonly properties?: Readonly<Record<string, Field>>;
  readonly default?: unknown;
}

/** Dotted names of all fields that hold a value, with their defaults as JSON; without one: empty. */
function fieldsOf(field: Field, prefix = ''): [string, string][] {
  return Object.entries(field.properties ?? {}).flatMap(([name, child]): [string, string][] => {
    const full = `${prefix}${name}`;
    if (child.properties !== undefined) return fieldsOf(child, `${full}.`);
    return [[full, child.default === undefined ? '' : JSON.stringify(child.default)]];
  });
}

test('the table of fields holds the fields of the schema, in their order, with their defaults', () => {
  const schema = z.toJSONSchema(labSchema, { io: 'input' }) as Field;
  const section = page.split('## Every field of lab.yaml')[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| `([\w.]+)` \| (?:`(.*?)`)? ?\| \S/gm)];
  assert.deepEqual(
    rows.map(([, name = '', fallback = '']): [string, string] => [name, fallback]),
    fieldsOf(schema),
  );
});

test('the example is a lab', (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'drydock-labs-page-'));
  t.after(() => rmSync(root, { recursive: true }));
  const folder = path.join(root, 'notes');
  mkdirSync(folder);
  for (const name of ['Dockerfile', 'lab.yaml']) {
    const text = page.split(`\`labs/notes/${name}\`:`)[1]?.split(/```\w*\n/)[1] ?? '';
    writeFileSync(path.join(folder, name), text);
  }
  assert.equal(readLabs(root)[0]?.settings.title, 'Redis on Debian 12');
});
