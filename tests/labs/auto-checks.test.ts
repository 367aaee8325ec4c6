/** Tasks check themselves: a real server, a real sandbox, and a learner who does nothing but type into the terminal. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import {
  progressSchema,
  readySchema,
  sandboxSchema,
  type SandboxEvent,
  type SandboxInfo,
} from '../../protocol/api.ts';
import { readConfig } from '../../server/config.ts';
import { startDrydock, type Drydock } from '../../server/drydock.ts';
import { createDockerEngine } from '../../server/sandbox/docker.ts';
import { requireDocker } from '../contract/docker-harness.ts';
import { createInstallation, type Installation } from '../e2e/support/server.ts';
import { EventReader } from '../support/event-reader.ts';
import { LabViewer } from '../support/lab-viewer.ts';

const LAB = 'python';
const LESSON = 'course/lesson';
const SCRIPTS = {
  'tasks/make/check.sh': '[ -e made ] || { echo "There is no file made."; exit 1; }\n',
  'tasks/use/check.sh':
    '[ -e made ] && [ -e "$LESSON_NAME" ] || { echo "There is no file $LESSON_NAME."; exit 1; }\n',
  'tasks/slow/check.sh':
    '[ -e slow ] || { echo "Nothing has begun."; exit 1; }\n[ -s slow ] || { echo "It is under way."; exit 75; }\n',
  'values/oldest.sh': 'ls -tr | tail -n 1\n',
};
const INDEX = `---
title: A lesson
summary: A lesson whose tasks check themselves.
lab: ${LAB}
duration: 1
tasks:
  - id: make
    title: Make it
  - id: use
    title: Use it
    needs: [make]
  - id: slow
    title: Wait for it
values:
  name: word
  oldest: script
---

<Task id="make">Make.</Task> <Task id="use">Use.</Task> <Task id="slow">Wait.</Task>
`;

describe('tasks check themselves', { timeout: 290_000 }, () => {
  let root: string;
  let installation: Installation;
  let server: Drydock;
  let cookie = '';

  const ask = async (method: string, address: string, body?: object): Promise<unknown> => {
    const headers = { cookie, ...(body && { 'content-type': 'application/json' }) };
    const url = `${server.address}${address}`;
    const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    cookie ||= answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };

  const ready = async (sandbox: SandboxInfo): Promise<SandboxInfo> => {
    for (const deadline = Date.now() + 60_000; sandbox.state !== 'ready'; await sleep(100)) {
      assert.ok(Date.now() < deadline, 'the lab was not ready in time');
      sandbox = sandboxSchema.parse(await ask('GET', `/api/sandboxes/${sandbox.id}`));
    }
    return sandbox;
  };

  before(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'drydock-auto-checks-'));
    writeLesson(root);
    installation = createInstallation();
    const docker = await requireDocker();
    server = await startDrydock({
      config: readConfig(['--port', '0', '--data', installation.folder], {}),
      root,
      siteFolder: undefined,
      engine: (instance) => createDockerEngine({ docker, instance, log: pino({ level: 'silent' }) }),
      log: pino({ level: 'error' }, pino.destination(2)),
    });
    for (;;) {
      const { labs } = readySchema.parse(await ask('GET', '/readyz'));
      if (labs[LAB]?.state === 'ready') break;
      assert.notEqual(labs[LAB]?.state, 'failed', labs[LAB]?.reason);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
  after(async () => {
    await server.stop();
    installation.remove();
    rmSync(root, { recursive: true });
  });

  test('who only types completes the lesson, in all tabs; what is undone is told', async (t) => {
    const { id } = await ready(sandboxSchema.parse(await ask('POST', '/api/sandboxes', { lesson: LESSON })));
    const view = async () => sandboxSchema.parse(await ask('GET', `/api/sandboxes/${id}`));
    const tabs = [1, 2].map(() => new EventReader(`${server.address}/api/sandboxes/${id}/events`, cookie));
    const viewer = new LabViewer(server.address, { id, name: 'main', cookie });
    t.after(() => {
      for (const tab of tabs) tab.close();
      viewer.close();
    });
    const { name = '' } = (await view()).values;
    const [tab, other] = tabs;
    assert.ok(tab && other && /^[a-z]+$/.test(name));
    const type = async (line: string): Promise<number> => {
      await viewer.prompt();
      viewer.clear();
      viewer.type(`${line}\r`);
      return performance.now();
    };
    const told = (task: string, status: string) => (event: SandboxEvent) =>
      event.event === 'task' && event.data.id === task && event.data.verdict.status === status;

    await viewer.prompt();
    await sleep(3000);
    assert.deepEqual(
      tab.events.filter(({ event }) => event === 'task'),
      [],
      'the untouched scene is learnt silently',
    );

    const began = await type('touch made');
    await tab.until(({ event, data }) => event === 'values' && 'oldest' in data, 'the value is known');
    const passed = await tab.until(told('make', 'passed'), 'make is passed');
    t.diagnostic(`from Enter to the verdict: ${Math.round(performance.now() - began)} ms`);
    await other.until(told('make', 'passed'), 'the other tab hears it');
    assert.ok(passed.event === 'task' && passed.data.verdict.durationMs > 0);
    assert.equal((await view()).values['oldest'], 'made');

    await type('touch wrong');
    await type(`rm made; touch ${name}`);
    const broken = await tab.until(told('make', 'broken'), 'make is undone');
    assert.ok(broken.event === 'task' && broken.data.verdict.message === 'There is no file made.');
    assert.deepEqual((await view()).tasks[0], {
      id: 'make',
      status: 'broken',
      message: 'There is no file made.',
    });
    await type('touch made');
    await tab.until(told('use', 'passed'), 'use is passed');

    await type('touch slow; { sleep 3; echo done > slow; } &');
    const waiting = await tab.until(
      (event) => event.event === 'task' && event.data.verdict.waiting === true,
      'slow is waited for',
    );
    assert.ok(waiting.event === 'task' && waiting.data.verdict.message === 'It is under way.');
    await tab.until(told('slow', 'passed'), 'slow has come by itself');

    const { lessons } = progressSchema.parse(await ask('GET', '/api/progress'));
    assert.ok(lessons[0]?.finishedAt);
    assert.deepEqual(
      (await view()).tasks.map(({ status }) => status),
      ['passed', 'passed', 'passed'],
    );
  });

  test('who only saves files has them checked too, and finds them in the lab', async (t) => {
    cookie = '';
    const { id } = await ready(sandboxSchema.parse(await ask('POST', '/api/sandboxes', { lesson: LESSON })));
    const events = new EventReader(`${server.address}/api/sandboxes/${id}/events`, cookie);
    t.after(() => events.close());
    const verdict = (status: string) => (event: SandboxEvent) =>
      event.event === 'task' && event.data.id === 'make' && event.data.verdict.status === status;
    const file = (method: string, body?: string) =>
      fetch(`${server.address}/api/sandboxes/${id}/files/made`, {
        method,
        headers: { cookie },
        ...(body !== undefined && { body }),
      });
    assert.equal((await file('PUT', 'by hand, ä€😀')).status, 204);
    await events.until(verdict('passed'), 'make is passed');
    assert.equal(await (await file('GET')).text(), 'by hand, ä€😀');
    assert.equal((await file('DELETE')).status, 204);
    await events.until(verdict('broken'), 'make is undone');
    assert.equal((await file('GET')).status, 404);
  });
});

function writeLesson(root: string): void {
  cpSync(path.join(import.meta.dirname, '..', '..', 'labs', LAB), path.join(root, 'labs', LAB), {
    recursive: true,
  });
  const folder = path.join(root, 'lessons', 'course', '01-lesson');
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  write('../course.yaml', 'title: Course\nsummary: One lesson that is there for a test.\norder: 1\n');
  write('index.mdx', INDEX);
  for (const task of ['make', 'use', 'slow']) write(`tasks/${task}/solve.sh`, 'true\n');
  for (const [file, text] of Object.entries(SCRIPTS)) write(file, text);
}
