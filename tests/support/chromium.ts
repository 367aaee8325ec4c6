/** A real Chromium for tests and the bench. Knows nothing about pages. */
import { chromium, type Browser } from 'playwright-core';

/** Starts the browser that the set-up found. It talks to loopback only. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
