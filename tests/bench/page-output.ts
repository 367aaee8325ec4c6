/** How much output the page carries, and how soon a flood of it ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchPage } from './bench-page.ts';
import { ClientShell } from './client-shell.ts';
import { median, writeMs, type Row } from './figure.ts';
import { LINES, printing, writeRate } from './terminals.ts';
import type { BenchWorld } from './world.ts';

const ROUNDS = 5;
const MB = 1_000_000;
const FLOOD_SECONDS = [2, 6];
/** By turns: short lines, and many different ones. */
const FLOODS = ['yes', 'seq 1 1000000000'];

/** The rate in the page, until the prompt is painted. */
export function pageFlood(world: BenchWorld): Row {
  return {
    lab: 'python',
    figures: [{ name: `rate of seq 1 ${LINES} in the page / docker exec -it`, unit: 'x', atLeast: 0.5 }],
    measure: () =>
      withPage(world, async (page, theirs) => {
        const [mine, other]: [number[], number[]] = [[], []];
        for (let round = 0; round < ROUNDS; round++) {
          mine.push(await printingInPage(page));
          other.push(await printing(theirs));
        }
        const [a, b] = [median(mine), median(other)];
        return [{ value: b / a, detail: `${writeRate(a)} / ${writeRate(b)}, ${ROUNDS} rounds` }];
      }),
  };
}

/** Ctrl-C in a flood: until the prompt is painted, and what was delivered in between. */
export function interrupt(world: BenchWorld): Row {
  return {
    lab: 'python',
    figures: [
      ...FLOOD_SECONDS.map((seconds) => ({
        name: `Ctrl-C after ${seconds} s of a flood to the prompt drawn`,
        unit: 'ms' as const,
        bar: 150,
      })),
      { name: 'still delivered after it', unit: 'KiB', bar: 256 },
    ],
    measure: () =>
      withPage(world, async (page) => {
        const taken = FLOOD_SECONDS.map((): number[] => []);
        const delivered: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          for (const [index, seconds] of FLOOD_SECONDS.entries()) {
            const flood = FLOODS[(round + index) % FLOODS.length] ?? 'yes';
            const { ms, bytes } = await interrupted(page, flood, seconds);
            taken[index]?.push(ms);
            delivered.push(bytes / 1024);
          }
        }
        const spread = (all: number[], write: (value: number) => string): string =>
          `${write(Math.min(...all))} to ${write(Math.max(...all))}, ${all.length} floods`;
        return [
          ...taken.map((all) => ({ value: median(all), detail: spread(all, writeMs) })),
          { value: median(delivered), detail: spread(delivered, (value) => `${Math.round(value)} KiB`) },
        ];
      }),
  };
}

/** Milliseconds for each MB. */
async function printingInPage(page: BenchPage): Promise<number> {
  await page.clear();
  const before = await page.ask<number>('probe.received');
  await page.command(`seq 1 ${LINES}`);
  const end = await page.drawn(new RegExp(`^${LINES}\\n.*\\$$`, 'm'));
  const [began = 0, after = 0] = await page.ask<number[]>('[probe.keyAt, probe.received]');
  return (end - began) / ((after - before) / MB);
}

async function interrupted(
  page: BenchPage,
  flood: string,
  seconds: number,
): Promise<{ ms: number; bytes: number }> {
  await page.clear();
  await page.command(flood);
  await sleep(seconds * 1000);
  await page.page.keyboard.press('Control+c');
  const end = await page.prompt();
  // The rest of a backlog would come behind the prompt's first drawing.
  await sleep(200);
  const [began = 0, before = 0, after = 0] = await page.ask<number[]>(
    '[probe.keyAt, probe.receivedAtKey, probe.received]',
  );
  return { ms: end - began, bytes: after - before };
}

/** A page with a lab at its prompt, and a shell of the same sandbox by the Docker client. */
async function withPage<T>(
  world: BenchWorld,
  work: (page: BenchPage, theirs: ClientShell) => Promise<T>,
): Promise<T> {
  const { server, browser } = await world.site();
  const page = await BenchPage.open(browser, server.address);
  let theirs: ClientShell | undefined;
  try {
    await page.work();
    await server.untilWarm('python');
    theirs = new ClientShell(['docker', 'exec', '-it', server.engineId(await page.sandbox()), 'bash']);
    await theirs.prompt();
    return await work(page, theirs);
  } finally {
    await theirs?.close();
    await page.close();
  }
}
