import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HIGH_WATER } from '../../protocol/flow.ts';
import { Audience } from './audience.ts';
import { MemoryChannel } from './testing.ts';
import { ViewerFeed } from './viewer-feed.ts';

const BLANK = { cols: 80, rows: 24, data: '', tail: new Uint8Array(0) };

test('a viewer that gives no sign for half a minute holds the program no longer, and catches up when it wakes', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let stalls = 0;
  const audience = new Audience(() => stalls++);
  const channel = new MemoryChannel();
  const feed = new ViewerFeed(channel, BLANK);
  audience.add(feed);
  const start = feed.join();
  assert.equal(audience.wantsPause(), true, 'while the snapshot is made');
  start(() => BLANK);
  assert.equal(audience.wantsPause(), false);
  for (let sent = 0; sent <= HIGH_WATER; sent += 16_384) audience.push(new Uint8Array(16_384));
  assert.equal(audience.wantsPause(), true);
  t.mock.timers.tick(29_000);
  assert.equal(audience.wantsPause(), true);
  t.mock.timers.tick(2000);
  assert.equal(stalls, 1);
  assert.equal(audience.wantsPause(), false, 'the program goes on');
  const got = channel.bytes;
  for (let i = 0; i < 1000; i++) audience.push(new Uint8Array(16_384));
  assert.equal(channel.bytes, got, 'nothing gathers for it');
  feed.acknowledged(got);
  assert.equal(audience.waitingForSnapshot, feed);
});

test('an empty audience holds nobody up', () => {
  const audience = new Audience(() => assert.fail());
  assert.equal(audience.wantsPause(), false);
  const feed = new ViewerFeed(new MemoryChannel(), BLANK);
  audience.add(feed);
  assert.equal(audience.remove(feed), true);
  assert.equal(audience.remove(feed), false);
  assert.equal(audience.wantsPause(), false);
});

test('a viewer that joins anew is not begun with the snapshot that it was to have before', () => {
  const channel = new MemoryChannel();
  const feed = new ViewerFeed(channel, BLANK);
  const first = feed.join();
  feed.push(Buffer.from('lost with the queue'));
  const second = feed.join();
  feed.push(Buffer.from('kept'));
  first(() => assert.fail('a snapshot from before'));
  assert.deepEqual(channel.received, []);
  second(() => BLANK);
  second(() => assert.fail('a second one'));
  assert.equal(channel.messages.length, 1);
  assert.equal(channel.end, 'kept');
});
