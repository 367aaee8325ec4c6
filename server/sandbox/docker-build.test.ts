import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BuildWatch } from './docker-build.ts';

test('progress grows within and between steps and never reaches the end before it', () => {
  const watch = new BuildWatch();
  const seen = [watch.read('Step 1/2 : FROM base')];
  for (let line = 0; line < 1000; line += 1) seen.push(watch.read(`line ${line}\n`));
  seen.push(watch.read('Step 2/2 : RUN apt-get update && apt-get install -y vim'));
  const numbers = seen.map((one) => one?.progress ?? -1);
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => a - b),
  );
  assert.equal(numbers[0], 0);
  assert.equal(numbers.at(-1), 0.5);
  assert.equal(seen.at(-1)?.step, 'installing packages');
  assert.equal(watch.read('\n'), undefined);
});

test('a failure names the step and the last output, without the builder’s own talk', () => {
  const watch = new BuildWatch();
  watch.read('Step 1/2 : FROM base');
  watch.read(' ---> 0123456789ab\n');
  watch.read('Step 2/2 : RUN make');
  watch.read(' ---> Running in 0123456789ab\n');
  watch.read('make: no rule\n');
  watch.read('Removing intermediate container 0123456789ab\n');
  assert.equal(watch.explain('it failed'), 'step 2 of 2, "RUN make": it failed\nmake: no rule');
});
