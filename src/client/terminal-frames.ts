/**
 * Spares frames that nobody needs. What they cost is time in which more could be read from the program, and an echo that
 * comes just behind one waits for the next. Knows nothing about where the output comes from.
 */
import type { Terminal } from '@xterm/xterm';

/** Bytes since the latest frame from which output counts as a flood: several screens full. */
const FLOOD = 16 * 1024;
/** Milliseconds between two frames of a flood. */
const PAUSE = 50;

/** What is reached of the emulator's inside. Where it is built otherwise, it draws as it always does. */
interface Inside {
  readonly _core?: {
    readonly _renderService?: { readonly _renderDebouncer?: Debouncer };
    readonly _selectionService?: { refresh?(byMouse?: boolean): void };
  };
}

/** What asks the browser for the emulator's frames. */
interface Debouncer {
  _coreBrowserService?: {
    readonly window: {
      requestAnimationFrame(draw: FrameRequestCallback): number;
      cancelAnimationFrame(id: number): void;
    };
  };
}

/** The frames of one terminal: fewer while output floods it, since nobody reads sixty screens a second. */
export class Frames {
  #bytes = 0;
  #drawnAt = 0;
  #frame = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** Call once the emulator is open. */
  constructor(emulator: Terminal) {
    keepUnselected(emulator);
    const debouncer = (emulator as unknown as Inside)._core?._renderService?._renderDebouncer;
    if (!debouncer?._coreBrowserService) return;
    debouncer._coreBrowserService = {
      window: {
        requestAnimationFrame: (draw) => this.#ask(draw),
        cancelAnimationFrame: () => {
          clearTimeout(this.#waiting);
          cancelAnimationFrame(this.#frame);
        },
      },
    };
  }

  /** Output has been given to the emulator. */
  took(bytes: number): void {
    this.#bytes += bytes;
  }

  /** The emulator asks for no further frame before it has drawn this one. */
  #ask(draw: FrameRequestCallback): number {
    const soon = () => {
      this.#frame = requestAnimationFrame((time) => {
        this.#bytes = 0;
        this.#drawnAt = performance.now();
        draw(time);
      });
    };
    const left = this.#bytes < FLOOD ? 0 : this.#drawnAt + PAUSE - performance.now();
    if (left <= 0) soon();
    else this.#waiting = setTimeout(soon, left);
    // Any number but 0, by which the emulator knows that a frame is under way.
    return 1;
  }
}

/** Whenever a line scrolls, the emulator draws all rows anew for the sake of the selection, even where there is none. */
function keepUnselected(emulator: Terminal): void {
  const service = (emulator as unknown as Inside)._core?._selectionService;
  const refresh = service?.refresh?.bind(service);
  if (!service || !refresh) return;
  let selected = false;
  service.refresh = (byMouse) => {
    const was = selected;
    selected = emulator.hasSelection();
    if (was || selected) refresh(byMouse);
  };
}
