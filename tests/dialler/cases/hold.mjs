// The hold of a workspace: nothing is placed while it lasts, everything goes on
// after it, and it does not depend on wake-ups.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { QUICK, act, balanced, completes, end, endAll, judge, logOf, makeCampaign, makeWorld, now, pause, placed, served,
  sql, startDialler, startSim, statusOf, switchTo, until } from '../bed.mjs';

const HOLDS = 8;
const IDLE = 200; // before each of the five: a heartbeat repairs 50 runs in turn, so it needs four for them
const BEATS = 14; // of the 16 that this turn alone needs at least; 3 or 4 on a quiet machine
const BOUND_US = 250000;
let one, two;

before(async () => {
  makeWorld({ cps: 300 }); // half a second's worth of calls is queued
  await startSim({ ...QUICK, speed: 300 });
  one = await startDialler('one');
  two = await startDialler('two');
  await served(2);
});
after(endAll);

// Campaigns of another workspace that run and have nobody to call, planned by
// the only node.  Without an SQL mode, as values are given for the generated
// columns, too.
function makeIdle(from) {
  const each = id => `
    UPDATE c SET id=${id}, current_run=${id}; INSERT INTO campaign SELECT * FROM c;
    UPDATE r SET id=${id}, campaign_id=${id}; INSERT INTO run SELECT * FROM r;`;
  sql(`SET sql_mode = ''; CREATE TEMPORARY TABLE c SELECT * FROM campaign LIMIT 1;
    CREATE TEMPORARY TABLE r SELECT * FROM run LIMIT 1;
    UPDATE c SET workspace_id=2, status=1, mode=1, always_on=1;
    UPDATE r SET rest=0, ended_at=NULL, lease_boot=(SELECT boot FROM node); BEGIN;
    ${Array.from({ length: IDLE }, (_, i) => each(from + i)).join('')}
    INSERT INTO campaign_number SELECT c.id, n.id FROM campaign c, number n
    WHERE c.id BETWEEN ${from} AND ${from + IDLE - 1}; COMMIT`);
}

const live = state => Number(sql(`SELECT COUNT(*) FROM live_call WHERE ${state}`));

test('no call later than 250 ms after the answer, on any node; all are called in the end', async () => {
  const { id, phones } = makeCampaign(6000, { concurrency: 100 });
  const other = makeCampaign(500, { concurrency: 20 });
  let late = -Infinity, slow = 0;
  act('start', id);
  act('start', other.id);
  for (let i = 0; i < HOLDS; i++) {
    const had = placed().length;
    await until('it dials', () => placed().length > had + 20);
    const held = switchTo('hold');
    await until('calls in progress finish, and queued ones are withdrawn', () => live('1=1') === 0, 10);
    balanced('on hold');
    assert.equal(statusOf(id), 'running', 'the campaign is as it was');
    await pause(300);
    const calls = placed(), released = switchTo('release');
    late = Math.max(late, ...calls.slice(had).map(c => c.at - held));
    assert.ok(late <= BOUND_US, `a call left ${Math.round(late / 1000)} ms after the answer`);
    await until('it dials again', () => placed().length > calls.length, 2);
    slow = Math.max(slow, placed()[calls.length].at - released);
  }
  console.log(`# the latest call left ${Math.round(late / 1000)} ms after the answer to the hold, ` +
    `the slowest first one ${Math.round(slow / 1000)} ms after that to the release`);
  await completes(id);
  await completes(other.id);
  assert.equal(judge([...phones, ...other.phones]).size, 6500, 'everybody was called, nobody twice');
  assert.equal(sql('SELECT SUM(attempts.n) FROM (SELECT COUNT(*) n FROM attempt) attempts'),
    sql('SELECT SUM(placed) FROM workspace_count WHERE grain = 15'), 'each is counted as placed once');
  balanced('at the end');
});

test('the gates hold by themselves, when who plans is frozen', async () => {
  const { id, phones } = makeCampaign(1500, { concurrency: 500 });
  act('start', id);
  await until('calls are queued', () => live('state=0') > 100);
  const slot = sql('SELECT n.slot FROM run r JOIN node n ON n.boot=r.lease_boot WHERE r.ended_at IS NULL');
  const planner = [one, two].find(node => logOf(node).includes(`has slot ${slot}.`));
  planner.child.kill('SIGSTOP');
  const held = switchTo('hold');
  await pause(1000);
  planner.child.kill('SIGCONT');
  await until('calls in progress finish, and queued ones are withdrawn', () => live('1=1') === 0);
  const late = placed().at(-1).at - held;
  assert.ok(late <= BOUND_US, `a call left ${Math.round(late / 1000)} ms after the answer`);
  balanced('on hold');
  switchTo('release');
  await completes(id);
  judge(phones);
});

test('without any wake-up it is seen within a second or so', async () => {
  const { id } = makeCampaign(20000, { concurrency: 500 });
  act('start', id);
  await until('it dials, and calls are queued', () => live('state=0') > 100 && live('state > 0') > 0);
  sql(`UPDATE workspace SET held_at=NOW(6), held_by='nobody'`);
  const held = now();
  await until('what is queued is withdrawn', () => live('1=1') === 0, 4);
  const before = placed();
  assert.ok(before.at(-1).at - held <= BOUND_US, 'the gates have it at once');
  sql('UPDATE number SET enabled=0');
  await pause(1500);
  assert.equal(statusOf(id), 'running', 'a pool that is empty does not fail a run on hold');
  sql('UPDATE number SET enabled=1; UPDATE workspace SET held_at=NULL, held_by=NULL');
  const released = now();
  await until('it dials again', () => placed().length > before.length, 3);
  console.log(`# released without a wake-up: ${Math.round((placed()[before.length].at - released) / 1000)} ms`);
  act('stop', id);
  await until('the run is stamped', () => sql('SELECT COUNT(*) FROM run WHERE ended_at IS NULL') === '0');
  balanced('stopped');
});

test('what ends, ends on hold as well', async () => {
  const day = makeCampaign(5000, { mode: 'single_day', concurrency: 1 });
  const last = makeCampaign(1);
  act('start', day.id);
  await until('it dials', () => live('state > 0') > 0);
  const had = placed().length;
  act('start', last.id);
  await until('its only call is placed', () => placed().slice(had).some(c => c.number === last.phones[0]));
  switchTo('hold');
  await completes(last.id, 5);
  sql(`UPDATE campaign SET window_start=0, window_end=1, days=1 << WEEKDAY(NOW() - INTERVAL 1 DAY)
    WHERE status=1; UPDATE run
    SET started_at=DATE(NOW()) - INTERVAL 1 DAY + INTERVAL 30 SECOND WHERE ended_at IS NULL`);
  await completes(day.id, 5);
  await until('the run is stamped', () => sql('SELECT COUNT(*) FROM run WHERE ended_at IS NULL') === '0');
  assert.equal(sql('SELECT MAX(rest) FROM run'), '3', 'its window closed');
  balanced('closed');
  switchTo('release');
  await end(two);
});

// The five stand far apart among the others, so that the heartbeat's turn would
// reach the last of them 16 beats after the first.
test('nor does it take long among many campaigns', async () => {
  sql(`CREATE TEMPORARY TABLE w SELECT * FROM workspace LIMIT 1; UPDATE w SET id=2, name='other';
    INSERT INTO workspace SELECT * FROM w; UPDATE workspace SET held_at=NOW(6), held_by='nobody' WHERE id=1`);
  const had = placed().length, few = [];
  for (let i = 1; i <= 5; i++) {
    makeIdle(1000 * i);
    few.push(makeCampaign(1));
    act('start', few.at(-1).id);
  }
  await until('their planner has them', () =>
    sql('SELECT COUNT(*) FROM run WHERE ended_at IS NULL AND lease_boot IS NULL') === '0');
  await pause(1500);
  assert.equal(placed().length, had, 'none is placed');
  sql('UPDATE workspace SET held_at=NULL, held_by=NULL');
  const released = now();
  const beats = new Set(); // each renews the lease of the only node
  await until('all are placed', () => {
    beats.add(sql('SELECT lease_until FROM node'));
    return placed().length === had + few.length;
  }, 60);
  console.log(`# among ${5 * IDLE} campaigns, released without a wake-up: ${beats.size - 1} beats, ` +
    `${Math.round((placed().at(-1).at - released) / 1000)} ms`);
  assert.ok(beats.size - 1 <= BEATS, `it took ${beats.size - 1} beats`);
  for (const { id } of few) await completes(id);
  balanced('at the end');
  for (const node of [one, two]) assert.doesNotMatch(logOf(node), / error /);
});
