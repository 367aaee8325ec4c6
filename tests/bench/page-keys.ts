/** How soon a key is seen on the screen of a real browser. */
import { BenchPage } from './bench-page.ts';
import { drawnEchoes } from './echoes.ts';
import { percentile, type Row } from './figure.ts';
import type { BenchWorld } from './world.ts';

const ROUNDS = 5;
const BARS = [
  [0.5, 8],
  [0.95, 16],
  [0.99, 25],
] as const;

/** From the key to the painted echo. */
export function keystrokeDrawn(world: BenchWorld): Row {
  return {
    lab: 'python',
    figures: BARS.map(([share, bar]) => ({
      name: `keystroke to echo drawn, p${share * 100}`,
      unit: 'ms',
      bar,
    })),
    measure: async () => {
      const { server, browser } = await world.site();
      const page = await BenchPage.open(browser, server.address);
      try {
        await page.work();
        await server.untilWarm('python');
        const all: number[] = [];
        for (let round = 0; round < ROUNDS; round++) all.push(...(await drawnEchoes(page)));
        return BARS.map(([share]) => ({ value: percentile(all, share), detail: `${all.length} keys` }));
      } finally {
        await page.close();
      }
    },
  };
}
