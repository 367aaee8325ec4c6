import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainMissingEngine, type Host } from './explain-missing-engine.ts';

const search = {
  tried: [{ where: '/var/run/docker.sock', reason: 'permission denied' }],
  packages: ['docker.io', 'iptables'],
};
const explain = (host: Partial<Host>): string | undefined =>
  explainMissingEngine({ dockerHost: undefined, root: false, installed: false, apt: true, ...host }, search);

test('as root with apt-get or an installed daemon there is nothing to explain', () => {
  assert.equal(explain({ root: true }), undefined);
  assert.equal(explain({ root: true, installed: true, apt: false }), undefined);
});

test('without root the exact commands are named, and what was tried', () => {
  const message = explain({}) ?? '';
  assert.match(message, /\/var\/run\/docker\.sock: permission denied/);
  assert.match(
    message,
    /sudo apt-get update && sudo apt-get install -y --no-install-recommends docker\.io iptables$/m,
  );
  assert.match(message, /sudo systemctl start docker$/m);
});

test('an installed daemon is not to be installed again', () => {
  assert.doesNotMatch(explain({ installed: true }) ?? '', /apt-get/);
});

test('where there is no apt-get, none is asked for', () => {
  assert.match(explain({ apt: false, root: true }) ?? '', /no apt-get/);
});

test('a DOCKER_HOST that does not answer is said to be the cause', () => {
  assert.match(explain({ dockerHost: 'tcp://elsewhere:2375', root: true }) ?? '', /^DOCKER_HOST is set/);
});
