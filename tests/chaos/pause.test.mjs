// Pause, Stop and the workspace's hold: the simulated carrier's log has no call
// later than 250 ms after the answer.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { stackUp, until, wait } from '../lib/stack.mjs';

const BOUND_US = 250_000;
let stack;
let page;
let failed = true;

before(async () => {
  stack = await stackUp({ sim: 'speed=50' });
  page = await stack.signIn();
});
after(() => stack?.down(failed));

/* Presses a button; the instant of its answer in microseconds. */
async function press(word, id, from) {
  const answer = await page.press(word, id, from);
  const at = Date.now() * 1000;
  const text = await answer.text();

  assert.equal(answer.status, 200, text);
  assert.doesNotMatch(text, /Failed to/);
  return at;
}

/* The workspace's switch; the instant of its answer in microseconds. */
function turn(word) {
  stack.outdial(['workspace', word]);
  return Date.now() * 1000;
}

test('Pause holds twenty times in mid-run, the workspace five, Stop ends it',
  async () => {
    const id = stack.campaign('pause', 200_000, { concurrency: 500 });
    const quiet = []; // [from, to]: nothing may be placed in between
    let at = await press('start', id, 'draft');
    const mine = () => stack.placed().filter(([, , n]) => n.startsWith('4477'));
    const since = (us) => mine().filter(([t]) => Number(t) > us).length;

    for (let round = 0; round < 20; round++) {
      await until(10, `calls in round ${round}`, () => since(at) > 20);
      const from = await press('pause', id, 'running');
      await wait(600);
      at = Date.now() * 1000;
      await press('resume', id, 'paused');
      quiet.push([from + BOUND_US, at]);
    }
    for (let round = 0; round < 5; round++) {
      await until(10, `calls before hold ${round}`, () => since(at) > 20);
      const from = turn('hold');
      await wait(600);
      at = Date.now() * 1000;
      turn('release');
      quiet.push([from + BOUND_US, at]);
    }
    await until(10, 'calls after the last release', () => since(at) > 20);
    const stopped = await press('stop', id, 'running');
    const run = stack.runOf(id);
    await until(60, 'the last calls finish', () => stack.one(
      `SELECT ended_at IS NOT NULL FROM run WHERE id = ${run}`) === '1');
    quiet.push([stopped + BOUND_US, Infinity]);

    for (const [t, call] of mine())
      for (const [from, to] of quiet)
        assert.ok(Number(t) <= from || Number(t) >= to,
          `${call} was placed ${(t - from) / 1000 + 250} ms after the answer`);
    assert.equal(stack.status(id), '3');
    stack.balanced();
    failed = false;
  });
