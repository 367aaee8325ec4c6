/** What a learner sees when the engine misbehaves. The engines here are made to; server, page and browser are real. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { pino } from 'pino';
import type { Browser } from 'playwright-core';
import { readConfig } from '../../server/config.ts';
import { startDrydock, type Drydock } from '../../server/drydock.ts';
import type { SandboxEngine } from '../../server/sandbox/engine.ts';
import { createFakeEngine, removeFakeInstance } from '../fakes/fake-engine.ts';
import { diesMidway, fails, gone, never, slow } from '../fakes/faulty-engine.ts';
import { openBrowser } from '../support/chromium.ts';
import { LessonPage, SIZES } from './support/browser.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

let browser: Browser;
let ending: (() => Promise<void>)[] = [];

before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());
afterEach(async () => {
  for (const end of ending.toReversed()) await end();
  ending = [];
});

/** A lesson page of a Drydock that runs on an engine made from the fake one. */
async function lessonOn(faulty: (engine: SandboxEngine) => SandboxEngine): Promise<LessonPage> {
  const data = mkdtempSync(path.join(tmpdir(), 'drydock-faults-'));
  ending.push(async () => rmSync(data, { recursive: true, force: true }));
  const drydock: Drydock = await startDrydock({
    config: readConfig(['--port', '0', '--data', data], {}),
    root: ROOT,
    siteFolder: path.join(ROOT, 'dist'),
    engine: (instance) => {
      ending.push(() => removeFakeInstance(instance));
      return faulty(createFakeEngine(instance));
    },
    log: pino({ level: 'silent' }),
  });
  ending.push(() => drydock.stop());
  const context = await browser.newContext({ viewport: SIZES.laptop });
  ending.push(() => context.close());
  const lesson = new LessonPage(await context.newPage());
  await lesson.open(`${drydock.address}/lessons/virtualenv/isolates/`);
  return lesson;
}

const start = (lesson: LessonPage): Promise<void> =>
  lesson.page.getByRole('button', { name: 'Start lab' }).click();

const notice = async (lesson: LessonPage, words: RegExp): Promise<void> =>
  lesson.page.locator('[data-terminal-notice]').filter({ hasText: words }).waitFor();

test('a slow engine: the page says what it waits for, then the terminal works', async () => {
  const lesson = await lessonOn((engine) => slow(engine, 4000));
  await start(lesson);
  await lesson.state('starting');
  await notice(lesson, /lab/i);
  await lesson.state('ready');
  await lesson.type('echo came-$((1+1))');
  await lesson.shows(/^came-2$/m);
});

test('a lab that is still being built: the page says how far, and starts when it is done', async () => {
  const built = Promise.withResolvers<void>();
  const lesson = await lessonOn((engine) => ({
    name: engine.name,
    ping: () => engine.ping(),
    create: (...args) => engine.create(...args),
    list: () => engine.list(),
    close: () => engine.close(),
    prepare: async (lab, onProgress, signal) => {
      onProgress({ progress: 0.4, step: 'installing packages' });
      await built.promise;
      return engine.prepare(lab, () => undefined, signal);
    },
  }));
  await start(lesson);
  await lesson.state('starting');
  await notice(lesson, /building the lab.*, 40 %/i);
  built.resolve();
  await lesson.state('ready');
});

test('an engine that never answers: the page goes on saying that it starts, and can be left and come back to', async () => {
  const lesson = await lessonOn(never);
  await start(lesson);
  await lesson.state('starting');
  await lesson.page.reload();
  await lesson.state('starting');
  await notice(lesson, /starting|preparing/i);
});

test('an engine that fails: the page says so, without inner details, and offers to try again', async () => {
  const lesson = await lessonOn((engine) => fails(engine));
  await start(lesson);
  await lesson.state('ended');
  await lesson.page.getByRole('button', { name: /Start again|Start lab/ }).waitFor();
  const shown = await lesson.page.locator('[data-terminal-notice]').innerText();
  assert.doesNotMatch(shown, /disk space/, 'what the engine said is for the log, not for the learner');
});

test('a sandbox that dies midway: the last screen stays, and a new one can be started', async () => {
  let dying: ReturnType<typeof diesMidway> | undefined;
  const lesson = await lessonOn((engine) => (dying = diesMidway(engine)));
  await start(lesson);
  await lesson.state('ready');
  await lesson.type('echo last-$((1+1))');
  await lesson.shows(/^last-2$/m);
  await dying?.die();
  await lesson.state('ended');
  await lesson.shows(/^last-2$/m);
  await lesson.page.getByRole('button', { name: 'Start again' }).click();
  await lesson.state('ready');
  await lesson.type('echo fresh-$((1+1))');
  await lesson.shows(/^fresh-2$/m);
});

test('an engine that goes away in the middle: the page says so, and recovers by itself with the screen', async () => {
  let link: ReturnType<typeof gone> | undefined;
  const lesson = await lessonOn((engine) => (link = gone(engine)));
  await start(lesson);
  await lesson.state('ready');
  await lesson.type('kept=6; echo first-$((1+1))');
  await lesson.shows(/^first-2$/m);
  link?.goAway();
  await lesson.state('reconnecting');
  await notice(lesson, /engine/i);
  link?.comeBack();
  await lesson.state('ready');
  await lesson.shows(/^first-2$/m);
  await lesson.type('echo kept-$((kept*7))');
  await lesson.shows(/^kept-42$/m);
});

test('an engine that is not there at the start: the page says so, and starts the lab when it is back', async () => {
  let link: ReturnType<typeof gone> | undefined;
  const lesson = await lessonOn((engine) => {
    link = gone(engine);
    link.goAway();
    return link;
  });
  await start(lesson);
  await notice(lesson, /engine/i);
  link?.comeBack();
  await lesson.state('ready');
  await lesson.type('echo here-$((1+1))');
  await lesson.shows(/^here-2$/m);
});
