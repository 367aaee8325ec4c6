import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { EventStream, MAX_BACKLOG } from './event-stream.ts';

test('events have a name and one line of JSON, whatever is in it', async () => {
  const stream = new EventStream();
  stream.send('task', { message: 'one\ntwo\r\n' });
  stream.beat();
  stream.end();
  stream.end();
  stream.send('late', {});
  let text = '';
  for await (const chunk of stream.readable) text += chunk;
  assert.equal(text, 'retry: 2000\n\nevent: task\ndata: {"message":"one\\ntwo\\r\\n"}\n\n:\n\n');
});

test('a stream that nobody reads is dropped at its bound', async () => {
  const stream = new EventStream();
  const closed = once(stream.readable, 'close');
  for (let sent = 0; sent <= MAX_BACKLOG; sent += 100_000) stream.send('state', 'x'.repeat(100_000));
  await closed;
  assert.ok(stream.readable.destroyed);
  stream.send('state', 'after the end');
});
