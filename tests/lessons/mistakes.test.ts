/** Checks name what is wrong: each mistake that is listed here gets the message that fits it, and odd ways pass. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LessonLab } from '../../cli/lesson/proof/lesson-lab.ts';
import { proofsAtATime } from '../../cli/lesson/proof/patience.ts';
import { exercisesOf, loadCatalog } from '../../server/lessons/catalog.ts';
import { folders } from './folders.ts';
import { apisMistakes } from './mistakes-apis.ts';
import { dockerMistakes } from './mistakes-docker.ts';
import { dockerPythonMistakes } from './mistakes-docker-python.ts';
import { virtualenvMistakes } from './mistakes-virtualenv.ts';
import { vmMistakes } from './mistakes-vm.ts';

const lessons = new Map(loadCatalog(folders).lessons.map((lesson) => [lesson.id, lesson]));
let lab: LessonLab;
before(async () => {
  lab = await LessonLab.open(folders.labs);
});
after(() => lab.close());

describe('mistakes', { concurrency: proofsAtATime() }, () => {
  for (const [id, steps] of Object.entries({
    ...apisMistakes,
    ...dockerMistakes,
    ...dockerPythonMistakes,
    ...virtualenvMistakes,
    ...vmMistakes,
  })) {
    test(id, async (t) => {
      const lesson = lessons.get(id);
      assert.ok(lesson, `expected a lesson of the repository, found ${id}`);
      const bench = await lab.bench(lesson);
      t.after(() => bench.dispose());
      for (const step of steps) {
        for (const line of step.type) await bench.typist.type(line);
        const task = exercisesOf(lesson).find((one) => one.id === step.task);
        assert.ok(task, `expected a task of ${id}, found ${step.task}`);
        const { status, message } = await bench.check(task);
        const where = `${step.task} after ${step.type.join('; ')}`;
        assert.equal(status, step.passes ? 'passed' : 'failed', `${where}: ${message}`);
        const says = step.says ?? '';
        assert.ok(message.includes(says), `${where}: expected "${says}", found "${message}"`);
      }
    });
  }
});
