/**
 * The end in the middle of a flood, on the real engine: the tab is closed, the network goes, the lab is reset or ended
 * while a program prints without pause. Five times each, since an engine that is blocked by an unread stream may let the
 * first ones pass.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { after, before, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabLearner, LabServer } from '../support/lab-server.ts';
import type { LabViewer } from '../support/lab-viewer.ts';

const TIMES = 5;

/** Milliseconds that removing a sandbox may take: three times what is promised, since other tests may run beside. */
const REMOVED_MS = 15_000;

/** Enough of the flood to be sure that every buffer on its way is full. */
const FLOOD = 4 * 1024 * 1024;

let server: LabServer;

before(async () => {
  server = await LabServer.start(['python']);
  await server.untilBuilt('python');
  await server.untilWarm('python');
});
after(() => server.stop());

interface Flooded {
  readonly learner: LabLearner;
  readonly id: string;
  readonly viewer: LabViewer;
}

/** A learner whose terminal prints without pause. */
async function flooded(t: TestContext): Promise<Flooded> {
  const learner = new LabLearner(server);
  const { id } = await learner.start('python');
  const viewer = learner.look(id);
  t.after(() => viewer.close());
  await viewer.prompt();
  viewer.type('while :; do seq 1 100000; done\r');
  await viewer.untilReceived(FLOOD);
  return { learner, id, viewer };
}

const isThere = (container: string): boolean =>
  server.installation.containers().some((one) => container.startsWith(one));

/** Milliseconds until the sandbox's container is gone from the engine. */
async function untilRemoved(container: string): Promise<number> {
  const began = performance.now();
  while (isThere(container)) {
    const ms = performance.now() - began;
    assert.ok(ms < REMOVED_MS, `the sandbox is still there after ${Math.round(ms)} ms`);
    await sleep(50);
  }
  return performance.now() - began;
}

async function viewers(): Promise<number> {
  const response = await fetch(`${server.address}/metrics`);
  return Number(/^drydock_viewers (\d+)$/m.exec(await response.text())?.[1]);
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + 15_000; !(await condition()); await sleep(50)) {
    assert.ok(performance.now() < end, `expected ${what}`);
  }
}

/** Descriptors of the server's connections to anything: viewers, the engine. */
function sockets(): number {
  const folder = `/proc/${server.pid}/fd`;
  const links = spawnSync('find', [folder, '-lname', 'socket:*'], { encoding: 'utf8' }).stdout;
  assert.ok(readdirSync(folder).length > 0);
  return links.split('\n').filter((line) => line !== '').length;
}

/** Does it several times, and holds the server to leaving nothing behind. */
async function leavesNothing(act: () => Promise<void>): Promise<void> {
  // The first round opens what stays open, such as a connection that is kept for the next request.
  await act();
  await server.untilWarm('python');
  const before = sockets();
  for (let i = 1; i < TIMES; i++) await act();
  await until(async () => (await viewers()) === 0, 'no viewers to be left');
  await server.untilWarm('python');
  await until(() => sockets() <= before, `at most ${before} sockets, found ${sockets()}`);
}

for (const how of ['reset', 'end'] as const) {
  test(`${how === 'reset' ? 'a reset' : 'an end'} in a flood removes the sandbox, ${TIMES} of ${TIMES} times`, async (t) => {
    const took: number[] = [];
    await leavesNothing(async () => {
      const { learner, id, viewer } = await flooded(t);
      const container = server.engineId(id);
      assert.ok(isThere(container));
      const removed = untilRemoved(container);
      if (how === 'reset') await learner.reset(id);
      else await learner.end(id);
      took.push(await removed);
      await until(() => viewer.closed !== '', 'the viewer to be told');
      if (how === 'reset') await learner.end(id);
    });
    t.diagnostic(`removed after ${took.map((ms) => Math.round(ms)).join(', ')} ms`);
  });
}

test(`a tab that is closed in a flood is forgotten at once, ${TIMES} of ${TIMES} times; the program goes on`, async (t) => {
  await leavesNothing(async () => {
    const { learner, id, viewer } = await flooded(t);
    viewer.close();
    await until(async () => (await viewers()) === 0, 'the viewer to be forgotten');
    const again = learner.look(id);
    await again.untilReceived(FLOOD);
    again.type('\x03');
    await again.prompt();
    again.close();
    const removed = untilRemoved(server.engineId(id));
    await learner.end(id);
    await removed;
  });
});

test(`a network that goes in a flood holds neither the server nor the end of the lab, ${TIMES} of ${TIMES} times`, async (t) => {
  await leavesNothing(async () => {
    const { learner, id, viewer } = await flooded(t);
    viewer.vanish();
    // Its window is full by then, and the program waits for it: that stream is the one that nobody reads.
    await sleep(500);
    const second = learner.look(id);
    await until(() => second.text !== '', 'somebody else to see the terminal');
    second.close();
    const removed = untilRemoved(server.engineId(id));
    await learner.end(id);
    await removed;
    viewer.close();
  });
});
