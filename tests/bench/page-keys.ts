/** How soon a key is seen on the screen of a real browser. */
import { BenchPage } from './bench-page.ts';
import { drawnEchoes, HELD, TYPED } from './echoes.ts';
import { percentile, type Row } from './figure.ts';
import type { BenchWorld } from './world.ts';

const ROUNDS = 5;
const BARS = [
  [0.5, 8],
  [0.95, 16],
  [0.99, 25],
] as const;

/** From the key to the painted echo: typed as fast as a person can, and held down. */
export function keystrokeDrawn(world: BenchWorld): Row {
  return {
    lab: 'python',
    figures: [
      ...BARS.map(([share, bar]) => ({
        name: `keystroke to echo drawn, p${share * 100}`,
        unit: 'ms' as const,
        bar,
      })),
      { name: 'the same, a key held down, p50', unit: 'ms' },
    ],
    measure: async () => {
      const { server, browser } = await world.site();
      const page = await BenchPage.open(browser, server.address);
      try {
        await page.work();
        await server.untilWarm('python');
        const [typed, held]: [number[], number[]] = [[], []];
        for (let round = 0; round < ROUNDS; round++) {
          typed.push(...(await drawnEchoes(page, TYPED)));
          held.push(...(await drawnEchoes(page, HELD)));
        }
        const write = (share: number): string => percentile(held, share).toFixed(1);
        return [
          ...BARS.map(([share]) => ({ value: percentile(typed, share), detail: `${typed.length} keys` })),
          {
            value: percentile(held, 0.5),
            detail: `p95 / p99: ${write(0.95)} / ${write(0.99)} ms, ${held.length} keys`,
          },
        ];
      } finally {
        await page.close();
      }
    },
  };
}
