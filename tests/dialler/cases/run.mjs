// A run from Start to its end, Pause and Stop in the middle of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { QUICK, act, balanced, completes, end, endAll, judge, logOf, makeCampaign, makeWorld, now, placed,
  served, sql, startDialler, startSim, statusOf, until } from '../bed.mjs';

const PAUSES = 20;
let dialler;

before(async () => {
  makeWorld();
  await startSim({ ...QUICK, speed: 300 });
  dialler = await startDialler();
  await served();
});
after(endAll);

test('a run goes to its end, and its books balance at any moment', async () => {
  const { id, phones } = makeCampaign(3000);
  act('start', id);
  await until('a call is placed', () => placed().length);
  while (statusOf(id) === 'running') balanced('in mid-run');
  const [run] = sql(`SELECT id, rest, ended_at IS NOT NULL FROM run`).split('\n');
  assert.equal(run, '1\t1\t1', 'the run is done and stamped');
  const numbers = judge(phones);
  assert.equal(numbers.size, phones.length, 'everybody was called');
  balanced('at the end');
  assert.equal(sql('SELECT COUNT(*) FROM run_count'), '1', 'one row of counters is left');
  assert.equal(sql(`SELECT SUM(completed+exhausted+abandoned+voicemail+invalid) FROM run_count`), '3000');
});

test('the first call of a run leaves at once', async () => {
  const { id } = makeCampaign(1), had = placed().length;
  const started = act('start', id);
  await completes(id);
  console.log(`# first call ${Math.round((placed()[had].at - started) / 1000)} ms after Start was answered`);
});

test('retries follow, when they fall due', async () => {
  const { id, phones } = makeCampaign(300, { max_attempts: 3, retry_delay: 1 });
  act('start', id);
  const retries = () => Number(sql(`SELECT COALESCE(SUM(retry), 0) FROM run_count k
    JOIN run r ON r.id=k.run_id WHERE r.ended_at IS NULL`));
  for (let pass = 0; pass < 2; pass++) {
    await until('the pass is over', () => sql(`SELECT (SELECT COUNT(*) FROM live_call),
      (SELECT COUNT(*) FROM due WHERE due_at < NOW(6) + INTERVAL 5 SECOND),
      (SELECT next_ordinal > upto FROM run_cursor ORDER BY run_id DESC, upto DESC LIMIT 1)`) === '0\t0\t1');
    assert.ok(retries() > 0, 'some wait for a retry');
    balanced('between two passes');
    sql(`UPDATE due SET due_at='2020-01-01'; UPDATE run_contact SET due_at='2020-01-01' WHERE due_at IS NOT NULL`);
  }
  await completes(id);
  const numbers = judge(phones, { attempts: 3 });
  assert.ok([...numbers.values()].some(n => n === 3), 'somebody was called three times');
  balanced('at the end');
});

test('Pause: no call later than 250 ms after the answer', async () => {
  const { id } = makeCampaign(20000, { concurrency: 100 });
  act('start', id);
  let late = 0, before = 0;
  for (let i = 0; i < PAUSES; i++) {
    const had = placed().length;
    await until('it dials', () => placed().length > had + 20);
    const paused = act('pause', id);
    await until('calls in progress have finished', () => sql('SELECT COUNT(*) FROM live_call') === '0');
    const calls = placed();
    late = Math.max(late, ...calls.slice(had).map(c => c.at - paused));
    assert.ok(calls.at(-1).at - paused <= 250000,
      `a call left ${Math.round((calls.at(-1).at - paused) / 1000)} ms after the answer`);
    balanced('paused');
    before = calls.length;
    assert.equal(placed().length, before, 'and none while it is paused');
    act('resume', id);
  }
  console.log(`# the latest call left ${Math.round(late / 1000)} ms after the answer to Pause`);
  const had = placed().length;
  await until('it dials again', () => placed().length > had);
  const stopped = act('stop', id);
  await until('the run is stamped', () => sql('SELECT COUNT(*) FROM run WHERE ended_at IS NULL') === '0');
  assert.ok(placed().at(-1).at - stopped <= 250000, 'Stop ends it');
  assert.equal(statusOf(id), 'completed');
  balanced('stopped');
});

test('a bot that is gone fails the run, with the reason', async () => {
  const { id } = makeCampaign(100, { concurrency: 1 });
  act('start', id);
  act('pause', id);
  sql(`UPDATE campaign SET bot_id=99 WHERE status=2`);
  assert.throws(() => act('resume', id), 'Resume sees it too');
  sql(`UPDATE campaign SET status=1, epoch=epoch+1 WHERE status=2`);
  await until('it fails', () => statusOf(id) === 'failed');
  assert.match(sql('SELECT reason FROM run WHERE rest=4'), /bot/);
  await until('the run is stamped', () => sql('SELECT COUNT(*) FROM run WHERE ended_at IS NULL') === '0');
  balanced('failed');
});

test('a single day closes with its window', async () => {
  const { id } = makeCampaign(5000, { mode: 'single_day', concurrency: 1 });
  act('start', id);
  await until('it dials', () => sql('SELECT COUNT(*) FROM live_call') !== '0');
  // The window as it was yesterday: its day is over.
  sql(`UPDATE campaign SET window_start=0, window_end=1, days=1 << WEEKDAY(NOW() - INTERVAL 1 DAY)
    WHERE status=1; UPDATE run
    SET started_at=DATE(NOW()) - INTERVAL 1 DAY + INTERVAL 30 SECOND WHERE ended_at IS NULL`);
  await until('the run is stamped', () => sql('SELECT COUNT(*) FROM run WHERE ended_at IS NULL') === '0');
  assert.equal(statusOf(id), 'completed');
  assert.equal(sql('SELECT rest FROM run ORDER BY id DESC LIMIT 1'), '3');
  balanced('closed');
});

test('SIGTERM: quickly, and what is up goes on', async () => {
  const { id, phones } = makeCampaign(3000, { concurrency: 200 });
  act('start', id);
  await until('it dials', () => Number(sql('SELECT COUNT(*) FROM live_call WHERE state > 0')) > 20);
  const told = now();
  assert.deepEqual(await end(dialler), { code: 0, signal: null });
  const took = (now() - told) / 1000;
  assert.ok(took < 3000, `it took ${took} ms`);
  assert.ok(placed().at(-1).at - told < 250000, 'nothing is placed after it');
  assert.equal(sql('SELECT COUNT(*) FROM node'), '0', 'it has given its slot back');
  balanced('without a dialler');
  dialler = await startDialler();
  await completes(id);
  judge(phones);
  balanced('at the end');
  assert.doesNotMatch(logOf(dialler), / error /);
});
