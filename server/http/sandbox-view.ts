/** A sandbox as its learner sees it over HTTP. Knows nothing about requests. */
import type { SandboxInfo, TaskState } from '../../protocol/api.ts';
import type { Entry } from '../sandbox/registry.ts';
import type { AppDeps } from './deps.ts';

/** The entry together with what its learner has done in the lesson, and what checks have told about it. */
export function sandboxView(
  entry: Entry,
  {
    catalog,
    progress,
    checks,
    terminalList,
  }: Pick<AppDeps, 'catalog' | 'progress' | 'checks' | 'terminalList'>,
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
    terminals: terminalList.names(entry),
    tasks: tasks.map(({ id }): TaskState => {
      const told = checks.told(entry, id);
      if (told?.status === 'broken') return { id, status: 'broken', message: told.message };
      if (!passed.has(id)) return { id, status: 'not-yet', message: told?.message };
      // Passed in an earlier sandbox and not yet done in this one: it stays passed, without words of failure beside it.
      return { id, status: 'passed', message: told?.status === 'passed' ? told.message : undefined };
    }),
    values: checks.valuesOf(entry),
  };
}
