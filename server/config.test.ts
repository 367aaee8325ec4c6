import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readConfig, settingsTable } from './config.ts';
import { DrydockError } from './errors.ts';

const message = (args: string[], env: NodeJS.ProcessEnv = {}): string => {
  try {
    readConfig(args, env);
  } catch (error) {
    assert.ok(error instanceof DrydockError && error.code === 'invalid');
    return error.message;
  }
  return assert.fail('expected an error');
};

test('without anything given the defaults hold: loopback only', () => {
  const config = readConfig([], {});
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.port, 4321);
  assert.equal(config.trustProxy, false);
  assert.deepEqual(config.allowedOrigins, []);
});

test('a flag wins over the environment, which wins over the default', () => {
  const env = { DRYDOCK_PORT: '8000', DRYDOCK_HOST: '::1' };
  const config = readConfig(['--port', '8080'], env);
  assert.equal(config.port, 8080);
  assert.equal(config.host, '::1');
  assert.equal(readConfig(['--port=9000'], env).port, 9000);
});

test('origins are split and brought into the form that browsers send', () => {
  const config = readConfig(['--allowed-origins', 'https://a.example/, http://b.example:8080'], {});
  assert.deepEqual(config.allowedOrigins, ['https://a.example', 'http://b.example:8080']);
});

test('a wrong value names its source, what was expected and what was found', () => {
  assert.match(message(['--port', 'http']), /^--port: expected a port from 0 to 65535, found "http"$/);
  assert.match(message([], { DRYDOCK_PORT: '70000' }), /^DRYDOCK_PORT: expected .*65535.*, found "70000"$/);
  assert.match(
    message(['--allowed-origins', 'example.org']),
    /expected an origin such as .*found "example.org"$/,
  );
  assert.match(message([], { DOCKER_HOST: 'docker' }), /^DOCKER_HOST: expected an address/);
});

test('the public address is an origin, or none', () => {
  assert.equal(readConfig([], {}).publicUrl, '');
  assert.equal(
    readConfig(['--public-url', 'https://Learn.example.org/'], {}).publicUrl,
    'https://learn.example.org',
  );
  assert.match(
    message(['--public-url', 'learn.example.org']),
    /^--public-url: expected an address without a path/,
  );
  assert.match(message(['--public-url', 'https://a.example/learn/']), /expected an address without a path/);
});

test('an unknown flag lists the known ones', () => {
  assert.match(message(['--prot', '80']), /--port, .*found: Unknown option '--prot'$/);
});

test('the table in the README is that of the settings', () => {
  assert.ok(
    readFileSync(new URL('../README.md', import.meta.url), 'utf8').includes(settingsTable()),
    settingsTable(),
  );
});
