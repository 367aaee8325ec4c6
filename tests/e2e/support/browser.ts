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

  async type(line: string): Promise<void> {
    await this.terminal.locator(`${SHOWN} .xterm-helper-textarea`).focus();
    await this.page.keyboard.type(line);
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
    const end = Date.now() + DEADLINE;
    let screen = '';
    while (Date.now() < end) {
      screen = await this.screen();
      if (pattern.test(screen)) return;
      await this.page.waitForTimeout(50);
    }
    assert.match(screen, pattern);
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
