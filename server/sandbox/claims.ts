/** Remembers over a restart whose sandbox is whose. Knows nothing about engines beyond their ids. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * `preparing`: the lesson's scene is being laid out; after a restart such a sandbox cannot be trusted.
 * `ready`: the learner works in it.
 * `discarded`: nobody may have it again, it is to be destroyed. Only its end removes the claim, so that a sandbox which
 * somebody has used is never taken for a fresh one, whenever the server stops.
 */
export type ClaimState = 'preparing' | 'ready' | 'discarded';

/** One sandbox that belongs to a learner. */
export interface Claim {
  /** The id that others see: 16 random bytes as base64url. The same over resets. */
  readonly id: string;
  /** The engine's id of the sandbox behind it. */
  readonly engineId: string;
  readonly learner: string;
  readonly lesson: string;
  readonly lab: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly generation: number;
  readonly state: ClaimState;
}

/** Every call takes effect before it returns. */
export interface ClaimStore {
  /** Throws when the engine id has a claim already, or when it would be the second `ready` one of its id, or of its
   * learner and lesson. */
  add(claim: Claim): void;
  /** Changes the state or the expiry. Unknown engine id: does nothing. Throws like `add`. */
  update(engineId: string, change: Partial<Pick<Claim, 'state' | 'expiresAt'>>): void;
  /** Forgets it. Unknown engine id: does nothing. */
  remove(engineId: string): void;
  /** All claims, oldest first. */
  all(): Claim[];
}

/** The claims in a database of `openDatabase`. */
export class SqliteClaimStore implements ClaimStore {
  readonly #add: StatementSync;
  readonly #update: StatementSync;
  readonly #remove: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare(
      `INSERT INTO claim
       (engine_id, id, learner, lesson, lab, created_at, expires_at, generation, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = database.prepare(
      'UPDATE claim SET state = coalesce(?2, state), expires_at = coalesce(?3, expires_at) WHERE engine_id = ?1',
    );
    this.#remove = database.prepare('DELETE FROM claim WHERE engine_id = ?');
    this.#all = database.prepare('SELECT * FROM claim ORDER BY created_at, engine_id');
  }

  add(claim: Claim): void {
    const { engineId, id, learner, lesson, lab, createdAt, expiresAt, generation, state } = claim;
    const [created, expires] = [createdAt.getTime(), expiresAt.getTime()];
    this.#add.run(engineId, id, learner, lesson, lab, created, expires, generation, state);
  }

  update(engineId: string, change: Partial<Pick<Claim, 'state' | 'expiresAt'>>): void {
    this.#update.run(engineId, change.state ?? null, change.expiresAt?.getTime() ?? null);
  }

  remove(engineId: string): void {
    this.#remove.run(engineId);
  }

  all(): Claim[] {
    return this.#all.all().map((row) => ({
      id: String(row['id']),
      engineId: String(row['engine_id']),
      learner: String(row['learner']),
      lesson: String(row['lesson']),
      lab: String(row['lab']),
      createdAt: new Date(Number(row['created_at'])),
      expiresAt: new Date(Number(row['expires_at'])),
      generation: Number(row['generation']),
      state: row['state'] as ClaimState,
    }));
  }
}
