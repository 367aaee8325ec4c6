import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { labSchema } from '../../protocol/lab.ts';
import type { LabSource } from '../sandbox/engine.ts';
import { linkBases } from './lab-bases.ts';
import { formatProblem } from './problem.ts';

/** Labs with the given Dockerfiles, linked, and what was wrong with them. */
function link(t: TestContext, dockerfiles: Record<string, string>): { labs: LabSource[]; faults: string[] } {
  const root = mkdtempSync(path.join(tmpdir(), 'drydock-bases-'));
  t.after(() => rmSync(root, { recursive: true }));
  const sources = Object.entries(dockerfiles).map(([name, text]) => {
    const folder = path.join(root, 'labs', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'Dockerfile'), text);
    return { name, folder, settings: labSchema.parse({ title: `Lab ${name}` }) };
  });
  const faults: string[] = [];
  const labs = linkBases(sources, (problem) => faults.push(formatProblem(problem)));
  return { labs, faults };
}

const namesOf = (lab: LabSource | undefined): string[] => (lab?.bases ?? []).map(({ name }) => name);

test('a lab knows the labs that its Dockerfile names, each once, and they know theirs', (t) => {
  const { labs, faults } = link(t, {
    workshop: 'FROM drydock/vm AS vm\nFROM --platform=linux/amd64 drydock/docker\nFROM drydock/vm\n',
    docker: 'FROM drydock/tools\n',
    tools: 'FROM drydock/debian:bookworm\n',
    vm: 'FROM debian\nRUN echo FROM drydock/nothing\n',
  });
  assert.deepEqual(faults, []);
  assert.deepEqual(namesOf(labs[0]), ['vm', 'docker']);
  assert.deepEqual(namesOf(labs[0]?.bases?.[1]), ['tools']);
  assert.equal(labs[2]?.bases, undefined);
});

test('an unknown lab is told with its line and those there are', (t) => {
  const { faults } = link(t, { a: '# a\nFROM drydock/docekr\n', docker: 'FROM x\n' });
  assert.deepEqual(faults, ['labs/a/Dockerfile:2:1: FROM: expected one of the labs docker, found "docekr"']);
});

test('labs that are built on each other in a circle are refused', (t) => {
  const { faults } = link(t, { a: 'FROM drydock/b\n', b: 'FROM drydock/a\n' });
  assert.match(faults[0] ?? '', /expected labs that are not built on themselves, found "?a → b → a/);
  assert.equal(faults.length, 1);
});
