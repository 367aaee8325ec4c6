/** The author bar of `npm run dev`: what a check really says, the solution typed, the script in the editor. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { useTaskLesson } from './support/task-fixture.ts';

const notes = mkdtempSync(path.join(tmpdir(), 'drydock-editor-'));
const opened = path.join(notes, 'opened');
const editor = path.join(notes, 'editor');
writeFileSync(editor, `#!/bin/sh\necho "$@" > ${opened}\n`, { mode: 0o755 });
// Inherited by the server that is started next.
process.env['LAUNCH_EDITOR'] = editor;
after(() => rmSync(notes, { recursive: true }));

const drydock = useTaskLesson('dev');

test('an author runs a check, types the solution, resets, and opens the script', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    const bar = lesson.task('greet').getByRole('group', { name: 'Author' });
    const output = bar.locator('pre');
    await bar.getByRole('button', { name: 'Run check' }).click();
    await output.getByText('Start the lab first.').waitFor();
    await lesson.startLab();
    await bar.getByRole('button', { name: 'Run check' }).click();
    await output.getByText(/^exit code 1: not yet, \d+ ms/).waitFor();
    const said = await output.innerText();
    assert.match(said, /^stdout:\nThere is no file greeting\.txt yet\.$/m);
    assert.ok(said.includes(path.join(drydock.root, 'lessons/harbour/01-tasks/tasks/greet/check.sh')), said);

    await bar.getByRole('button', { name: 'Type solution' }).click();
    await lesson.status('greet', 'Passed');
    await bar.getByRole('button', { name: 'Run check' }).click();
    await output.getByText(/^exit code 0: passed/).waitFor();
    assert.deepEqual((await learner.progress())?.help, [], 'an author takes no help');

    await bar.getByRole('button', { name: 'Open check.sh' }).click();
    const end = Date.now() + 10_000;
    while (!existsSync(opened) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.match(readFileSync(opened, 'utf8'), /lessons\/harbour\/01-tasks\/tasks\/greet\/check\.sh/);

    await bar.getByRole('button', { name: 'Reset lab' }).click();
    await lesson.state('starting');
    await lesson.state('ready');
    await bar.getByRole('button', { name: 'Run check' }).click();
    await output.getByText(/^exit code 1/).waitFor();
  });
});

test('quizzes have no bar', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    await lesson.task('greet').getByRole('group', { name: 'Author' }).waitFor();
    assert.equal(await lesson.task('mooring').getByRole('group', { name: 'Author' }).count(), 0);
  });
});
