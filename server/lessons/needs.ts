/** Holds what tasks need of each other to the rules. Knows nothing about files. */
import type { Task } from '../../protocol/lesson.ts';

export interface NeedFault {
  /** Which task, and which of its needs. */
  readonly index: number;
  readonly need: number;
  readonly expected: string;
  readonly found: string;
}

/** Every need that names no exercise of the lesson, or that leads back to its own task. */
export function checkNeeds(tasks: readonly Pick<Task, 'id' | 'kind' | 'needs'>[]): NeedFault[] {
  const exercises = new Map(tasks.filter(({ kind }) => kind === 'exercise').map((task) => [task.id, task]));
  const wayBack = (from: string, to: string, seen: readonly string[]): readonly string[] | undefined => {
    if (from === to) return [...seen, to];
    if (seen.includes(from)) return undefined;
    for (const next of exercises.get(from)?.needs ?? []) {
      const way = wayBack(next, to, [...seen, from]);
      if (way) return way;
    }
    return undefined;
  };
  return tasks.flatMap((task, index) =>
    task.needs.flatMap((name, need) => {
      if (task.kind === 'quiz') {
        return [
          { index, need, expected: 'no needs, since a quiz can be answered at any time', found: `"${name}"` },
        ];
      }
      if (!exercises.has(name)) {
        const known = [...exercises.keys()].filter((id) => id !== task.id).join(', ');
        const expected =
          known === '' ? 'no needs, since the lesson has no other exercise' : `one of the exercises ${known}`;
        return [{ index, need, expected, found: `"${name}"` }];
      }
      const way = wayBack(name, task.id, [task.id]);
      return way ? [{ index, need, expected: 'needs without a cycle', found: way.join(' → ') }] : [];
    }),
  );
}
