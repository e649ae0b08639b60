// What may be changed under a run while it dials: nothing is stuck, nobody is
// forgotten.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { QUICK, act, balanced, completes, end, endAll, logOf, makeCampaign, makeWorld, now, placed, served, sql, startDialler, startSim,
  statusOf, until } from '../bed.mjs';

let dialler, sim;

before(async () => {
  makeWorld();
  sim = await startSim();
  dialler = await startDialler();
  await served();
});
after(endAll);

const runOf = () => sql('SELECT MAX(id) FROM run');
const stamped = run => until('the run is stamped', () =>
  sql(`SELECT ended_at IS NOT NULL FROM run WHERE id=${run}`) === '1');

// Calls of seconds.
async function slowly(what) {
  await end(sim);
  sim = await startSim({ ...QUICK, speed: 5, talk_mean_ms: 8000, talk_max_ms: 15000 });
  await what();
  await end(sim);
  sim = await startSim();
}

test('a call that the database refuses to record holds up no other', async () => {
  const { id } = makeCampaign(1);
  await slowly(async () => {
    act('start', id);
    await until('it is up', () => sql('SELECT COUNT(*) FROM live_call WHERE state > 0') === '1');
    // What it will become is there already: its own row is a duplicate.
    sql(`INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at, outcome,
      counted) SELECT run_id, seg, ordinal, seq, 0, phone, carrier_id, number_id, 0, NOW(6), 1, 1 FROM live_call`);
    await until('it cannot be recorded', () => /cannot be recorded/.test(logOf(dialler)));
  });
  let slowest = 0;
  for (let i = 0; i < 5; i++) {
    const other = makeCampaign(1), from = now();
    act('start', other.id);
    await completes(other.id);
    slowest = Math.max(slowest, (now() - from) / 1000);
  }
  assert.ok(slowest < 2000, `another call took ${slowest} ms`);
  sql('DELETE FROM attempt WHERE nonce=0');
  await completes(id);
  balanced('at the end');
});

test('a carrier is switched off with calls up, and the dialler dies', async () => {
  const { id } = makeCampaign(500, { concurrency: 50 }), had = placed().length;
  await slowly(async () => {
    act('start', id);
    await until('it dials', () => placed().length > had + 20);
    sql('UPDATE carrier SET enabled=0');
    await end(dialler, 'SIGKILL');
    dialler = await startDialler();
    await until('the run fails', () => statusOf(id) === 'failed');
    await stamped(runOf());
  });
  balanced('at the end');
  sql('UPDATE carrier SET enabled=1');
  await served();
});

test('carriers that are there and refuse everything for a day fail the run', async () => {
  await end(sim);
  sim = await startSim({ speed: 500, answer: 0, voicemail: 0, busy: 0, no_answer: 0, rejected: 0, unreachable: 0,
    invalid: 0, congestion: 100 });
  const { id } = makeCampaign(3);
  act('start', id);
  const refused = () => Number(sql(`SELECT COALESCE(SUM(refused), 0) FROM run_minute WHERE run_id=${runOf()}`));
  await until('all are refused', () => refused() === 3);
  sql(`UPDATE run_minute SET minute = minute - 1441 WHERE run_id=${runOf()}`);
  await until('and again', () => refused() > 3);
  await until('the run fails', () => statusOf(id) === 'failed', 20);
  assert.match(sql(`SELECT reason FROM run WHERE id=${runOf()}`), /24 hours/);
  await stamped(runOf());
  balanced('at the end');
  await end(sim);
  sim = await startSim();
});
