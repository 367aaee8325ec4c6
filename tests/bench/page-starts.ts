/** How long a learner waits for a prompt in a real browser, and what the page weighs until then. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchPage } from './bench-page.ts';
import { compare, writeMs, type Row } from './figure.ts';
import { runToPrompt } from './starts.ts';
import type { BenchWorld } from './world.ts';

const ROUNDS = 5;
/** Milliseconds between reaching a button and pressing it, for somebody who knows what the button does. */
const NEAR_MS = 300;
const KB = 1000;

/** From the click on "Start lab" to the painted prompt. */
export function clickToPrompt(world: BenchWorld): Row {
  return {
    lab: 'python',
    figures: [
      { name: 'click on “Start lab” to prompt drawn / docker run -it to prompt', unit: 'x', bar: 0.3 },
    ],
    measure: async () => {
      const { server, browser } = await world.site();
      const image = await world.image('python');
      const once = async (): Promise<number> => {
        await server.untilWarm('python');
        const page = await BenchPage.open(browser, server.address);
        try {
          await page.visit();
          const button = page.page.getByRole('button', { name: 'Start lab' });
          await button.hover();
          await sleep(NEAR_MS);
          await button.click();
          const drawn = await page.prompt();
          return drawn - (await page.ask<number>('probe.pressedAt'));
        } finally {
          await page.close();
          await server.untilWarm('python');
        }
      };
      const ours = once;
      return [await compare({ rounds: ROUNDS, write: writeMs, ours, theirs: () => runToPrompt(image) })];
    },
  };
}

/** A reload to the painted screen as it was; against opening the page and starting the lab. Both with a warm cache. */
export function reload(world: BenchWorld): Row {
  return {
    lab: 'python',
    figures: [{ name: 'reload to the screen as it was / opening the page first', unit: 'x', bar: 1 }],
    measure: async () => {
      const { server, browser } = await world.site();
      const page = await BenchPage.open(browser, server.address);
      try {
        await page.work();
        return [
          await compare({
            rounds: ROUNDS,
            write: writeMs,
            theirs: async () => {
              await page.endLab();
              await server.untilWarm('python');
              await page.page.goto('about:blank');
              await page.visitAndPress();
              return page.prompt();
            },
            ours: async () => {
              await page.command('seq 1 2000');
              await page.drawn(/^2000\n.*\$$/m);
              // As above: not beside the start of the sandbox that follows in the pool.
              await server.untilWarm('python');
              await page.page.reload({ waitUntil: 'commit' });
              return page.drawn(/^2000\n.*\$$/m);
            },
          }),
        ];
      } finally {
        await page.close();
      }
    },
  };
}

/** What comes over the network, as it comes: compressed. */
export function weight(world: BenchWorld): Row {
  return {
    lab: 'python',
    figures: [
      { name: 'JavaScript and CSS before “Start lab”, compressed', unit: 'KB', bar: 15 },
      { name: 'JavaScript and CSS to a working terminal, compressed', unit: 'KB', bar: 130 },
    ],
    measure: async () => {
      const { server, browser } = await world.site();
      const page = await BenchPage.open(browser, server.address);
      try {
        await page.visit();
        const before = await loaded(page);
        await page.start();
        // What is fetched for comfort once the terminal works counts as well.
        await sleep(1000);
        const after = await loaded(page);
        return [before, after].map(({ bytes, files }) => ({ value: bytes / KB, detail: `${files} files` }));
      } finally {
        await page.close();
      }
    },
  };
}

async function loaded(page: BenchPage): Promise<{ bytes: number; files: number }> {
  const all = await page.ask<{ name: string; encodedBodySize: number }[]>(
    `performance.getEntriesByType('resource').map(({ name, encodedBodySize }) => ({ name, encodedBodySize }))`,
  );
  const code = all.filter(({ name }) => /\.(js|css)(\?|$)/.test(name));
  return { bytes: code.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0), files: code.length };
}
