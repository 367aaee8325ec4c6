/** What a learner does and sees in a lesson. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

export const DEADLINE = Number(process.env['E2E_DEADLINE'] ?? 60_000);

/** A shell that waits for a command, on the last line of the screen. */
const PROMPT = /\$\s*$/;

/** Of a lab's terminals the one in sight. */
const SHOWN = '.terminal-mount:not([hidden])';

export const SIZES = {
  desktop: { width: 1440, height: 900 },
  laptop: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
} as const;

/** A lesson page, in the words of architecture: region "Terminal", button "Start lab", tasks with their buttons. */
export class LessonPage {
  readonly page: Page;
  readonly terminal: Locator;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(DEADLINE);
    this.terminal = page.getByRole('region', { name: 'Terminal', exact: true });
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async startLab(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start lab' }).click();
    await this.state('ready');
  }

  /** Waits until the terminal's region is in the state. */
  async state(state: 'idle' | 'starting' | 'ready' | 'reconnecting' | 'ended'): Promise<void> {
    await this.page.locator(`[data-terminal][data-state="${state}"]`).waitFor({ state: 'attached' });
  }

  /** Types a line and Enter; `before` may look at the line before Enter is pressed. */
  async type(line: string, before?: () => Promise<void>): Promise<void> {
    await this.terminal.locator(`${SHOWN} .xterm-helper-textarea`).focus();
    await this.page.keyboard.type(line);
    await before?.();
    await this.page.keyboard.press('Enter');
  }

  /** What the terminal shows, one line each. */
  async screen(): Promise<string> {
    // A page that is just being loaded again shows nothing yet.
    const lines = await this.terminal
      .locator(`${SHOWN} .xterm-rows > div`)
      .allTextContents()
      .catch(() => []);
    return lines.map((line) => line.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
  }

  /** Waits until the terminal shows a match. */
  async shows(pattern: RegExp): Promise<void> {
    await this.screenHolds(String(pattern), (rows) => pattern.test(rows.join('\n')));
  }

  /** Waits until it holds for the terminal's rows, those that are empty at the end aside. `what`: for the report. */
  async screenHolds(what: string, holds: (rows: readonly string[]) => boolean): Promise<void> {
    const end = Date.now() + DEADLINE;
    let rows: string[] = [];
    while (Date.now() < end) {
      rows = (await this.screen()).trimEnd().split('\n');
      if (holds(rows)) return;
      await this.page.waitForTimeout(50);
    }
    assert.fail(`expected ${what}, found the screen\n${rows.join('\n')}`);
  }

  /** Types a command and waits until the prompt is back. */
  async run(line: string): Promise<void> {
    await this.shows(PROMPT);
    await this.type(line);
    await this.page.waitForFunction(
      ([shown, typed]) => {
        const rows = [...document.querySelectorAll(`${shown} .xterm-rows > div`)].map((row) =>
          row.textContent.trim(),
        );
        const last = rows.findLast((row) => row !== '') ?? '';
        return last.endsWith('$') && rows.some((row) => row.includes(typed.slice(-20)));
      },
      [SHOWN, line] as const,
    );
  }

  task(id: string): Locator {
    return this.page.locator(`[data-task="${id}"]`);
  }

  async check(id: string): Promise<void> {
    await this.task(id).getByRole('button', { name: 'Check', exact: true }).click();
  }

  /** Waits until the task's status has the words. */
  async status(id: string, words: 'Not yet' | 'Passed' | 'Checking' | 'Undone'): Promise<void> {
    await this.task(id).locator('[data-task-status]').filter({ hasText: words }).waitFor();
  }
}
