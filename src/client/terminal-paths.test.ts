import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathsIn } from './terminal-paths.ts';

const paths = (text: string): string[] => pathsIn(text).map(({ path }) => path);

test('paths are found as programs print them', () => {
  assert.deepEqual(paths('-rw-r--r-- 1 student student 5 app/main.py'), ['app/main.py']);
  assert.deepEqual(paths('see /etc/docker/daemon.json, ~/notes.txt and ../up.'), [
    '/etc/docker/daemon.json',
    '~/notes.txt',
    '../up',
  ]);
  assert.deepEqual(paths('  File "/home/student/app.py", line 3, in <module>'), ['/home/student/app.py']);
  assert.deepEqual(paths('./run.sh: line 2: x/y: No such file'), ['./run.sh', 'x/y']);
  assert.deepEqual(paths('main.c:3:1: lib/util.c:12:5: error'), ['lib/util.c']);
  assert.deepEqual(paths('created virtual environment in myenv/'), []);
  assert.deepEqual(paths('ls bin/ lib/python3.11/'), ['lib/python3.11/']);
});

test('addresses, dates of one slash and lone slashes are none', () => {
  assert.deepEqual(paths('http://127.0.0.1:8000/api/ https://example.org/a/b ftp://x/y'), []);
  assert.deepEqual(paths('cd / ; a / b // c'), []);
  assert.deepEqual(paths('student@docker:~$ '), []);
});

test('each is told with the place where it begins', () => {
  const text = 'a ./b c/d';
  for (const { path, index } of pathsIn(text)) assert.equal(text.slice(index, index + path.length), path);
  assert.equal(pathsIn(text).length, 2);
});
