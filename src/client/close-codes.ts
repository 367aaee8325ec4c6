/** What the close codes of the terminal WebSocket mean for the page. Pure. */
import { CLOSE } from '../../protocol/wire.ts';
import type { Trouble } from './lab-state.ts';

/** Why a connection was lost that is tried again. `reset`: the sandbox gets a fresh scene. */
export type Lost = Trouble | 'reset';

/** What an open connection's close code means: `ended` and `gone` are final, all else is tried again. */
export function afterClose(code: number): Lost | 'ended' | 'gone' {
  switch (code) {
    case CLOSE.ended:
      return 'ended';
    case CLOSE.notFound:
      return 'gone';
    case CLOSE.reset:
      return 'reset';
    case CLOSE.engineUnavailable:
      return 'engine';
    default:
      // The server restarts, the network is lost, or this page sent something wrong: the terminal itself lives on.
      return 'connection';
  }
}
