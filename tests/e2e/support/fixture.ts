/** A Drydock and a browser for the tests of a file. */
import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../support/chromium.ts';
import { createInstallation, startServer, type Installation, type RunningServer } from './server.ts';

export interface Fixture {
  readonly installation: Installation;
  readonly browser: Browser;
  /** Replaced by a test that starts it again. */
  server: RunningServer;
}

/** Starts both before the first test and ends both, with all that they left, after the last. To be called once a file. */
export function useDrydock(): Fixture {
  const fixture = {} as { -readonly [Name in keyof Fixture]: Fixture[Name] };
  before(async () => {
    fixture.installation = createInstallation();
    fixture.server = await startServer(fixture.installation);
    fixture.browser = await openBrowser();
  });
  after(async () => {
    await fixture.browser.close();
    await fixture.server.stop();
    fixture.installation.remove();
  });
  return fixture;
}
