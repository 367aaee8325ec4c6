/**
 * Looks at a terminal from within the page: when a key came, when something stood on the screen, how much the sockets
 * brought. Runs before the page's own code; `probe` is what the bench asks. All times are `performance.now()`'s.
 *
 * Something is drawn when the frame that shows it has been painted: the emulator changes its rows in an animation
 * frame, an observer sees that in the same frame, and a message that is posted there is delivered after the painting.
 */

/** Rows of the terminal in sight. */
const ROWS = '.terminal-mount:not([hidden]) .xterm-rows';

interface Waiting {
  readonly pattern: RegExp;
  readonly resolve: (at: number) => void;
}

class Probe {
  /** Bytes that came over WebSockets, snapshots included. */
  received = 0;
  /** Milliseconds from each key to its echo being drawn. */
  readonly echoes: number[] = [];
  /** When the latest key came, by the browser's own clock of input. */
  keyAt = 0;
  /** What `received` was then. */
  receivedAtKey = 0;
  /** When something was clicked. */
  pressedAt = 0;
  #waiting: Waiting[] = [];
  #typed = 0;
  readonly #sent: number[] = [];
  readonly #painted = new MessageChannel();
  #onPainted: (() => void)[] = [];

  constructor() {
    this.#painted.port1.addEventListener('message', () => {
      const due = this.#onPainted;
      this.#onPainted = [];
      for (const call of due) call();
    });
    this.#painted.port1.start();
    addEventListener('keydown', (event) => this.#key(event), true);
    addEventListener('click', (event) => (this.pressedAt = event.timeStamp), true);
    const watch = { subtree: true, childList: true, characterData: true };
    new MutationObserver((changes) => {
      if (changes.some(({ target }) => isInRows(target))) this.#look();
    }).observe(document, watch);
  }

  /** The screen, one line each, without blanks at the ends. */
  get text(): string {
    const rows = [...(document.querySelector(ROWS)?.children ?? [])];
    const lines = rows.map((row) => row.textContent.replaceAll('\u00A0', ' ').trimEnd());
    return lines.join('\n').trimEnd();
  }

  /** When the screen matches and has been painted; at once where it does already. */
  drawn(pattern: RegExp): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting.push({ pattern, resolve });
      this.#look();
    });
  }

  /** Starts to count the keys that are typed into an empty line. */
  expectEchoes(): void {
    this.#typed = 0;
    this.#sent.length = 0;
    this.echoes.length = 0;
  }

  #key(event: KeyboardEvent): void {
    this.keyAt = event.timeStamp;
    this.receivedAtKey = this.received;
    if (event.key !== 'x') return;
    this.#typed++;
    this.#sent.push(event.timeStamp);
  }

  #look(): void {
    const text = this.text;
    const found = this.#waiting.filter(({ pattern }) => pattern.test(text));
    this.#waiting = this.#waiting.filter((one) => !found.includes(one));
    const shown = /\$ (x*)$/.exec(text)?.[1]?.length ?? 0;
    const keys = this.#sent.splice(0, Math.max(0, shown - (this.#typed - this.#sent.length)));
    if (found.length === 0 && keys.length === 0) return;
    this.#onPainted.push(() => {
      const now = performance.now();
      for (const key of keys) this.echoes.push(now - key);
      for (const { resolve } of found) resolve(now);
    });
    this.#painted.port2.postMessage(undefined);
  }
}

function isInRows(node: Node): boolean {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('.xterm-rows') !== null;
}

const probe = new Probe();
Object.assign(globalThis, { probe });

/** Counts what each socket brings, and leaves the rest as it is. */
globalThis.WebSocket = class extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) probe.received += data.byteLength;
      else if (typeof data === 'string') probe.received += data.length;
    });
  }
};
