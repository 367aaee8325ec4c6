import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openDatabase } from '../database.ts';
import { SqliteClaimStore, type Claim } from './claims.ts';

function storeFor(t: TestContext): SqliteClaimStore {
  const database = openDatabase(':memory:');
  t.after(() => database.close());
  return new SqliteClaimStore(database);
}

const claim: Claim = {
  id: 'public',
  engineId: 'engine-1',
  learner: 'ann',
  lesson: 'course/lesson',
  lab: 'python',
  createdAt: new Date(1000),
  expiresAt: new Date(2000),
  generation: 1,
  state: 'preparing',
};

test('gives back what was added, changed and not removed', (t) => {
  const claims = storeFor(t);
  claims.add(claim);
  assert.deepEqual(claims.all(), [claim]);
  claims.update('engine-1', { state: 'ready', expiresAt: new Date(3000) });
  claims.update('engine-1', {});
  assert.deepEqual(claims.all(), [{ ...claim, state: 'ready', expiresAt: new Date(3000) }]);
  claims.remove('engine-1');
  claims.remove('engine-1');
  assert.deepEqual(claims.all(), []);
});

test('changing an unknown one does nothing', (t) => {
  const claims = storeFor(t);
  claims.update('nothing', { state: 'ready' });
  assert.deepEqual(claims.all(), []);
});

test('one sandbox is claimed once', (t) => {
  const claims = storeFor(t);
  claims.add(claim);
  assert.throws(() => claims.add({ ...claim, id: 'other', learner: 'bob' }), /UNIQUE/);
  assert.equal(claims.all().length, 1);
});

test('an id, and a learner and lesson, have one ready sandbox, beside discarded ones', (t) => {
  const claims = storeFor(t);
  claims.add({ ...claim, state: 'ready' });
  assert.throws(
    () => claims.add({ ...claim, engineId: 'engine-2', learner: 'bob', state: 'ready' }),
    /UNIQUE/,
  );
  assert.throws(() => claims.add({ ...claim, engineId: 'engine-2', id: 'other', state: 'ready' }), /UNIQUE/);
  claims.update('engine-1', { state: 'discarded' });
  claims.add({ ...claim, engineId: 'engine-2', generation: 2, state: 'ready' });
  assert.deepEqual(
    claims.all().map(({ state }) => state),
    ['discarded', 'ready'],
  );
});
