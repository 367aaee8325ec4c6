/** Shows results to whoever waits for them: a live list and a table on a terminal, plain lines elsewhere. */
import { Listr } from 'listr2';
import type { CatalogLesson } from '../../../server/lessons/catalog.ts';
import type { Watcher } from './prove.ts';
import { failuresOf, formatFailure, type LessonResult } from './result.ts';

/** A watcher that shows how far each lesson is, and resolves when all were told to end. */
export function watchLessons(
  lessons: readonly CatalogLesson[],
  rounds: number,
  live: boolean,
): Watcher & { readonly ended: (result: LessonResult) => void; close(): Promise<void> } {
  return live ? liveList(lessons, rounds) : plainLines(rounds);
}

function plainLines(rounds: number): ReturnType<typeof watchLessons> {
  const ended = (result: LessonResult): void => {
    const failures = failuresOf(result);
    const round = rounds === 1 ? '' : ` (round ${result.round})`;
    const sign = failures.length === 0 ? '✔' : '✖';
    console.log(`${sign} ${result.lesson.id}${round}: ${inWords(result)}, ${seconds(result.ms)}`);
  };
  return { ended, close: () => Promise.resolve() };
}

function liveList(lessons: readonly CatalogLesson[], rounds: number): ReturnType<typeof watchLessons> {
  const rows = new Map<string, { say(text: string): void; end(result?: LessonResult): void }>();
  const key = (lesson: CatalogLesson, round: number): string => `${lesson.id} ${round}`;
  const tasks = Array.from({ length: rounds }, (_, index) => index + 1).flatMap((round) =>
    lessons.map((lesson) => {
      const title = rounds === 1 ? lesson.id : `${lesson.id} (round ${round})`;
      const result = Promise.withResolvers<LessonResult | undefined>();
      const row = { say: (_text: string): void => undefined, end: result.resolve };
      rows.set(key(lesson, round), row);
      return {
        title,
        task: async (_context: unknown, task: { title?: string; output: string }) => {
          row.say = (text) => (task.output = text);
          const ended = await result.promise;
          if (ended === undefined) throw new Error('stopped');
          task.title = `${title}: ${inWords(ended)}, ${seconds(ended.ms)}`;
          if (failuresOf(ended).length > 0) throw new Error('see below');
        },
      };
    }),
  );
  const list = new Listr(tasks, {
    concurrent: true,
    exitOnError: false,
    rendererOptions: { showErrorMessage: false, collapseErrors: true },
  });
  const running = list.run().catch(() => undefined);
  return {
    said: (lesson, round, step) => rows.get(key(lesson, round))?.say(step),
    ended: (result) => rows.get(key(result.lesson, result.round))?.end(result),
    close: async () => {
      for (const row of rows.values()) row.end();
      await running;
    },
  };
}

/** Lines of a table: lesson, tasks, text, time, result. */
export function tableOf(results: readonly LessonResult[]): string {
  const rows = results.map((result) => {
    const part = (half: RegExp): string =>
      seconds(result.steps.filter(({ name }) => half.test(name)).reduce((sum, { ms }) => sum + ms, 0));
    return [
      result.round === 1 ? result.lesson.id : `${result.lesson.id} (${result.round})`,
      part(/^sandbox/),
      part(/^(?:untouched|solution|values)/),
      part(/^(?:after|text)/),
      seconds(result.ms),
      failuresOf(result).length === 0 ? 'passed' : `${failuresOf(result).length} failed`,
    ];
  });
  const all = [['Lesson', 'Sandboxes', 'Tasks', 'Text', 'Together', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === row.length - 1
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Every failure below the name of its lesson and step; empty where there is none. */
export function reportOf(results: readonly LessonResult[]): string {
  return results
    .flatMap(({ lesson, round, steps }) =>
      steps
        .filter(({ failures }) => failures.length > 0)
        .map(({ name, failures }) => {
          const title = `${lesson.id}${round === 1 ? '' : ` (round ${round})`}: ${name}`;
          return [`✖ ${title}`, ...failures.map((failure) => formatFailure(failure))].join('\n');
        }),
    )
    .join('\n\n');
}

function inWords({ lesson, steps }: LessonResult): string {
  const skipped = steps.filter((step) => step.skipped).length;
  const tasks = `${lesson.tasks.length} task${lesson.tasks.length === 1 ? '' : 's'}`;
  const text = /\((.*)\)/.exec(steps.find(({ name }) => name.startsWith('text'))?.name ?? '')?.[1];
  return [tasks, text, skipped === 0 ? undefined : `${skipped} skipped`].filter(Boolean).join(', ');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
