// The API: attempts and figures of runs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addCampaign, makeDatabase, rawId, sql, startWeb, stopAll } from '../bed.mjs';
import { Client, description, makeKey } from '../api_bed.mjs';

let web, api, client, id, run, past;

// Attempts of ordinals 1 to n of a run, a second apart; the third was erased.
const addAttempts = (of, n) => sql(`
  INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at,
      ring_ms, talk_ms, outcome, q850, sip, hung_by, counted, join_ms, phrase)
    SELECT ${of}, 1, seq, 1, 5, IF(seq = 3, '', CONCAT('4930', 1000000 + seq)), 1, 1, 0,
      '2026-11-23 14:20:02.000000' + INTERVAL seq SECOND, 1500, IF(seq % 2, 9000, NULL), IF(seq % 2, 1, 3),
      IF(seq % 2, 16, NULL), IF(seq % 2, NULL, 486), 1, 1, IF(seq % 2, 40, NULL), IF(seq % 2, 'OK then', NULL) FROM seq_1_to_${n}`);

before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'read').key, api);
  id = addCampaign({ name: 'Reported', status: 'running', contacts: 20 });
  run = sql(`SELECT current_run FROM campaign WHERE id=${rawId(id)}`);
  addAttempts(run, 5);
  sql(`UPDATE run_count SET completed=3, retry=2, processed=5, connected=3, ended=5, answered=3, o_1=3, o_3=2
    WHERE run_id=${run}`);
  // An earlier run, which is number 7 here.
  sql(`INSERT INTO run SET workspace_id=1, campaign_id=${rawId(id)}, no=7, settings='{}', rest=2,
    started_at='2026-11-20 08:00:00', ended_at='2026-11-20 09:00:00'`);
  past = sql(`SELECT id FROM run WHERE no=7`);
  sql(`INSERT INTO run_cursor VALUES (${past}, 1, (SELECT list_id FROM segment WHERE campaign_id=${rawId(id)}), 0, '', 8, 1, 2);
    INSERT INTO run_count SET run_id=${past}, shard=0, exhausted=1, processed=1, ended=1, o_2=1`);
  addAttempts(past, 1);
});
after(stopAll);

test('attempts are read page by page', async () => {
  const seen = [];
  let pages = 0;
  for (let at = '?limit=2'; at; pages++) {
    const { json } = await client.get(`/campaigns/${id}/attempts${at}`);
    assert.equal(json.run, 1);
    seen.push(...json.attempts);
    at = json.next && `?limit=2&after=${encodeURIComponent(json.next)}`;
  }
  assert.equal(pages, 3);
  assert.deepEqual(seen.map(a => a.phone_number), ['+49301000001', '+49301000002', null, '+49301000004', '+49301000005']);
  const [one, two] = seen;
  assert.match(one.attempt_id, /^[0-9a-f]{8}-[0-9a-f]{4}-8/);
  assert.deepEqual({ ...one, attempt_id: 0 }, { attempt_id: 0, contact: '1-1', attempt: 1, phone_number: '+49301000001',
    state: 'ended', outcome: 'completed', counted: true, sip_code: null, q850_cause: 16, reason: 'Normal call clearing', sip_phrase: 'OK then', join_ms: 40,
    hung_up_by: 'callee', sent_at: '2026-11-23T14:20:03.000000Z', ring_ms: 1500, talk_ms: 9000, number_id: 1, carrier_id: 1, result_url: null });
  assert.deepEqual([two.outcome, two.sip_code, two.reason, two.talk_ms], ['busy', 486, 'Busy Here', null]);
});

test('a page is the last one if no more attempts follow', async () => {
  const full = await client.get(`/campaigns/${id}/attempts?limit=5`);
  assert.deepEqual([full.json.attempts.length, full.json.next], [5, null]);
  sql(`INSERT INTO attempt SELECT run_id, seg, ordinal, q.seq + 1, nonce, phone, carrier_id, number_id, slot, sent_at,
    ring_ms, talk_ms, outcome, q850, sip, hung_by, counted, join_ms, phrase, amd FROM attempt a JOIN seq_1_to_99 q
    WHERE a.run_id=${run} AND a.ordinal=5`);
  const hundred = await client.get(`/campaigns/${id}/attempts?limit=100`);
  assert.equal(hundred.json.attempts.length, 100);
  const rest = await client.get(`/campaigns/${id}/attempts?limit=100&after=${hundred.json.next}`);
  assert.deepEqual([rest.json.attempts.length, rest.json.next], [4, null]);
});

test('the calls that are queued or up are a list of their own', async () => {
  const calls = async (more = '') => (await client.get(`/campaigns/${id}/calls${more}`)).json;
  assert.deepEqual(await calls(), { run: 1, next: null, attempts: [] });
  const up = (of, ordinal, state, ws = 1) => sql(`INSERT INTO live_call (id, workspace_id, phone, campaign_id, run_id, seg, ordinal, seq,
      class, epoch, state, carrier_id, number_id, queued_at, not_after, sent_at)
    VALUES (UNHEX(CONCAT(LPAD(HEX(${of}), 8, '0'), '00018002', HEX((2 << 62) | (${ordinal} << 30) | ${ordinal}))), ${ws},
      '4930${2000000 + ordinal}', ${rawId(id)}, ${of}, 1, ${ordinal}, 2, 1, 0, ${state}, 1, 1, NOW(6), NOW(6),
      '2026-11-23 14:30:00')`);
  ['queued', 'sent', 'ringing', 'answered'].forEach((_, state) => up(run, 11 + state, state));
  up(past, 19, 3);
  up(run, 18, 3, 2); // no such row should be: it shows the wall
  const seen = [];
  let page = await calls('?limit=2');
  for (; seen.push(...page.attempts), page.next && seen.length < 9;) page = await calls(`?limit=2&after=${page.next}`);
  assert.deepEqual(seen.map(a => [a.phone_number, a.state, a.contact, a.attempt]), ['queued', 'sent', 'ringing', 'answered']
    .map((state, n) => [`+4930200001${1 + n}`, state, `1-${11 + n}`, 2]));
  const { attempt_id, ...one } = seen[3];
  assert.match(attempt_id, /^[0-9a-f]{8}-0001-8002-8000-0003800000\w\w$/);
  assert.deepEqual(one, { contact: '1-14', attempt: 2, phone_number: '+49302000014', state: 'answered', outcome: null, counted: false,
    sip_code: null, q850_cause: null, reason: null, sip_phrase: null, join_ms: null, hung_up_by: 'none', sent_at: '2026-11-23T14:30:00.000000Z', ring_ms: null,
    talk_ms: null, number_id: 1, carrier_id: 1, result_url: null });
  assert.equal(seen[0].sent_at, null);
  assert.deepEqual((await calls('?run=7')).attempts.map(a => a.phone_number), ['+49302000019'], 'of a run that has ended, too');
  assert.ok(!(await client.get(`/campaigns/${id}/attempts?limit=100`)).json.attempts.some(a => a.state !== 'ended'));
  sql('DELETE FROM live_call');
});

test('an earlier run is read by its number', async () => {
  const { json } = await client.get(`/campaigns/${id}/attempts?run=7`);
  assert.deepEqual([json.run, json.attempts.length], [7, 1]);
  const none = await client.get(`/campaigns/${id}/attempts?run=3`);
  assert.equal(none.status, 404);
  assert.match(none.json.detail, /has no run 3/);
  const draft = addCampaign({ name: 'Draft' });
  assert.deepEqual((await client.get(`/campaigns/${draft}/attempts`)).json, { run: 0, next: null, attempts: [] });
});

test('the report has the figures of its run', async () => {
  const { json } = await client.get(`/campaigns/${id}/report`);
  const { figures, contacts, outcomes, ...rest } = json;
  assert.match(rest.started_at, /Z$/);
  assert.deepEqual({ ...rest, started_at: 0 }, { run: 1, end: 'open', reason: '', started_at: 0, ended_at: null,
    progress: 25, answer_rate: 60, completion_rate: 15, waiting: 17 });
  assert.deepEqual(figures, { total: 20, processed: 5, connected: 3, ended: 5, answered: 3, done: 3, active: 0 });
  assert.deepEqual([contacts.completed, contacts.retry_scheduled, outcomes.completed, outcomes.busy], [3, 2, 3, 2]);
  const was = (await client.get(`/campaigns/${id}/report?run=7`)).json;
  assert.deepEqual([was.run, was.end, was.ended_at, was.figures.total, was.figures.processed, was.waiting, was.outcomes.no_answer],
    [7, 'manual_stop', '2026-11-20T09:00:00.000000Z', 8, 1, 7, 1]);
  const draft = addCampaign({ name: 'Ahead', contacts: 4 });
  const ahead = (await client.get(`/campaigns/${draft}/report`)).json;
  assert.deepEqual([ahead.run, ahead.figures.total, ahead.answer_rate, ahead.waiting], [0, 4, null, 4]);
});

test('the runs are listed, newest first, each as its report', async () => {
  const report = async no => (await client.get(`/campaigns/${id}/report?run=${no}`)).json;
  const both = [await report(7), await report(1)];
  assert.deepEqual((await client.get(`/campaigns/${id}/runs`)).json, { next: null, runs: both });
  const first = (await client.get(`/campaigns/${id}/runs?limit=1`)).json;
  assert.deepEqual(first, { next: 7, runs: [both[0]] });
  assert.deepEqual((await client.get(`/campaigns/${id}/runs?limit=1&after=7`)).json, { next: null, runs: [both[1]] });
  const draft = addCampaign({ name: 'Never ran' });
  assert.deepEqual((await client.get(`/campaigns/${draft}/runs`)).json, { next: null, runs: [] });
  const theirs = addCampaign({ ws: 2, name: 'Theirs ran', status: 'running' });
  assert.equal((await client.get(`/campaigns/${theirs}/runs`)).status, 404);
});

test('what is wrong is named', async () => {
  for (const after of ['x', '1', '1:2', '1:2:3:4', '1:2:', '-1:2:3', '1:2:99999999999999999999'])
    assert.equal((await client.get(`/campaigns/${id}/attempts?after=${after}`)).status, 422, after);
  assert.equal((await client.get(`/campaigns/${id}/calls?after=x`)).status, 422);
  assert.equal((await client.get(`/campaigns/${id}/report?run=-1`)).status, 400);
  assert.match((await client.get(`/campaigns/${id}/report?rum=1`)).json.detail, /nearest is “run”/);
});
