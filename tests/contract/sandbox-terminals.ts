/** Engine contract, part 2: the main terminal and further ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Screen, exitOf } from './screen.ts';
import type { Fixture } from './engine-fixture.ts';
import { startSandbox } from './sandbox-support.ts';

const SIZE = { cols: 90, rows: 30 };

export function testTerminals(get: () => Fixture): void {
  test('what is typed is run', async (t) => {
    const screen = new Screen(await (await startSandbox(t, get())).main());
    screen.type('echo $((6*7))\n');
    await screen.until(/[\r\n]42\r\n/);
  });

  test('a shell that exits is followed by a fresh one', async (t) => {
    const sandbox = await startSandbox(t, get());
    const screen = new Screen(await sandbox.main());
    await sleep(800);
    screen.type('old=1; exit\n');
    await screen.until(/The shell ended\..*[$#] $/s);
    screen.type('echo "[$old]"\n');
    await screen.until(/[\r\n]\[\]\r\n/);
    assert.equal(await sandbox.alive(), true);
  });

  test('a shell that cannot start is followed by one without the learner’s files', async (t) => {
    const screen = new Screen(await (await startSandbox(t, get())).main());
    screen.type('echo exit >>~/.bash_profile; exit\n');
    await screen.until(/The shell ended at once\..*[$#] $/s);
    screen.type('rm ~/.bash_profile; echo mended-$?\n');
    await screen.until(/mended-0/);
  });

  test('Ctrl-C ends a command, not the shell', async (t) => {
    const screen = new Screen(await (await startSandbox(t, get())).main());
    screen.type('kept=yes; echo started; sleep 600\n');
    await screen.until(/[\r\n]started/);
    await sleep(100);
    screen.type('\x03');
    screen.type('echo "[$kept]"\n');
    await screen.until(/\[yes\]/);
  });

  test('no key is held back: the previous command comes with Ctrl-P', async (t) => {
    const screen = new Screen(await (await startSandbox(t, get())).main());
    screen.type('echo one-$((1+1))\n');
    await screen.until(/one-2/);
    screen.type('\x10');
    await screen.until(/one-2.*one-\$\(\(1\+1\)\)/s);
  });

  test('the program is told the size, and the last one wins', async (t) => {
    const main = await (await startSandbox(t, get())).main();
    const screen = new Screen(main);
    await Promise.all([main.resize({ cols: 70, rows: 20 }), main.resize({ cols: 101, rows: 33 })]);
    screen.type('stty size\n');
    await screen.until(/[\r\n]33 101\r\n/);
  });

  test('main returns the same Pty until it is let go of, then the same shell', async (t) => {
    const sandbox = await startSandbox(t, get());
    const [main, again] = await Promise.all([sandbox.main(), sandbox.main()]);
    assert.equal(main, again);
    const before = new Screen(main);
    before.type('kept=here; echo set-$kept\n');
    await before.until(/set-here/);
    let told = false;
    main.onExit(() => (told = true));
    main.detach();
    main.detach();
    main.write(Buffer.from('echo must-not-appear\n'));
    await main.resize(SIZE);

    const next = await sandbox.main();
    assert.notEqual(next, main);
    const screen = new Screen(next);
    screen.type('echo still-$kept\n');
    await screen.until(/still-here/);
    assert.doesNotMatch(screen.text, /must-not-appear/);
    assert.equal(told, false);
  });

  test('a further terminal has its own shell and size, and ends with it', async (t) => {
    const sandbox = await startSandbox(t, get());
    const pty = await sandbox.open(SIZE);
    const screen = new Screen(pty);
    screen.type('stty size; own=1; cd /; pwd\n');
    await screen.until(/[\r\n]30 90\r\n/);
    await pty.resize({ cols: 55, rows: 11 });
    screen.type('stty size\n');
    await screen.until(/[\r\n]11 55\r\n/);
    const main = new Screen(await sandbox.main());
    main.type('echo "[$own]"\n');
    await main.until(/[\r\n]\[\]\r\n/);
    screen.type('exit 7\n');
    assert.deepEqual(await exitOf(pty), { code: 7, lost: false });
    assert.equal(await sandbox.alive(), true);
  });

  test('a further terminal that is let go of leaves no process behind', async (t) => {
    const sandbox = await startSandbox(t, get());
    const seconds = `${40_000 + Math.floor(Math.random() * 10_000)}`;
    const pty = await sandbox.open(SIZE);
    const screen = new Screen(pty);
    screen.type(`echo started; sleep ${seconds}\n`);
    await screen.until(/[\r\n]started/);
    pty.detach();
    const script =
      'for i in $(seq 100); do grep -qsa "^sleep.$1" /proc/[0-9]*/cmdline || exit 0; sleep 0.1; done; exit 1';
    const limits = { timeoutMs: 15_000, maxOutputBytes: 100 };
    const found = await sandbox.run(['bash', '-c', script, 'wait', seconds], limits);
    assert.equal(found.code, 0);
  });

  test('onExit comes once, after the last output, also to a late subscriber', async (t) => {
    const pty = await (await startSandbox(t, get())).open(SIZE);
    const screen = new Screen(pty);
    let exits = 0;
    let textAtExit = '';
    pty.onExit(() => {
      exits += 1;
      textAtExit = screen.text;
    });
    screen.type('seq 1 20000; exit 3\n');
    assert.deepEqual(await exitOf(pty), { code: 3, lost: false });
    assert.match(textAtExit, /\n19999\r\n20000\r\n/);
    assert.deepEqual(await exitOf(pty), { code: 3, lost: false });
    assert.equal(exits, 1);
    assert.equal(screen.text, textAtExit);
  });

  test('output before the first subscriber is kept, the newest 64 KiB', async (t) => {
    const pty = await (await startSandbox(t, get())).open(SIZE);
    pty.write(Buffer.from('seq 1 50000; exit\n'));
    await exitOf(pty);
    const screen = new Screen(pty);
    await screen.until(/50000\r\n/);
    assert.ok(screen.bytes <= 64 * 1024, `${screen.bytes} bytes`);
    assert.ok(screen.bytes > 32 * 1024, `${screen.bytes} bytes`);
  });

  test('a subscription that was ended hears nothing', async (t) => {
    const main = await (await startSandbox(t, get())).main();
    let heard = 0;
    const off = main.onData(() => (heard += 1));
    const offExit = main.onExit(() => (heard += 1));
    off();
    off();
    offExit();
    const screen = new Screen(main);
    screen.type('echo $((6*7))\n');
    await screen.until(/[\r\n]42\r\n/);
    assert.equal(heard, 0);
  });

  test('pause slows the program down, and nothing is lost', async (t) => {
    const sandbox = await startSandbox(t, get());
    const main = await sandbox.main();
    const screen = new Screen(main);
    screen.type('seq 1 600000; touch done-flooding; echo all-$((100+1))\n');
    await screen.untilBytes(20_000);
    main.pause();
    const atPause = screen.bytes;
    await sleep(700);
    assert.ok(screen.bytes - atPause < 256 * 1024, `${screen.bytes - atPause} bytes after pause`);
    const script = '[ ! -e done-flooding ]';
    const limits = { timeoutMs: 5000, maxOutputBytes: 100 };
    assert.equal((await sandbox.run(['sh', '-c', script], limits)).code, 0, 'the program waits');
    main.resume();
    // By its size first: looking for a pattern in all of it at every piece takes long.
    await screen.untilBytes(4_500_000);
    await screen.until(/all-101/);
    const numbers = screen.text.match(/^\d+(?=\r$)/gm) ?? [];
    assert.equal(numbers.length, 600_000);
    assert.ok(
      numbers.every((number, index) => Number(number) === index + 1),
      'in order',
    );
  });

  test('input reaches a program whose output is paused', async (t) => {
    const sandbox = await startSandbox(t, get());
    const main = await sandbox.main();
    const screen = new Screen(main);
    screen.type('yes a-line-of-a-flood\n');
    await screen.untilBytes(50_000);
    main.pause();
    screen.type('\x03');
    main.resume();
    screen.type('echo over-$((1+1))\n');
    await screen.until(/over-2/);
  });
}
