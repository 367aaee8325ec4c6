/** Opens web addresses that a terminal shows: with Ctrl or Cmd and a click, in a new tab that knows nothing of this one. */
import { WebLinksAddon } from '@xterm/addon-web-links';
import type { Terminal } from '@xterm/xterm';
import { confirmed } from './confirm.ts';

/** Makes http and https addresses in the terminal work; `note` tells the learner why one is not opened. */
export function followLinks(terminal: Terminal, note: (words: string) => void): void {
  const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const hover = (_event: MouseEvent, address: string) =>
    terminal.element?.setAttribute('title', `${apple ? 'Cmd' : 'Ctrl'}+click opens ${address}`);
  const leave = () => terminal.element?.removeAttribute('title');
  const activate = (event: MouseEvent, address: string, hidden: boolean) => {
    const byFinger = matchMedia('(pointer: coarse)').matches;
    if (!byFinger && !event.ctrlKey && !event.metaKey) return;
    // What the learner has read and asked for needs no question; a finger may have meant something else.
    void openAddress(address, { ask: hidden || byFinger, note });
  };
  terminal.loadAddon(
    new WebLinksAddon((event, address) => activate(event, address, false), { hover, leave }),
  );
  // Addresses that a program hides behind a text (OSC 8).
  terminal.options.linkHandler = {
    activate: (event, address) => activate(event, address, true),
    hover,
    leave,
  };
}

interface Opening {
  readonly ask: boolean;
  readonly note: (words: string) => void;
}

async function openAddress(address: string, { ask, note }: Opening): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return note('Only web addresses (http, https) are opened.');
  if (/^(localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\])$/.test(url.hostname)) {
    return note(`${url.hostname} is the sandbox itself: use curl ${address} in the terminal.`);
  }
  const yes =
    !ask || (await confirmed({ title: 'Open this address?', text: url.href, yes: 'Open', no: 'Cancel' }));
  if (yes) window.open(url.href, '_blank', 'noopener,noreferrer');
}
