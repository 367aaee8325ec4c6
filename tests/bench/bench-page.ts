/** A lesson's page in Chromium with the bench's probe in it. Knows nothing about what is measured. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ScriptTarget, transpile } from 'typescript';

/** A lesson of the lab `python` that lays no files into the home folder. */
export const LESSON = 'virtualenv/create';
const VIEWPORT = { width: 1440, height: 900 };
const DEADLINE_MS = 30_000;
/** A shell that waits for a command. */
const PROMPT = /\$$/;

const probe = transpile(readFileSync(path.join(import.meta.dirname, 'in-page', 'probe.ts'), 'utf8'), {
  target: ScriptTarget.ES2022,
});

/** The page of a learner who was never here. */
export class BenchPage {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #address: string;

  private constructor(context: BrowserContext, page: Page, address: string) {
    this.#context = context;
    this.page = page;
    this.#address = address;
  }

  /** Does not visit anything yet. The caller closes it. */
  static async open(browser: Browser, address: string): Promise<BenchPage> {
    const context = await browser.newContext({ viewport: VIEWPORT });
    context.setDefaultTimeout(DEADLINE_MS);
    await context.addInitScript({ content: probe });
    return new BenchPage(context, await context.newPage(), address);
  }

  /** Opens the lesson; resolves when all that it needs is loaded. */
  async visit(): Promise<void> {
    await this.page.goto(`${this.#address}/lessons/${LESSON}/`, { waitUntil: 'networkidle' });
  }

  /** Opens the lesson and presses "Start lab" as soon as its code listens. */
  async visitAndPress(): Promise<void> {
    await this.page.goto(`${this.#address}/lessons/${LESSON}/`, { waitUntil: 'load' });
    await this.page.evaluate(`document.querySelector('[data-action="start"]').click()`);
  }

  /** Starts the lab as a learner does and waits for the prompt. */
  async start(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start lab' }).click();
    await this.drawn(PROMPT);
  }

  /** Visits and starts, ready for keys. */
  async work(): Promise<void> {
    await this.visit();
    await this.start();
    await this.page.locator('.xterm-helper-textarea').focus();
  }

  /** Types a command; it begins to run when this resolves. */
  async command(line: string): Promise<void> {
    await this.page.keyboard.insertText(line);
    await this.page.keyboard.press('Enter');
  }

  /** Clears the screen; resolves when nothing but a prompt is seen. */
  async clear(): Promise<void> {
    await this.command('clear');
    await this.drawn(/^[^\n]*\$$/);
  }

  /** When the screen matched and was painted, by the page's clock. */
  drawn(pattern: RegExp): Promise<number> {
    return this.ask<number>(`probe.drawn(${pattern})`);
  }

  /** When a prompt was painted. */
  prompt(): Promise<number> {
    return this.drawn(PROMPT);
  }

  /** What an expression about the probe gives, waited for if need be. */
  async ask<T>(expression: string): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const screen = async (): Promise<string> => String(await this.page.evaluate('probe.text'));
    const giveUp = async (): Promise<void> =>
      reject(
        new Error(
          `expected an answer to ${expression}, found ${JSON.stringify((await screen().catch(String)).slice(-300))}`,
        ),
      );
    const timer = setTimeout(() => void giveUp(), DEADLINE_MS);
    this.page.evaluate<T>(expression).then(resolve, reject);
    return promise.finally(() => clearTimeout(timer));
  }

  /** Id of the lab's sandbox. */
  async sandbox(): Promise<string> {
    return this.page.evaluate<string>(
      `Object.entries(localStorage).find(([key]) => key.includes('sandbox:'))[1]`,
    );
  }

  /** Ends the lab, so that its sandbox is in nobody's way, and forgets it. */
  async endLab(): Promise<void> {
    await this.page.evaluate(END_LAB);
  }

  async close(): Promise<void> {
    await this.endLab().catch(() => undefined);
    await this.#context.close();
  }
}

/** By the page's own memory, in which it keeps the sandbox of each lesson. */
const END_LAB = `(async () => {
  const kept = Object.entries(localStorage).filter(([key]) => key.includes('sandbox:'));
  for (const [key, value] of kept) {
    await fetch('/api/sandboxes/' + value.replaceAll('"', ''), { method: 'DELETE' });
    localStorage.removeItem(key);
  }
})()`;
