// Two nodes share the work and the carrier's limit; one dies, the other goes
// on with what it left.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { QUICK, act, balanced, completes, end, endAll, judge, logOf, makeCampaign, makeWorld, now, pause, pidOf, placed,
  served, sql, startDialler, startSim, statusOf, until } from '../bed.mjs';

const CPS = 200;
let one, two, sim;

before(async () => {
  makeWorld({ cps: CPS, channels: 400 });
  sim = await startSim({ ...QUICK, speed: 200 });
  one = await startDialler('one');
  two = await startDialler('two');
  await served(2);
});
after(endAll);

// The busiest second of the log.  What left a second apart may be read a
// little closer together.
function busiest(calls) {
  let most = 0, from = 0;
  calls.forEach(({ at }, i) => {
    while (at - calls[from].at >= 900000) from++;
    most = Math.max(most, i - from + 1);
  });
  return most;
}

const byNode = run => sql(`SELECT slot, COUNT(*) FROM attempt WHERE run_id=${run} GROUP BY slot ORDER BY slot`)
  .split('\n').map(line => Number(line.split('\t')[1]));

test('both place calls, together within the limit', async () => {
  const { id, phones } = makeCampaign(1500);
  act('start', id);
  await completes(id);
  judge(phones);
  balanced('at the end');
  const [a, b] = byNode(1);
  assert.ok(a > 300 && b > 300, `they shared the work: ${a} and ${b}`);
  const most = busiest(placed());
  assert.ok(most <= CPS, `${most} calls in a second`);
  assert.ok(most > CPS / 2, `only ${most} calls in the busiest second`);
});

test('a node dies: the other has everything within seconds', async () => {
  const { id, phones } = makeCampaign(3000);
  act('start', id);
  const had = placed().length;
  await until('it dials', () => placed().length > had + 400);
  await end(two, 'SIGKILL');
  await completes(id, 90);
  judge(phones);
  balanced('at the end');
  assert.match(logOf(one), / is dead/);
  assert.equal(sql('SELECT COUNT(*) FROM node'), '1');
  await served(1);
  const most = busiest(placed().slice(had));
  assert.ok(most <= CPS, `${most} calls in a second`);
});

test('it comes back and takes its part again', async () => {
  two = await startDialler('two');
  await served(2);
  const { id, phones } = makeCampaign(500);
  act('start', id);
  await completes(id);
  judge(phones);
  balanced('at the end');
});

test('20 seats on two nodes: never a 21st conversation', async () => {
  const { id, phones } = makeCampaign(1500, { concurrency: 20 });
  act('start', id);
  let most = 0, looks = 0;
  while (statusOf(id) === 'running')
    for (let i = 0; i < 20; i++, looks++)
      most = Math.max(most, Number(sql('SELECT COUNT(*) FROM live_call WHERE seated=1 OR state=3')));
  console.log(`# at most ${most} conversations in ${looks} looks`);
  assert.ok(most > 10 && most <= 20, `${most} conversations`);
  judge(phones);
  balanced('at the end');
  assert.equal(sql('SELECT COUNT(*) FROM run_seat'), '0', 'and nothing is left of their counting');
});

// Of the last run: how many were in a call at once between two instants.  The
// carrier's log has when each began, the ledger for how long it was up.
function busiestMoment(from, to) {
  const began = new Map(placed().map(({ at, number }) => [number, at]));
  const edges = sql(`SELECT phone, COALESCE(ring_ms, 0) + COALESCE(talk_ms, 0) FROM attempt
    WHERE run_id=(SELECT MAX(id) FROM run)`).split('\n').flatMap(line => {
    const [phone, ms] = line.split('\t');
    return [[began.get(phone), 1], [began.get(phone) + ms * 1000, -1]];
  });
  let most = 0, up = 0;
  for (const [at, change] of edges.sort(([a, x], [b, y]) => a - b || x - y)) {
    up += change;
    if (at >= from && at < to) most = Math.max(most, up);
  }
  return most;
}

test('fewer channels than calls: they finish, and nobody is called until one is free', async () => {
  await end(sim);
  sim = await startSim({ speed: 20, answer: 100, voicemail: 0, busy: 0, no_answer: 0, rejected: 0, unreachable: 0,
    invalid: 0, congestion: 0, talk_mean_ms: 15000, talk_max_ms: 20000 });
  await served(2);
  const { id } = makeCampaign(3000);
  const up = () => Number(sql('SELECT COUNT(*) FROM live_call WHERE state > 0'));
  const shared = n => until(`${n} channels are shared`, () =>
    sql('SELECT SUM(channels) FROM carrier_share') === String(n));
  sql('UPDATE carrier SET channels=40');
  await shared(40);
  const began = now();
  act('start', id);
  await until('every channel is in use', () => up() >= 40);
  await pause(3000); // a call has ended some ms before the ledger knows: longer than some calls last
  const lowered = now();
  sql('UPDATE carrier SET channels=10');
  await until('its calls fit', () => up() <= 10, 10);
  await shared(10);
  const fits = now();
  await until('there are more of them', () => up() === 10);
  await pause(3000);
  const raised = now();
  sql('UPDATE carrier SET channels=400');
  await until('it has all it needs', () => up() > 100);
  act('stop', id);
  await until('its last calls are over', () => up() === 0);
  assert.equal(sql('SELECT COUNT(*) FROM attempt WHERE run_id=(SELECT MAX(id) FROM run) AND outcome<>1'), '0');
  assert.equal(busiestMoment(began, lowered), 40);
  assert.equal(busiestMoment(fits, raised), 10);
  balanced('at the end');
});

test('paused campaigns complete, though Redis was away when their last calls ended', async () => {
  await end(sim);
  sim = await startSim({ speed: 5, answer: 100, voicemail: 0, busy: 0, no_answer: 0, rejected: 0, unreachable: 0,
    invalid: 0, congestion: 0, talk_mean_ms: 15000, talk_max_ms: 20000 });
  await served(2);
  const ids = Array.from({ length: 8 }, () => makeCampaign(1).id);
  const up = () => Number(sql('SELECT COUNT(*) FROM live_call WHERE state > 0'));
  for (const id of ids) act('start', id);
  await until('all are in a call', () => up() === ids.length);
  for (const id of ids) act('pause', id);
  process.kill(pidOf('REDIS'), 'SIGSTOP');
  await until('all calls are over', () => up() === 0);
  process.kill(pidOf('REDIS'), 'SIGKILL');
  await until('all have completed', () => ids.every(id => statusOf(id) === 'completed'), 12);
  balanced('at the end');
});
