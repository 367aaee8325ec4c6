/** Keeps progress in SQLite. Knows nothing about who asks, nor how the file is opened. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { helpKindSchema, type Progress } from '../../protocol/api.ts';
import {
  MAX_HELP,
  type Attempt,
  type Help,
  type LearnerRecord,
  type ProgressStore,
  type TaskKey,
} from './store.ts';

/** Sights closer together than this are one: every request of a page would be a write otherwise. */
const SEEN_GRAIN_MS = 60_000;

/** The progress store on a database of `openDatabase`. The database stays the caller's to close. */
export class SqliteProgressStore implements ProgressStore {
  readonly #database: DatabaseSync;
  readonly #seen: StatementSync;
  readonly #started: StatementSync;
  readonly #attempt: StatementSync;
  readonly #passed: StatementSync;
  readonly #help: StatementSync;
  readonly #lessons: StatementSync;
  readonly #tasks: StatementSync;
  readonly #helps: StatementSync;
  readonly #attempts: StatementSync;
  readonly #learner: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#seen = database.prepare(
      `INSERT INTO learner (id, created_at, seen_at) VALUES (?1, ?2, ?2)
       ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at WHERE excluded.seen_at >= seen_at + ${SEEN_GRAIN_MS}`,
    );
    this.#started = database.prepare(
      'INSERT INTO lesson_progress (learner, lesson, started_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#attempt = database.prepare(
      `INSERT INTO task_progress (learner, lesson, task, attempts) VALUES (?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET attempts = attempts + 1`,
    );
    this.#passed = database.prepare(
      `INSERT INTO task_progress (learner, lesson, task, passed_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET passed_at = coalesce(passed_at, excluded.passed_at)`,
    );
    this.#help = database.prepare(
      `INSERT INTO help (learner, lesson, task, kind, at) SELECT ?1, ?2, ?3, ?4, ?5
       WHERE (SELECT count(*) FROM help WHERE learner = ?1 AND lesson = ?2) < ${MAX_HELP}`,
    );
    this.#lessons = database.prepare(
      'SELECT lesson, started_at FROM lesson_progress WHERE learner = ? ORDER BY started_at, lesson',
    );
    this.#tasks = database.prepare(
      `SELECT lesson, task, passed_at FROM task_progress
       WHERE learner = ? AND passed_at IS NOT NULL ORDER BY passed_at, task`,
    );
    this.#helps = database.prepare(
      'SELECT lesson, task, kind, at FROM help WHERE learner = ? ORDER BY at, rowid',
    );
    this.#attempts = database.prepare(
      'SELECT attempts FROM task_progress WHERE learner = ? AND lesson = ? AND task = ?',
    );
    this.#learner = database.prepare('SELECT created_at, seen_at FROM learner WHERE id = ?');
  }

  seen(learner: string, at: Date): void {
    this.#seen.run(learner, at.getTime());
  }

  started(learner: string, lesson: string, at: Date): void {
    this.#together(() => this.#start(learner, lesson, at));
  }

  attempt(learner: string, { lesson, task }: TaskKey, { at }: Attempt): void {
    this.#together(() => {
      this.#start(learner, lesson, at);
      this.#attempt.run(learner, lesson, task);
    });
  }

  // oxlint-disable-next-line eslint/max-params -- the four of them are the fact that is recorded
  passed(learner: string, lesson: string, task: string, at: Date): void {
    this.#together(() => {
      this.#start(learner, lesson, at);
      this.#passed.run(learner, lesson, task, at.getTime());
    });
  }

  help(learner: string, { lesson, task }: TaskKey, { kind, at }: Help): void {
    this.#together(() => {
      this.#start(learner, lesson, at);
      this.#help.run(learner, lesson, task, kind, at.getTime());
    });
  }

  of(learner: string): Progress {
    const tasks = this.#tasks.all(learner);
    const helps = this.#helps.all(learner);
    const lessons = this.#lessons.all(learner).map((row) => ({
      id: String(row['lesson']),
      startedAt: timeOf(row['started_at']).toISOString(),
      tasks: tasks
        .filter((task) => task['lesson'] === row['lesson'])
        .map((task) => ({ id: String(task['task']), passedAt: timeOf(task['passed_at']).toISOString() })),
      help: helps
        .filter((help) => help['lesson'] === row['lesson'])
        .map((help) => ({
          task: String(help['task']),
          kind: helpKindSchema.parse(help['kind']),
          at: timeOf(help['at']).toISOString(),
        })),
    }));
    return { lessons };
  }

  attempts(learner: string, { lesson, task }: TaskKey): number {
    return Number(this.#attempts.get(learner, lesson, task)?.['attempts'] ?? 0);
  }

  learner(learner: string): LearnerRecord | undefined {
    const row = this.#learner.get(learner);
    return row && { id: learner, createdAt: timeOf(row['created_at']), seenAt: timeOf(row['seen_at']) };
  }

  #start(learner: string, lesson: string, at: Date): void {
    this.#seen.run(learner, at.getTime());
    this.#started.run(learner, lesson, at.getTime());
  }

  #together(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

function timeOf(column: unknown): Date {
  return new Date(Number(column));
}
