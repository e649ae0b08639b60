// Many campaigns at once: each gets its turn, whatever is busy beside it, and
// no call costs the more the more campaigns wait.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { QUICK, act, balanced, endAll, judge, makeCampaign, makeWorld, outdial, placed, served, sql,
  startDialler, startSim, switchTo, until } from '../bed.mjs';

const MANY = 200, TURNS = 10, CONTACTS = 1000;
const campaigns = [];
let phones;

before(async () => {
  makeWorld();
  await startSim(QUICK);
  await startDialler();
  await served();
});
after(endAll);

const number = text => Number(sql(text));
const total = () => placed().length;
// How many calls each open run has had.
const attempts = () => sql(`SELECT COUNT(a.run_id) FROM run r LEFT JOIN attempt a ON a.run_id=r.id
  WHERE r.ended_at IS NULL GROUP BY r.id`).split('\n').map(Number);

// Copies of each row, the n-th (s.seq) with what is its own: a command for each
// campaign would be 600 programs, and most of the time of this test.
function copyRows(table, own) {
  const columns = sql(`SELECT column_name FROM information_schema.columns WHERE table_schema=DATABASE()
    AND table_name='${table}' AND extra NOT LIKE '%GENERATED%' ORDER BY ordinal_position`).split('\n');
  sql(`INSERT INTO ${table} (${columns}) SELECT ${columns.map(c => own[c] ?? `t.${c}`)}
    FROM ${table} t, seq_1_to_${MANY - 1} s`);
}

// A campaign that runs, and others like it with contacts of their own.
function makeMany() {
  const { id, phones } = makeCampaign(CONTACTS, { concurrency: 2 });
  act('start', id);
  const lists = number('SELECT COUNT(*) FROM contact_list');
  const list_id = `t.list_id + ${lists} * s.seq`, campaign_id = 't.campaign_id + s.seq';
  copyRows('contact_list', { id: `t.id + ${lists} * s.seq` });
  copyRows('list_part', { list_id });
  copyRows('contact', { list_id, phone: `t.phone + ${CONTACTS} * s.seq` });
  copyRows('campaign_number', { campaign_id });
  copyRows('segment', { campaign_id, list_id });
  copyRows('run_cursor', { run_id: 't.run_id + s.seq', list_id });
  copyRows('run', { id: 't.id + s.seq', campaign_id });
  copyRows('campaign', { id: 't.id + s.seq', own_list: `t.own_list + ${lists} * s.seq`,
    current_run: 't.current_run + s.seq' });
  JSON.parse(outdial(['campaign', 'list', '--json'])).forEach(({ id, contacts }) => {
    assert.equal(contacts, CONTACTS);
    campaigns.push({ id });
  });
  return Array.from({ length: MANY * CONTACTS }, (_, i) => String(Number(phones[0]) + i));
}

test('200 busy campaigns: none waits while others have their turn again and again', async () => {
  switchTo('hold');
  phones = makeMany();
  assert.equal(campaigns.length, MANY);
  switchTo('release');
  await until('each could have had its turn', () => total() > MANY * TURNS, 120);
  const had = attempts();
  assert.equal(had.length, MANY);
  const least = Math.min(...had), most = Math.max(...had);
  console.log(`# between ${least} and ${most} calls a campaign`);
  assert.ok(least > 0, `${had.filter(n => !n).length} campaigns had no call`);
  assert.ok(most <= 4 * (least + 1), `one had ${most} calls, another ${least}`);
});

test('Stop ends any of them beside the others', async () => {
  const stopped = [campaigns[0], campaigns[MANY / 2], campaigns[MANY - 1]];
  for (const { id } of stopped) act('stop', id);
  const had = total();
  await until('their runs are stamped', () => number('SELECT COUNT(*) FROM run WHERE ended_at IS NOT NULL') === 3);
  const turns = (total() - had) / MANY;
  console.log(`# ${turns.toFixed(1)} calls a campaign went by until the three had ended`);
  assert.ok(turns < TURNS, `${turns} calls a campaign went by until three stopped runs had ended`);
});

test('a slow carrier: what a call costs does not grow with those who wait for it', async () => {
  sql(`UPDATE carrier SET cps=10`);
  await served();
  // what lies in the stream from before is gone
  await until('the carrier is slow', () => number('SELECT COUNT(*) FROM live_call') < 40);
  const asked = () => Number(sql(`SHOW GLOBAL STATUS LIKE 'Questions'`).split('\t')[1]);
  const had = total(), before = asked();
  await until('50 calls have gone', () => total() >= had + 50);
  const each = (asked() - before) / (total() - had);
  console.log(`# ${each.toFixed(0)} statements a call, with ${MANY - 3} campaigns that wait`);
  assert.ok(each < 150, `${each.toFixed(0)} statements a call`);
});

test('and the books balance', () => {
  balanced('at the end');
  judge(phones);
});
