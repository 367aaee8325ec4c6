/** The terminal WebSocket against peers that do anything: the server keeps its memory, its head and its other learners. */
import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { WebSocket } from 'ws';
import { ACK_EVERY } from '../../protocol/flow.ts';
import { peer, play } from './attack.ts';
import type { Condition, Ready } from './attacked-server.ts';
import { dial, within, type SocketViewer } from './client.ts';

const MIB = 1024 * 1024;

/** Viewers that one lab may have, see terminal-routes.ts. */
const MOST_VIEWERS = 32;

/** What one viewer may cost at most, whatever it does: 1 MiB in its connection and 0.25 MiB in its feed, and the latest
 * snapshot, twice while it is made; with 24 rows and 1000 lines of the flood that is 0.2 MiB. */
const PER_VIEWER = 1.75 * MIB;

/** Between two measurements the collector and the code that was compiled meanwhile make that much of a difference. */
const NOISE = 24 * MIB;

let server: ChildProcess;
let ready: Ready;
let neighbour: SocketViewer;

before(async () => {
  const file = path.join(import.meta.dirname, 'attacked-server.ts');
  server = fork(file, { execArgv: ['--expose-gc'], serialization: 'json' });
  [ready] = (await within(once(server, 'message'), 'the server')) as [Ready];
  const { port } = ready;
  const answer = await dial({
    port,
    path: ready.neighbour.path,
    headers: { cookie: ready.neighbour.cookie },
  });
  assert.ok('viewer' in answer);
  neighbour = answer.viewer;
  watchNeighbour();
});
after(() => {
  neighbour.socket.terminate();
  server.disconnect();
});

async function condition(): Promise<Condition> {
  const answer = once(server, 'message');
  server.send('how are you?');
  const [now] = (await within(answer, 'the condition')) as [Condition];
  return now;
}

/** All that the neighbour was printed since its snapshot, which tells where it began. */
let printed = '';

function watchNeighbour(): void {
  let unacknowledged = 0;
  neighbour.socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return;
    printed += data.toString();
    unacknowledged += data.length;
    if (unacknowledged < ACK_EVERY) return;
    neighbour.socket.send(JSON.stringify({ type: 'ack', bytes: unacknowledged }));
    unacknowledged = 0;
  });
}

/** The neighbour has noticed nothing: its lines go on coming, complete and in order. */
async function neighbourIsWell(): Promise<void> {
  const before = printed.length;
  await within(
    (async () => {
      while (printed.length < before + 200) await sleep(5);
    })(),
    'the neighbour’s next lines',
  );
  const numbers = [...printed.matchAll(/^line (\d+)\r$/gm)].map(([, number]) => Number(number));
  const first = numbers[0] ?? 0;
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => first + index),
  );
  assert.equal(
    printed.replaceAll(/line \d+\r\n/g, '').replace(/^(?:line )?\d*\r?\n|(?:l|li|lin|line ?\d*\r?)$/g, ''),
    '',
  );
}

/** All attackers are gone, and with them everything that they cost. */
async function onlyTheNeighbourIsLeft(): Promise<Condition> {
  for (let tries = 0; ; tries++) {
    const now = await condition();
    if (now.viewers === 1 && now.connections === 1) return now;
    assert.ok(tries < 200, `still there: ${now.viewers} viewers, ${now.connections} connections`);
    await sleep(50);
  }
}

/** A well-behaved viewer of the attacked terminal gets its snapshot and output. */
async function targetIsWell(): Promise<void> {
  const { port, target } = ready;
  const answer = await dial({ port, path: target.path, headers: { cookie: target.cookie } });
  assert.ok('viewer' in answer, JSON.stringify(answer));
  const first = await answer.viewer.frame();
  assert.ok('json' in first && first.json['type'] === 'snapshot');
  assert.ok('bytes' in (await answer.viewer.frame()));
  answer.viewer.socket.terminate();
}

test('peers that send, close and stop reading at random harm nobody and leave nothing', async (t) => {
  await targetIsWell();
  const calm = await onlyTheNeighbourIsLeft();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(peer, { minLength: 1, maxLength: 5 }), async (peers) => {
      runs++;
      await within(Promise.all(peers.map((one) => play(one, ready))), 'the peers to be gone');
      const { faults } = await condition();
      assert.deepEqual(faults, []);
    }),
    {
      seed: Number(process.env['FUZZ_SEED'] ?? 20_261_123),
      numRuns: Number(process.env['FUZZ_RUNS'] ?? 300),
      interruptAfterTimeLimit: process.env['FUZZ_RUNS'] ? 600_000 : 15_000,
    },
  );
  const now = await onlyTheNeighbourIsLeft();
  t.diagnostic(`${runs} attacks; ${((now.memory - calm.memory) / MIB).toFixed(1)} MiB more than before`);
  assert.ok(now.memory - calm.memory < NOISE, `${now.memory - calm.memory} bytes more than before`);
  await neighbourIsWell();
  await targetIsWell();
});

for (const [count, what, acknowledge] of [
  [MOST_VIEWERS, 'never acknowledge are kept', false],
  // Each takes some megabytes into the system's buffers first.
  [6, 'acknowledge more than they get, and read nothing, are sent away', true],
] as const) {
  test(`${count} viewers that ${what}, and cost a bounded amount of memory`, async (t) => {
    const calm = await onlyTheNeighbourIsLeft();
    const attackers = await Promise.all(Array.from({ length: count }, deafViewer));
    t.after(() => {
      for (const socket of attackers) socket.terminate();
    });
    let most = 0;
    let left = 0;
    for (let tries = 0; left < count && tries < 200; tries++) {
      await sleep(20);
      left = (await condition()).viewers - 1;
    }
    assert.equal(left, count, 'all are attached');
    const end = performance.now() + (acknowledge ? 60_000 : 1500);
    while (left > 0 && performance.now() < end) {
      const ack = JSON.stringify({ type: 'ack', bytes: 16 * MIB });
      for (const socket of attackers)
        if (acknowledge) for (let i = 0; i < 20; i++) socket.send(ack, () => {});
      await sleep(20);
      const now = await condition();
      most = Math.max(most, now.memory - calm.memory);
      left = now.viewers - 1;
    }
    t.diagnostic(`at most ${(most / MIB).toFixed(1)} MiB for ${count} viewers`);
    assert.equal(left, acknowledge ? 0 : count);
    assert.ok(most < count * PER_VIEWER + NOISE, `${most} bytes`);
    for (const socket of attackers) socket.terminate();
    const { faults } = await onlyTheNeighbourIsLeft();
    assert.deepEqual(faults, []);
    await neighbourIsWell();
    await targetIsWell();
  });
}

/** A viewer of the target that reads nothing. */
async function deafViewer(): Promise<WebSocket> {
  const { port, target } = ready;
  const answer = await dial({ port, path: target.path, headers: { cookie: target.cookie } });
  assert.ok('viewer' in answer);
  answer.viewer.socket.pause();
  return answer.viewer.socket;
}
