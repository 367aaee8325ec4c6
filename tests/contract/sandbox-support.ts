/** What the parts of the engine suite share. */
import type { TestContext } from 'node:test';
import { DrydockError, type ErrorCode } from '../../server/errors.ts';
import type { Sandbox } from '../../server/sandbox/engine.ts';
import type { Ability, Fixture } from './engine-fixture.ts';

/** A sandbox that is destroyed at the end of the test. */
export async function startSandbox(t: TestContext, fixture: Fixture): Promise<Sandbox> {
  const sandbox = await fixture.engine.create(fixture.spec, t.signal);
  t.after(() => sandbox.destroy());
  return sandbox;
}

/** For `assert.rejects`: a DrydockError with this code. */
export function hasCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => {
    if (error instanceof DrydockError && error.code === code) return true;
    throw new Error(`expected a DrydockError "${code}", found ${String(error)}`, { cause: error });
  };
}

/** Skips the test in sight where the engine lacks the ability. Returns whether it did. */
export function lacks(t: TestContext, fixture: Fixture, ability: Ability): boolean {
  const reason = fixture.harness.missing?.[ability];
  if (reason !== undefined) t.skip(reason);
  return reason !== undefined;
}
