/** Types into terminals and waits for what comes back. Knows nothing about what the times are compared with. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchPage } from './bench-page.ts';
import { timed } from './figure.ts';
import type { Terminal } from './terminals.ts';

const KEYS = 40;
/** Milliseconds between two keys; they vary so as to meet a screen's frames at all their moments. */
export interface Pace {
  readonly least: number;
  readonly most: number;
}

/** Nobody types faster: 200 to 120 words a minute. */
export const TYPED: Pace = { least: 60, most: 100 };
/** As a keyboard repeats a key that is held down, about 30 times a second. */
export const HELD: Pace = { least: 30, most: 47 };
/** Clears the line. */
const CTRL_U = '\u0015';

/** Milliseconds from sending a character to its coming back, one for each of many. */
export async function echoes(terminal: Terminal): Promise<number[]> {
  const took: number[] = [];
  for (let key = 0; key < KEYS; key++) {
    await pause(HELD);
    terminal.clear();
    took.push(
      await timed(async () => {
        terminal.type('x');
        await terminal.until((text) => text.includes('x'), 'the echo');
      }),
    );
  }
  terminal.clear();
  terminal.type(CTRL_U);
  await terminal.until((text) => text !== '', 'an empty line');
  return took;
}

/** Milliseconds from a key in the page to the painted frame that shows its echo, one for each of many. */
export async function drawnEchoes(page: BenchPage, pace: Pace): Promise<number[]> {
  await page.prompt();
  await page.ask('probe.expectEchoes()');
  for (let key = 0; key < KEYS; key++) {
    await pause(pace);
    await page.page.keyboard.press('x');
  }
  await page.drawn(new RegExp(`x{${KEYS}}$`));
  const took = await page.ask<number[]>('probe.echoes');
  if (took.length !== KEYS) throw new Error(`expected ${KEYS} echoes, found ${took.length}`);
  await page.page.keyboard.press('Control+u');
  await page.prompt();
  return took;
}

const pause = ({ least, most }: Pace): Promise<void> => sleep(least + Math.random() * (most - least));
