// What may be changed under a run while it dials: nothing is stuck, nobody is
// forgotten.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { QUICK, WHO, act, balanced, completes, end, endAll, judge, logOf, makeCampaign, makeWorld, now, outdial,
  pause, placed, served, simSocket, sql, startDialler, startSim, statusOf, switchTo, until } from '../bed.mjs';

let dialler, sim;

before(async () => {
  makeWorld();
  sim = await startSim();
  dialler = await startDialler();
  await served();
});
after(endAll);

const runOf = () => sql('SELECT MAX(id) FROM run');
// enum run_wait (campaign/campaign.h)
const waitOf = run => sql(`SELECT wait FROM run WHERE id=${run}`);
const stamped = run => until('the run is stamped', () =>
  sql(`SELECT ended_at IS NOT NULL FROM run WHERE id=${run}`) === '1');

// Who waits for a phone that is in a call is due now.
const hurry = () => sql(`UPDATE due SET due_at='2020-01-01' WHERE class=1;
  UPDATE run_contact SET due_at='2020-01-01' WHERE state=0 AND due_at IS NOT NULL`);

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
  sql(`UPDATE run_minute SET minute = minute - 1440 WHERE run_id=${runOf()}`);
  await until('and again', () => refused() > 3);
  await pause(11000);
  assert.equal(statusOf(id), 'running', 'two refusals a day apart are not a day of them');
  sql(`INSERT IGNORE INTO run_minute (run_id, minute, slot, refused)
    SELECT run_id, MAX(minute) - seq, 0, 1 FROM run_minute, seq_1_to_1439 WHERE run_id=${runOf()} GROUP BY run_id, seq`);
  await until('the run fails', () => statusOf(id) === 'failed', 20);
  assert.match(sql(`SELECT reason FROM run WHERE id=${runOf()}`), /24 hours/);
  await stamped(runOf());
  for (const [ago, status] of [[0, 'failed'], [2000, 'completed']]) {
    const day = makeCampaign(3, { mode: 'single_day' });
    act('start', day.id);
    await until('all are refused', () => refused() === 3);
    switchTo('hold');
    sql(`UPDATE run_minute SET minute = minute - ${ago} WHERE run_id=${runOf()};
      UPDATE campaign SET days=1 << WEEKDAY(NOW() - INTERVAL 1 DAY) WHERE status=1;
      UPDATE run SET started_at=DATE(NOW()) - INTERVAL 1 DAY + INTERVAL 30 SECOND WHERE id=${runOf()}`);
    await until(`its day is over: ${status}`, () => statusOf(day.id) === status, 5);
    switchTo('release');
    await stamped(runOf());
  }
  balanced('at the end');
  await end(sim);
  sim = await startSim();
});

const settings = { concurrency: 20 };
const dialled = (from, phones) => placed().slice(from).filter(c => phones.includes(c.number)).length;

test('what is changed in a pause holds from the first call after it', async () => {
  const { id, phones } = makeCampaign(3000, settings), had = placed().length;
  act('start', id);
  await until('it dials', () => placed().length > had + 100);
  act('pause', id);
  outdial(['campaign', 'change', id, '-'], '{"numbers":[2],"concurrency":200}');
  act('resume', id);
  await completes(id);
  assert.equal(sql(`SELECT COUNT(*) FROM attempt WHERE run_id=${runOf()} AND number_id<>2 AND sent_at >
    (SELECT MAX(at) FROM audit WHERE action='edit')`), '0', 'from a number that is not in the pool');
  judge(phones);
  balanced('at the end');
});

test('the pool loses its last number in mid-run: the run fails, its calls finish', async () => {
  const { id } = makeCampaign(400, settings), had = placed().length;
  await slowly(async () => {
    act('start', id);
    await until('it dials', () => placed().length > had + 10);
    sql('UPDATE number SET enabled=0');
    await until('the run fails', () => statusOf(id) === 'failed');
    await stamped(runOf());
    sql('UPDATE number SET enabled=1');
  });
  assert.equal(sql(`SELECT rest FROM run WHERE id=${runOf()}`), '4');
  balanced('at the end');
});

test('all numbers reach their caps: the run waits, and goes on when they have room', async () => {
  const { id, phones } = makeCampaign(200), had = placed().length;
  sql('UPDATE number SET day_cap=(SELECT COALESCE(SUM(n), 0) FROM number_use u WHERE u.number_id=number.id) + 10');
  act('start', id);
  await until('it has used them up', () => dialled(had, phones) === 40);
  await pause(1500);
  assert.equal(dialled(had, phones), 40);
  assert.equal(statusOf(id), 'running');
  assert.equal(waitOf(runOf()), '5', 'its row says so');
  balanced('capped');
  sql('UPDATE number SET day_cap=100000');
  await completes(id);
  balanced('at the end');
});

test('all were called: the row says when the next is due, until one is', async () => {
  await end(sim);
  sim = await startSim({ speed: 500, answer: 0, voicemail: 0, busy: 100, no_answer: 0, rejected: 0, unreachable: 0,
    invalid: 0, congestion: 0 });
  await served();
  const { id, phones } = makeCampaign(5, { max_attempts: 2, retry_delay: 30 }), had = placed().length;
  act('start', id);
  const run = runOf();
  await until('it says so', () => waitOf(run) === '1');
  assert.equal(sql(`SELECT wait_until = (SELECT MIN(due_at) FROM due WHERE run_id=${run}) FROM run WHERE id=${run}`),
    '1');
  const note = JSON.parse(outdial(['campaign', 'list', '--json'])).find(c => c.id === id);
  assert.equal(note.status, 'running');
  sql(`UPDATE due SET due_at=NOW(6) + INTERVAL 1 SECOND WHERE run_id=${run};
    UPDATE run_contact SET due_at=(SELECT d.due_at FROM due d WHERE d.run_id=${run} AND d.seg=run_contact.seg
      AND d.ordinal=run_contact.ordinal) WHERE run_id=${run} AND due_at IS NOT NULL`);
  await completes(id);
  assert.equal(waitOf(run), '0', 'it called them');
  assert.equal(dialled(had, phones), 10);
  balanced('at the end');
  await end(sim);
  sim = await startSim();
  await served();
});

test('a time zone that is not known is closed, and named', async () => {
  const { id, phones } = makeCampaign(5, { always_on: true }), had = placed().length;
  act('start', id);
  const run = runOf();
  await until('all were called', () => dialled(had, phones) === 5);
  sql(`UPDATE campaign SET zone='Asia/Tokio', epoch=epoch + 1 WHERE current_run=${run};
    INSERT INTO contact (list_id, part, ordinal, phone) SELECT own_list, 0, 1, '447700999999' FROM campaign
      WHERE current_run=${run};
    UPDATE list_part SET n=1 WHERE list_id=(SELECT own_list FROM campaign WHERE current_run=${run})`);
  await until('its row says so', () => waitOf(run) === '8');
  await pause(1500);
  assert.equal(dialled(had, ['447700999999']), 0);
  assert.match(logOf(dialler), /does not know the time zone Asia\/Tokio/);
  assert.equal(statusOf(id), 'running');
  sql(`UPDATE campaign SET zone='UTC', epoch=epoch + 1 WHERE current_run=${run}`);
  await until('it is called', () => dialled(had, ['447700999999']) === 1);
  act('stop', id);
  await stamped(run);
  balanced('at the end');
});

test('numbers move to another carrier: calls follow, nothing is lost', async () => {
  outdial(['carrier', 'add', 'Second', simSocket, '--cps', '5000', '--channels', '5000']);
  await until('it is served', () => sql('SELECT cps FROM carrier_share WHERE carrier_id=2') === '5000');
  const { id, phones } = makeCampaign(3000, { concurrency: 100 }), had = placed().length;
  act('start', id);
  for (let i = 1; i < 8; i++) {
    await until('it dials', () => placed().length > had + 300 * i || statusOf(id) === 'completed');
    sql(`UPDATE number SET carrier_id=${i % 2 ? 'carrier_id' : '3 - carrier_id'}`);
    sql('UPDATE number SET carrier_id=3 - carrier_id');
  }
  await completes(id);
  judge(phones);
  balanced('at the end');
  sql('UPDATE number SET carrier_id=1; UPDATE carrier SET enabled=0 WHERE id=2');
});

test('one phone in two campaigns: never in two calls at once, both reach it', async () => {
  const a = makeCampaign(30, settings), had = placed().length;
  const b = makeCampaign(1, settings);
  sql(`UPDATE contact c JOIN segment s ON s.list_id=c.list_id JOIN campaign k ON k.id=s.campaign_id
    SET c.phone='${a.phones[0]}' WHERE k.hay LIKE '%${b.id}'`);
  await slowly(async () => {
    act('start', a.id);
    act('start', b.id);
    for (let i = 0; i < 40; i++) {
      balanced('side by side');
      await pause(50);
    }
  });
  hurry();
  await until('both have completed', () => statusOf(a.id) === 'completed' && statusOf(b.id) === 'completed', 60);
  assert.equal(dialled(had, [a.phones[0]]), 2);
  balanced('at the end');
});

test('Stop, Restart and Start while calls of the old run are up', async () => {
  const { id, phones } = makeCampaign(60, settings), had = placed().length;
  let old;
  await slowly(async () => {
    act('start', id);
    old = runOf();
    await until('calls are up', () => Number(sql('SELECT COUNT(*) FROM live_call WHERE state > 1')) > 5);
    act('stop', id);
    act('restart', id);
    act('start', id);
    assert.equal(sql(`SELECT ended_at IS NULL FROM run WHERE id=${old}`), '1', 'its calls are up');
    balanced('two runs');
    await stamped(old);
    balanced('the old one is over');
  });
  hurry();
  await completes(id, 60);
  balanced('at the end');
  const numbers = new Map();
  for (const c of placed().slice(had)) numbers.set(c.number, (numbers.get(c.number) ?? 0) + 1);
  assert.ok(phones.every(p => numbers.get(p) >= 1 && numbers.get(p) <= 2), 'once in the new run, once at most before');
});

test('Stop against completion, again and again: one winner, the books balance', async () => {
  for (let i = 0; i < 15; i++) {
    const { id } = makeCampaign(5);
    act('start', id);
    await pause(Math.random() * 300);
    try { act('stop', id); } catch { /* it has completed */ }
    await until('it is over', () => statusOf(id) === 'completed');
    await stamped(runOf());
  }
  balanced('at the end');
});

test('an always-on campaign without contacts runs until it is stopped', async () => {
  const { id } = makeCampaign(1, { always_on: true });
  act('start', id);
  await until('its contact is final', () => sql(`SELECT COALESCE(SUM(processed), 0) FROM run_count
    WHERE run_id=${runOf()}`) === '1');
  await pause(1500);
  assert.equal(statusOf(id), 'running');
  assert.equal(waitOf(runOf()), '7', 'it waits for contacts');
  act('pause', id);
  act('resume', id);
  act('stop', id);
  await stamped(runOf());
  balanced('at the end');
});

// Its last day was the day before yesterday.
const lastDay = `last_day=TO_DAYS(NOW()) - TO_DAYS('1970-01-01') - 2`;

test('the last day is over: a run completes, dialling, always on or paused', async () => {
  for (const [settings, paused] of [[{}, false], [{ always_on: true }, false], [{}, true]]) {
    const { id } = makeCampaign(100, { concurrency: 1, ...settings });
    act('start', id);
    await until('it dials', () => sql('SELECT COUNT(*) FROM live_call') !== '0');
    if (paused) act('pause', id);
    sql(`UPDATE campaign SET ${lastDay}, epoch=epoch + 1 WHERE status IN (1, 2)`);
    await until('it is over', () => statusOf(id) === 'completed', 5);
    await stamped(runOf());
    assert.equal(sql(`SELECT rest FROM run WHERE id=${runOf()}`), '3');
    assert.notEqual(sql(`SELECT SUM(c.upto - c.next_ordinal + 1) FROM run_cursor c
      WHERE run_id=${runOf()} AND upto IS NOT NULL`), '0', 'contacts are left');
    balanced('at the end');
  }
});

test('a holiday closes a run that dials, and is lifted again', async () => {
  const { id } = makeCampaign(5000, { concurrency: 1 });
  const today = new Date().toISOString().slice(0, 10);
  act('start', id);
  await until('it dials', () => sql('SELECT COUNT(*) FROM live_call') !== '0');
  outdial(['holiday', 'add', today, 'Today', '--as', WHO]);
  await pause(1500);
  const had = placed().length;
  await pause(500);
  assert.equal(placed().length, had);
  assert.equal(statusOf(id), 'running');
  outdial(['holiday', 'delete', today, '--as', WHO]);
  await until('it dials again', () => placed().length > had, 3);
  act('stop', id);
  await stamped(runOf());
  balanced('at the end');
});

test('a window that closes over a paused run completes it', async () => {
  const { id } = makeCampaign(100, { mode: 'single_day', concurrency: 1 });
  act('start', id);
  await until('it dials', () => sql('SELECT COUNT(*) FROM live_call') !== '0');
  act('pause', id);
  sql(`UPDATE campaign SET window_start=0, window_end=1, days=1 << WEEKDAY(NOW() - INTERVAL 1 DAY)
    WHERE status=2; UPDATE run
    SET started_at=DATE(NOW()) - INTERVAL 1 DAY + INTERVAL 30 SECOND WHERE ended_at IS NULL`);
  const had = placed().length;
  await until('it is over', () => statusOf(id) === 'completed', 8);
  await stamped(runOf());
  assert.equal(sql(`SELECT rest FROM run WHERE id=${runOf()}`), '3');
  assert.equal(placed().length, had);
  balanced('at the end');
});
