// A dialler that is stopped at any moment and wakes up again: what it was
// about to do is no longer allowed, and it does not do it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { QUICK, act, balanced, completes, endAll, judge, logOf, makeCampaign, makeWorld, pause, placed, served,
  sql, startDialler, startSim, until } from '../bed.mjs';

const ROUNDS = 15;
let one, two;

before(async () => {
  makeWorld({ cps: 2000, channels: 2000 });
  await startSim({ ...QUICK, speed: 300 });
  one = await startDialler('one');
  await served();
});
after(endAll);

const freeze = program => program.child.kill('SIGSTOP');
const thaw = program => program.child.kill('SIGCONT');

test('Pause while it is frozen: it wakes up and places nothing', async () => {
  const { id } = makeCampaign(30000, { concurrency: 300 });
  act('start', id);
  for (let i = 0; i < ROUNDS; i++) {
    const had = placed().length;
    await until('it dials', () => placed().length > had + 50);
    await pause(Math.random() * 20); // at any moment
    freeze(one);
    const paused = act('pause', id);
    await pause(120 + Math.random() * 200); // longer than a gate's answer holds
    thaw(one);
    await until('nothing is left to be placed', () => sql('SELECT COUNT(*) FROM live_call WHERE state < 2') === '0');
    const late = placed().at(-1).at - paused;
    assert.ok(late <= 250000, `a call left ${Math.round(late / 1000)} ms after the answer to Pause`);
    act('resume', id);
  }
  act('stop', id);
  await until('the run is stamped', () => sql('SELECT COUNT(*) FROM run WHERE ended_at IS NULL') === '0');
  balanced('stopped');
});

test('frozen until it is declared dead: the other goes on, and it starts over', async () => {
  two = await startDialler('two');
  await served(2);
  const { id, phones } = makeCampaign(4000, { concurrency: 50 });
  const had = placed().length;
  act('start', id);
  await until('it dials', () => placed().length > had + 200);
  freeze(two);
  await until('it is declared dead', () => / is dead/.test(logOf(one)), 40);
  thaw(two);
  await until('it starts over', () => /starts over/.test(logOf(two)));
  await completes(id, 120);
  const numbers = judge(phones);
  const lost = Number(sql('SELECT COUNT(*) FROM attempt WHERE outcome=11'));
  assert.ok(numbers.size + lost >= phones.length, 'everybody was called, or is lost');
  balanced('at the end');
  await served(2);
});
