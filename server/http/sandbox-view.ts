/** A sandbox as its learner sees it over HTTP. Knows nothing about requests. */
import type { SandboxInfo } from '../../protocol/api.ts';
import type { Entry } from '../sandbox/registry.ts';
import type { AppDeps } from './deps.ts';

/** The terminals of every sandbox. */
export const TERMINALS: readonly string[] = ['main'];

/** The entry together with what its learner has done in the lesson. */
export function sandboxView(
  entry: Entry,
  { catalog, progress }: Pick<AppDeps, 'catalog' | 'progress'>,
): SandboxInfo {
  const done = progress.of(entry.learner).lessons.find(({ id }) => id === entry.lesson);
  const passed = new Set(done?.tasks.map(({ id }) => id));
  const tasks = catalog().lesson(entry.lesson)?.tasks ?? [];
  return {
    id: entry.id,
    lesson: entry.lesson,
    lab: entry.lab,
    state: entry.state,
    progress: entry.progress,
    step: entry.step,
    reason: entry.reason,
    expiresAt: entry.expiresAt.toISOString(),
    terminals: [...TERMINALS],
    tasks: tasks.map(({ id }) => ({ id, status: passed.has(id) ? 'passed' : 'not-yet' })),
    values: {},
  };
}
