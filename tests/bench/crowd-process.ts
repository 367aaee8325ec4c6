/**
 * Learners whose terminals print without pause, each watched by a viewer, in a process of their own so that they take no
 * time from the one that measures: `crowd-process.ts <address> <terminals>`. Told `start` or `stop` by its parent, it
 * does so and says `done`.
 */
import { LabLearner } from '../support/lab-server.ts';
import type { LabViewer } from '../support/lab-viewer.ts';

/** Terminals of one learner's sandbox. */
const EACH = 5;
const CTRL_C = '\u0003';

const [address = '', wanted = '0'] = process.argv.slice(2);
const viewers: LabViewer[] = [];
const sandboxes: { learner: LabLearner; id: string }[] = [];

process.on('message', (order) => {
  void obey(String(order));
});
process.on('disconnect', () => process.exit());
process.send?.('done', () => undefined);

async function obey(order: string): Promise<void> {
  try {
    if (order === 'start') await start();
    else if (order === 'stop') await stop();
    else await leave();
    process.send?.('done');
  } catch (error) {
    process.send?.(String(error));
  }
}

/** The terminals are opened at the first call. */
async function start(): Promise<void> {
  while (viewers.length < Number(wanted)) await join();
  for (const viewer of viewers) {
    viewer.clear();
    viewer.type('yes "a line of output that goes on and on"\r');
    await viewer.untilReceived(viewer.received + 1000);
  }
}

async function stop(): Promise<void> {
  for (const viewer of viewers) viewer.type(CTRL_C);
  await Promise.all(viewers.map((viewer) => viewer.prompt()));
}

/** Ends the sandboxes. */
async function leave(): Promise<void> {
  for (const viewer of viewers) viewer.close();
  await Promise.all(sandboxes.map(({ learner, id }) => learner.end(id)));
}

async function join(): Promise<void> {
  const learner = new LabLearner({ address }, 'virtualenv');
  const { id } = await learner.start('create');
  sandboxes.push({ learner, id });
  const names = ['main'];
  while (names.length < EACH) names.push(await learner.addTerminal(id));
  for (const name of names) {
    const viewer = learner.look(id, name);
    viewers.push(viewer);
    await viewer.prompt();
  }
}
