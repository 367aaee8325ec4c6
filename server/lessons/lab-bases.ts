/** Finds out which labs the image of a lab is built on. Builds nothing and knows nothing about engines. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LabSource } from '../sandbox/engine.ts';
import type { Problem } from './problem.ts';

/** `FROM drydock/docker` or `FROM drydock/docker AS tools`, without a tag: the lab of that name as it stands. */
const FROM_LAB = /^\s*FROM\s+(?:--\S+\s+)*drydock\/([a-z0-9-]+)(?=\s|$)/i;

interface Mention {
  readonly lab: string;
  readonly line: number;
}

/**
 * The labs with `bases` filled in: those that their Dockerfiles name, each once. An unknown lab and one that is built
 * on itself, over others or not, are reported and left out.
 */
export function linkBases(labs: readonly LabSource[], report: (problem: Problem) => void): LabSource[] {
  const byName = new Map(labs.map((lab) => [lab.name, lab]));
  const mentions = new Map(labs.map((lab) => [lab.name, mentionsIn(lab.folder)]));
  const linked = new Map<string, LabSource>();
  const link = (lab: LabSource, above: readonly string[]): LabSource => {
    const known = linked.get(lab.name);
    if (known) return known;
    const bases = new Map<string, LabSource>();
    for (const { lab: name, line } of mentions.get(lab.name) ?? []) {
      const base = byName.get(name);
      const fault = { file: fileOf(lab), line, column: 1, field: 'FROM' };
      const way = [...above, lab.name];
      if (base === undefined) {
        const others = labs.map((other) => other.name).filter((other) => other !== lab.name);
        report({ ...fault, expected: `one of the labs ${others.join(', ')}`, found: `"${name}"` });
      } else if (way.includes(name)) {
        report({
          ...fault,
          expected: 'labs that are not built on themselves',
          found: [...way, name].join(' → '),
        });
      } else bases.set(name, link(base, way));
    }
    const result = bases.size === 0 ? lab : { ...lab, bases: [...bases.values()] };
    // Below another lab it may be incomplete, where that one is named again.
    if (above.length === 0) linked.set(lab.name, result);
    return result;
  };
  return labs.map((lab) => link(lab, []));
}

function mentionsIn(folder: string): Mention[] {
  const lines = readFileSync(path.join(folder, 'Dockerfile'), 'utf8').split('\n');
  return lines.flatMap((text, index) => {
    const lab = FROM_LAB.exec(text)?.[1];
    return lab === undefined ? [] : [{ lab, line: index + 1 }];
  });
}

function fileOf({ folder }: LabSource): string {
  return path.join(path.basename(path.dirname(folder)), path.basename(folder), 'Dockerfile');
}
