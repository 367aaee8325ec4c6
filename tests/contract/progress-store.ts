/** What every progress store keeps to. Run by a test of each implementation. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MAX_HELP, type ProgressStore } from '../../server/progress/store.ts';

export interface ProgressStoreHarness {
  readonly store: ProgressStore;
  /** The same content as after a restart of the server. */
  reopen(): ProgressStore;
  close(): void;
}

const at = (minute: number): Date => new Date(Date.UTC(2030, 0, 1, 12, minute));
const key = { lesson: 'course/lesson', task: 'task' };

/** Declares the suite. `open` gives an empty store each time. */
export function testProgressStore(name: string, open: () => ProgressStoreHarness): void {
  const check = (title: string, body: (store: ProgressStore, harness: ProgressStoreHarness) => void): void =>
    void test(title, () => {
      const harness = open();
      try {
        body(harness.store, harness);
      } finally {
        harness.close();
      }
    });

  describe(`progress store: ${name}`, () => {
    check('an unknown learner has done nothing', (store) => {
      assert.deepEqual(store.of('nobody'), { lessons: [] });
      assert.equal(store.learner('nobody'), undefined);
      assert.equal(store.attempts('nobody', key), 0);
    });

    check('the first start of a lesson is kept', (store) => {
      store.started('ann', 'course/lesson', at(1));
      store.started('ann', 'course/lesson', at(2));
      assert.deepEqual(store.of('ann').lessons, [
        { id: 'course/lesson', startedAt: at(1).toISOString(), tasks: [], help: [] },
      ]);
    });

    check('the first passing of a task is kept', (store) => {
      store.started('ann', 'course/lesson', at(1));
      store.passed('ann', 'course/lesson', 'task', at(2));
      store.passed('ann', 'course/lesson', 'task', at(3));
      assert.deepEqual(store.of('ann').lessons[0]?.tasks, [{ id: 'task', passedAt: at(2).toISOString() }]);
    });

    check('lessons come in the order of their start, tasks in the order of passing', (store) => {
      store.started('ann', 'course/z', at(1));
      store.started('ann', 'course/a', at(2));
      store.passed('ann', 'course/z', 'second', at(4));
      store.passed('ann', 'course/z', 'first', at(3));
      const { lessons } = store.of('ann');
      assert.deepEqual(
        lessons.map(({ id }) => id),
        ['course/z', 'course/a'],
      );
      assert.deepEqual(
        lessons[0]?.tasks.map(({ id }) => id),
        ['first', 'second'],
      );
    });

    check('passing a task of a lesson that was never started starts it', (store) => {
      store.passed('ann', 'course/lesson', 'task', at(2));
      assert.deepEqual(store.of('ann').lessons, [
        {
          id: 'course/lesson',
          startedAt: at(2).toISOString(),
          tasks: [{ id: 'task', passedAt: at(2).toISOString() }],
          help: [],
        },
      ]);
    });

    check('attempts are counted and do not pass', (store) => {
      store.attempt('ann', key, { status: 'failed', at: at(1) });
      store.attempt('ann', key, { status: 'passed', at: at(2) });
      assert.equal(store.attempts('ann', key), 2);
      assert.deepEqual(store.of('ann').lessons[0]?.tasks, []);
      store.passed('ann', key.lesson, key.task, at(2));
      store.attempt('ann', key, { status: 'failed', at: at(3) });
      assert.equal(store.attempts('ann', key), 3);
      assert.equal(store.of('ann').lessons[0]?.tasks[0]?.passedAt, at(2).toISOString());
    });

    check('help is kept each time, in the order of time, with the lesson that it is about', (store) => {
      store.help('ann', key, { kind: 'solution', at: at(3) });
      store.help('ann', { ...key, task: 'other' }, { kind: 'hint', at: at(2) });
      store.help('ann', key, { kind: 'typed', at: at(3) });
      store.help('ann', key, { kind: 'typed', at: at(3) });
      store.started('ann', 'course/second', at(5));
      const { lessons } = store.of('ann');
      assert.deepEqual(
        lessons.map(({ id, help }) => [id, help.map((one) => `${one.task} ${one.kind} ${one.at}`)]),
        [
          [
            'course/lesson',
            [
              `other hint ${at(2).toISOString()}`,
              `task solution ${at(3).toISOString()}`,
              `task typed ${at(3).toISOString()}`,
              `task typed ${at(3).toISOString()}`,
            ],
          ],
          ['course/second', []],
        ],
      );
    });

    check('help with a lesson that was never started starts it, and passes nothing', (store) => {
      store.help('ann', key, { kind: 'hint', at: at(2) });
      const [lesson] = store.of('ann').lessons;
      assert.equal(lesson?.startedAt, at(2).toISOString());
      assert.deepEqual(lesson.tasks, []);
    });

    check('help with a lesson is bounded, that with others goes on', (store) => {
      for (let n = 0; n < MAX_HELP + 5; n++) store.help('ann', key, { kind: 'hint', at: at(n % 60) });
      store.help('ann', { ...key, lesson: 'course/other' }, { kind: 'hint', at: at(1) });
      store.help('bob', key, { kind: 'hint', at: at(1) });
      const counts = store.of('ann').lessons.map(({ help }) => help.length);
      assert.deepEqual(
        counts.toSorted((a, b) => a - b),
        [1, MAX_HELP],
      );
      assert.equal(store.of('bob').lessons[0]?.help.length, 1);
    });

    check('a learner is created once and seen again and again', (store) => {
      store.seen('ann', at(1));
      store.seen('ann', at(5));
      assert.deepEqual(store.learner('ann'), { id: 'ann', createdAt: at(1), seenAt: at(5) });
    });

    check('an older sight does not replace a later one', (store) => {
      store.seen('ann', at(5));
      store.seen('ann', at(1));
      assert.deepEqual(store.learner('ann')?.seenAt, at(5));
    });

    check('learners do not see each other', (store) => {
      store.passed('ann', 'course/lesson', 'task', at(1));
      assert.deepEqual(store.of('bob'), { lessons: [] });
    });

    check('everything survives a restart', (store, harness) => {
      store.passed('ann', 'course/lesson', 'task', at(1));
      store.attempt('ann', key, { status: 'passed', at: at(1) });
      store.help('ann', key, { kind: 'hint', at: at(1) });
      const before = store.of('ann');
      const after = harness.reopen();
      assert.deepEqual(after.of('ann'), before);
      assert.equal(after.attempts('ann', key), 1);
    });

    check('names are data, whatever they contain', (store) => {
      const learner = `'; DROP TABLE learner; --`;
      store.passed(learner, 'a"b', "c'd", at(1));
      assert.equal(store.of(learner).lessons[0]?.tasks[0]?.id, "c'd");
    });
  });
}
