/** What an attack is. Knows none. */
import type { Lab } from '../../protocol/lab.ts';
import type { Scene } from './scene.ts';

export interface Attack {
  readonly name: string;
  /** All labs where it is absent. */
  readonly labs?: readonly string[];
  /** The sandbox may be unusable afterwards, which is the attacker's own loss; the next attack gets a fresh one. */
  readonly spoils?: boolean;
  /** Rejects where the attacker got something; the state of the host is its scene's to judge. */
  readonly attack: (scene: Scene, limits: Limits) => Promise<void>;
}

export type Limits = Lab['limits'];
