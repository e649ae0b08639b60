// A large run goes to its end, its books balance at any moment, and nobody
// grows with it.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { stackUp, until, wait } from '../lib/stack.mjs';

const CONTACTS = 100_000;
const LIMIT_MB = 64;
let stack;
let failed = true;

before(async () => { stack = await stackUp({ sim: 'speed=100' }); });
after(() => stack?.down(failed));

test(`${CONTACTS} contacts are all called, in small memory`, async () => {
  const id = stack.campaign('large', CONTACTS,
    { concurrency: 5000, max_attempts: 2, retry_delay: 1 });
  let checks = 0;

  stack.action('start', id);
  const run = stack.runOf(id);
  while (stack.finished(run) < CONTACTS) {
    stack.balanced();
    checks++;
    await wait(500);
  }
  await until(300, 'the campaign completes', () => stack.status(id) === '3');
  stack.judge(run, CONTACTS);
  assert.ok(checks >= 5, `only ${checks} checks in mid-run`);

  for (const [name, pids] of [
    ['outdial-dialler', [stack.pid('outdial-dialler')]],
    ['outdial-web', stack.workers()],
  ])
    for (const pid of pids) {
      const peak = stack.peak(pid);
      assert.ok(peak < LIMIT_MB, `${name} grew to ${peak.toFixed(1)} MB`);
    }
  failed = false;
});
