import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SandboxInfo } from '../../protocol/api.ts';
import { CallError } from './api.ts';
import type { LabApi } from './api.ts';
import type { EventHandlers } from './events.ts';
import { Lab } from './lab.ts';
import type { LiveTerminal, TerminalHandlers } from './live-terminal.ts';

const sandbox = (more: Partial<SandboxInfo> = {}): SandboxInfo => ({
  id: 'one',
  lesson: 'a/b',
  lab: 'python',
  state: 'ready',
  expiresAt: '2026-01-01T00:00:00Z',
  terminals: ['main'],
  tasks: [],
  values: {},
  ...more,
});

const refusal = (code: string, message = 'No.') => new CallError('refused', message, code);
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A lab in surroundings that do what they are told and write down what they are asked. */
function setUp(api: Partial<LabApi> = {}) {
  const done: string[] = [];
  const seen: string[] = [];
  let events: EventHandlers | undefined;
  let handlers: TerminalHandlers | undefined;
  let fails = 0;
  const terminal: LiveTerminal = {
    shown: 'main',
    connect: ({ id, terminals }) => void done.push(`connect ${id} ${terminals.join()}`),
    disconnect: () => void done.push('disconnect'),
    warmUp: () => void done.push('warm up'),
    focus: () => {},
    dispose: () => {},
  };
  const lab = new Lab({
    lesson: 'a/b',
    api: {
      start: () => Promise.resolve(sandbox()),
      get: () => Promise.resolve(sandbox()),
      end: () => Promise.resolve(),
      reset: () => Promise.resolve(sandbox()),
      extend: () => Promise.resolve(sandbox()),
      check: () => Promise.resolve({ status: 'failed', message: 'Not yet.', durationMs: 1 }),
      engineAnswers: () => Promise.resolve(true),
      ...api,
    },
    listener: {
      state: ({ name }) => seen.at(-1) !== name && seen.push(name),
      sandbox: () => {},
      verdict: (task, { status }) => void done.push(`verdict ${task} ${status}`),
      values: (values) => void done.push(`values ${JSON.stringify(values)}`),
      note: (text) => void done.push(`note ${text}`),
      leave: () => {},
    },
    openTerminal: (given) => {
      handlers = given;
      if (fails > 0) return Promise.reject(new Error(`failure ${fails--}`));
      return Promise.resolve(terminal);
    },
    followEvents: (id, given) => {
      events = given;
      done.push(`follow ${id}`);
      return () => void done.push(`unfollow ${id}`);
    },
    wake: (listener) => {
      const timer = setImmediate(listener);
      return () => clearImmediate(timer);
    },
    remember: (id) => void done.push(`remember ${id}`),
  });
  return {
    lab,
    done,
    seen,
    events: () => events as EventHandlers,
    terminal: () => handlers as TerminalHandlers,
    failToLoad: (times: number) => (fails = times),
  };
}

test('a start connects the terminal and follows the events; drawn is ready', async () => {
  const { lab, done, seen, terminal } = setUp();
  await lab.start();
  await settled();
  terminal().drawn();
  assert.deepEqual(seen, ['starting', 'ready']);
  assert.deepEqual(done.toSorted(), ['connect one main', 'follow one', 'remember one']);
});

test('a cold start connects once the sandbox is ready', async () => {
  const { lab, done, events } = setUp({ start: () => Promise.resolve(sandbox({ state: 'starting' })) });
  await lab.start();
  await settled();
  assert.ok(!done.includes('connect one main'));
  events().event({ event: 'state', data: sandbox() });
  await settled();
  assert.ok(done.includes('connect one main'));
});

test('a second press starts nothing more', async () => {
  let starts = 0;
  const { lab } = setUp({
    start: () => {
      starts += 1;
      return Promise.resolve(sandbox());
    },
  });
  await Promise.all([lab.start(), lab.start()]);
  assert.equal(starts, 1);
});

test('a refused start ends with the reason, and can be tried again', async () => {
  const answers: (() => Promise<SandboxInfo>)[] = [
    () => Promise.reject(refusal('busy', 'End another lab first.')),
    () => Promise.resolve(sandbox()),
  ];
  const { lab, seen } = setUp({ start: () => (answers.shift() as () => Promise<SandboxInfo>)() });
  await lab.start();
  assert.deepEqual(lab.state, { name: 'ended', cause: 'busy', reason: 'End another lab first.' });
  await lab.start();
  assert.deepEqual(seen, ['starting', 'ended', 'starting']);
});

test('coming back to a sandbox that is no more forgets it and is idle', async () => {
  const { lab, done, seen } = setUp({ get: () => Promise.reject(refusal('not-found')) });
  await lab.resume('one');
  assert.deepEqual(seen, ['reconnecting', 'idle']);
  assert.deepEqual(done, ['remember undefined']);
});

test('a refused terminal is looked into: a sandbox that is gone ends the lab', async () => {
  const { lab, done, terminal } = setUp({ get: () => Promise.reject(refusal('not-found')) });
  await lab.start();
  await settled();
  assert.equal((await terminal().inquire()).go, 'wait');
  assert.equal(lab.state.name, 'ended');
  assert.equal(lab.sandbox, undefined);
  assert.ok(
    done.includes('unfollow one') && done.includes('disconnect') && done.includes('remember undefined'),
  );
});

test('a refused terminal of a sandbox that is there: the engine or something in between', async () => {
  let engine = false;
  const { lab, terminal } = setUp({ engineAnswers: () => Promise.resolve(engine) });
  await lab.start();
  await settled();
  assert.deepEqual(await terminal().inquire(), { go: 'retry', trouble: 'engine' });
  engine = true;
  assert.deepEqual(await terminal().inquire(), { go: 'retry', trouble: 'blocked' });
});

test('the end of the terminal takes its reason from the server', async () => {
  const { lab, terminal } = setUp({
    get: () => Promise.resolve(sandbox({ state: 'ended', reason: 'Time is up.' })),
  });
  await lab.start();
  await settled();
  terminal().drawn();
  terminal().stopped('ended');
  await settled();
  assert.deepEqual(lab.state, { name: 'ended', cause: 'ended', reason: 'Time is up.' });
});

test('a reset that fails says why and comes back to the sandbox', async () => {
  const { lab, done, terminal } = setUp({ reset: () => Promise.reject(refusal('busy', 'Not now.')) });
  await lab.start();
  await settled();
  terminal().drawn();
  await lab.reset();
  await settled();
  assert.deepEqual(done.slice(-3), [
    'disconnect',
    'note The lab was not reset: Not now.',
    'connect one main',
  ]);
});

test('an end by the learner forgets the sandbox, also where it was gone already', async () => {
  for (const end of [() => Promise.resolve(), () => Promise.reject(refusal('not-found'))]) {
    const { lab, done } = setUp({ end });
    await lab.start();
    await lab.end();
    assert.equal(lab.state.name === 'ended' && lab.state.cause, 'learner');
    assert.ok(done.includes('unfollow one') && done.at(-1) === 'remember undefined');
  }
});

test('an answer to the end that comes late does not touch the lab that was started meanwhile', async () => {
  let answer = (): void => {};
  const { lab, done, events } = setUp({ end: () => new Promise((resolve) => (answer = resolve)) });
  await lab.start();
  const ending = lab.end();
  events().event({ event: 'state', data: sandbox({ state: 'ended', reason: 'You ended this lab.' }) });
  assert.equal(lab.state.name, 'ended');
  await lab.start();
  answer();
  await ending;
  assert.equal(lab.sandbox, 'one');
  assert.equal(done.includes('remember undefined'), false);
});

test('an end that fails leaves the lab as it was', async () => {
  const { lab, done } = setUp({ end: () => Promise.reject(new CallError('unreachable', 'Nobody answers.')) });
  await lab.start();
  await lab.end();
  assert.equal(lab.sandbox, 'one');
  assert.equal(done.at(-1), 'note The lab was not ended: Nobody answers.');
});

test('a terminal that cannot be loaded ends the lab with words, and is loaded anew after that', async () => {
  const { lab, done, failToLoad } = setUp();
  failToLoad(2);
  await lab.start();
  await settled();
  assert.match((lab.state.name === 'ended' && lab.state.reason) || '', /could not be loaded/);
  await lab.start();
  await settled();
  assert.ok(done.includes('connect one main'));
});

test('a check gives its verdict to who asked; those of other tabs and values come to the listener', async () => {
  const { lab, done, events } = setUp();
  assert.equal(await lab.check('first'), undefined, 'without a sandbox nothing is asked');
  await lab.start();
  assert.equal((await lab.check('first'))?.status, 'failed');
  const verdict = { status: 'passed', message: '', durationMs: 1 } as const;
  events().event({ event: 'task', data: { id: 'second', verdict } });
  events().event({ event: 'values', data: { port: '20001' } });
  assert.deepEqual(done.slice(-2), ['verdict second passed', 'values {"port":"20001"}']);
});

test('a question about a sandbox that is gone ends the lab', async () => {
  const { lab } = setUp({ get: () => Promise.reject(refusal('not-found')) });
  await lab.start();
  await assert.rejects(lab.ask(() => Promise.reject(refusal('not-found'))));
  assert.equal(lab.state.name, 'ended');
});
