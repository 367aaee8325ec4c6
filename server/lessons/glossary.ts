/** Reads the glossary and holds it to the lessons that there are. Knows nothing about pages. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { glossarySchema } from '../../protocol/lesson.ts';
import type { Problem } from './problem.ts';
import { readYaml } from './read-yaml.ts';

/** The ids of all terms; none where there is no glossary, or one that is faulty: `checkGlossary` tells that. */
export function glossaryTerms(lessonsFolder: string): string[] {
  const result = readGlossary(lessonsFolder);
  return result && 'value' in result ? Object.keys(result.value.terms) : [];
}

/** Every fault of the glossary, such as a term of a lesson that is not among `lessons` (`course/slug`). */
export function checkGlossary(lessonsFolder: string, lessons: readonly string[]): readonly Problem[] {
  const result = readGlossary(lessonsFolder);
  if (!result) return [];
  if ('problems' in result) return result.problems;
  const { terms } = result.value;
  const fault = (field: readonly (string | number)[], expected: string, found: string): Problem => ({
    file: nameOf(lessonsFolder),
    ...result.at(field),
    field: field.join('.'),
    expected,
    found: `"${found}"`,
  });
  return Object.entries(terms).flatMap(([id, { lesson, see }]) => [
    ...(lessons.includes(lesson)
      ? []
      : [fault(['terms', id, 'lesson'], 'a lesson, such as "docker/images"', lesson)]),
    ...see.flatMap((other, index) =>
      other in terms && other !== id
        ? []
        : [fault(['terms', id, 'see', index], 'the id of another term', other)],
    ),
  ]);
}

function readGlossary(lessonsFolder: string) {
  const file = path.join(lessonsFolder, 'glossary.yaml');
  if (!existsSync(file)) return undefined;
  return readYaml({ file: nameOf(lessonsFolder), text: readFileSync(file, 'utf8') }, glossarySchema);
}

const nameOf = (lessonsFolder: string): string => `${path.basename(lessonsFolder)}/glossary.yaml`;
