// Who called this number?  Calls of all campaigns and runs, on one page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, description, makeKey, refused } from '../api_bed.mjs';
import { Browser, LIST, addCalled, addCampaign, makeDatabase, rawId, runOf, sql, startWeb, stopAll } from '../bed.mjs';

let web, b;
before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('viewer@one.test');
});
after(stopAll);

const text = html => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const at = (phone, more = '') => `/dashboard/calls?phone_number=${encodeURIComponent(phone)}${more}`;
const rowsOf = page => [...page.body.matchAll(/<tr><th scope="row">([^]*?)<\/tr>/g)].map(m => text(m[1]).trim());
const linkOf = (page, label) => new RegExp(`href="([^"]*)"[^>]*>${label}<`).exec(page.body)?.[1].replaceAll('&amp;', '&');
const listOf = id => sql(`SELECT list_id FROM segment WHERE campaign_id = ${rawId(id)} AND seg = 1`);
const addAttempt = (run, ordinal, seq, when, more = '') => sql(`INSERT INTO attempt SET run_id = ${run}, seg = 1, ordinal = ${ordinal}, seq = ${seq},
  nonce = 7, phone = '4930${1000000 + ordinal}', carrier_id = 1, number_id = 1, slot = 0, sent_at = '${when}', outcome = 2, counted = 1${more}`);

test('every attempt of every campaign and run is there, the newest first, in any spelling', async () => {
  const spring = addCalled('Spring'), autumn = addCalled('Autumn <2>'), run = runOf(spring);
  sql(`UPDATE attempt SET sent_at = '2026-10-01 09:00:00' WHERE run_id = ${runOf(autumn)} AND seq = 1;
    UPDATE attempt SET sent_at = '2026-12-01 09:00:00', number_id = 999 WHERE run_id = ${runOf(autumn)} AND seq = 2;
    INSERT INTO run SET workspace_id = 1, campaign_id = ${rawId(spring)}, no = 2, settings = '{}', rest = 0, started_at = NOW(6);
    SET @run = LAST_INSERT_ID();
    INSERT INTO run_cursor SELECT @run, seg, list_id, part, zone, upto, prio, 1 FROM run_cursor WHERE run_id = ${run};
    INSERT INTO call_result (run_id, seg, ordinal, seq, nonce, at, disposition, answered_by, opt_out, recording, transcript)
      VALUES (${run}, 1, 1, 2, 7, NOW(6), 'promised', 1, 0, '', '')`);
  addAttempt(sql(`SELECT MAX(id) FROM run WHERE campaign_id = ${rawId(spring)}`), 1, 1, '2026-11-20 09:00:00');
  addAttempt(run, 2, 1, '2026-11-21 09:00:00');
  const page = await b.get(at('0049 (30) 1000-001'));
  assert.equal(page.status, 200);
  assert.deepEqual(rowsOf(page), ['1 Dec, 09:00 Autumn &lt;2&gt; 1 Completed Removed 5 s 1 min 1 s', '20 Nov, 09:00 Spring 2 No answer +44200000001',
    '1 Nov, 11:00 Spring 1 Completed +44200000001 5 s 1 min 1 s promised', '1 Nov, 10:00 Spring 1 Busy +44200000001',
    '1 Oct, 10:00 Autumn &lt;2&gt; 1 Busy +44200000001'].map(row => row.replace(/^(\d+ \w+), /, '$1, ')));
  assert.match(page.body, new RegExp(`href="${LIST}/${spring}/contacts/1-1\\?run=2"`));
  assert.equal((await b.get(`${LIST}/${spring}/contacts/1-1?run=2`)).status, 200);
});

test('a call that is up comes first', async () => {
  const id = addCalled('Up', 40), run = runOf(id);
  addAttempt(run, 31, 1, '2026-11-21 09:00:00');
  sql(`INSERT INTO live_call SET id = UNHEX(CONCAT(LPAD(HEX(${run}), 8, '0'), '0001', '8002', '8000', '000200000031')), run_id = ${run},
    campaign_id = ${rawId(id)}, workspace_id = 1, seg = 1, ordinal = 31, seq = 2, phone = '49301000031', carrier_id = 1, number_id = 1,
    state = 0, class = 2, epoch = 0, queued_at = NOW(6), not_after = NOW(6)`);
  assert.deepEqual(rowsOf(await b.get(at('+49301000031'))), ['Queued Up 1 Queued +44200000001', '21 Nov, 09:00 Up 1 No answer +44200000001']);
});

test('it says what bars the number', async () => {
  const id = addCampaign({ name: 'Excludes', contacts: 40 });
  sql(`INSERT INTO dnc_list (workspace_id, name, kind, load_id, created_at, created_by) VALUES (1, 'TPS', 2, 7, NOW(6), 'Ann');
    SET @list = LAST_INSERT_ID();
    INSERT INTO dnc (workspace_id, phone, list_id, load_id, at, reason, added_by) VALUES (1, '49301000035', @list, 7, NOW(6), '', 'Ann');
    INSERT INTO exclusion (set_id, campaign_id, phone, reason, at, barred, added_by) VALUES
      (${rawId(id)}, ${rawId(id)}, '49301000035', '', NOW(6), 1, 'Ann'), (${rawId(id)}, ${rawId(id)}, '49301000036', '', NOW(6), 0, 'Ann')`);
  const said = text((await b.get(at('+49301000035'))).body);
  assert.match(said, /No campaign of this workspace has called this number\. It is on the do-not-call list “ ?TPS ?”\. It is excluded from Excludes/);
  assert.doesNotMatch(text((await b.get(at('+49301000036'))).body), /excluded|do-not-call list/, 'lifted');
});

test('older calls are on further pages', async () => {
  const id = addCalled('Often', 40), run = runOf(id);
  sql(`INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at, outcome, counted)
    SELECT ${run}, 1, 38, seq, 7, '49301000038', 1, 1, 0, '2026-11-01' + INTERVAL seq MINUTE, 2, 1 FROM seq_1_to_230`);
  const seen = [];
  let page = await b.get(at('+49301000038'));
  for (const rows of [100, 100, 30]) {
    assert.equal(rowsOf(page).length, rows);
    seen.push(...rowsOf(page));
    const next = linkOf(page, 'Older');
    assert.equal(next !== undefined, rows === 100);
    if (next) page = await b.get(next);
  }
  assert.match(seen[0], /^1 Nov, 03:50 /);
  assert.match(seen[229], /^1 Nov, 00:01 /);
  assert.equal(linkOf(page, 'Newest'), at('+49301000038'));
  assert.match(text((await b.get(at('+49301000038', '&before=1'))).body), /There are no older calls/);
});

test('another workspace’s calls are not there, nor a number that is none', async () => {
  addCampaign({ ws: 2, name: 'Theirs', status: 'running', contacts: 40 });
  sql(`INSERT INTO attempt SELECT current_run, 1, 39, 1, 7, '49301000039', 2, 2, 0, NOW(6), NULL, NULL, 2, NULL, NULL, 0, 1, NULL, NULL, 0 FROM campaign WHERE name = 'Theirs'`);
  assert.deepEqual(rowsOf(await b.get(at('+49301000039'))), []);
  assert.equal(rowsOf(await (await new Browser(web).signIn('viewer@two.test')).get(at('+49301000039'))).length, 1);
  for (const [phone, says] of [['12', /The phone number must have/], ['', /The phone number is empty/], ['abc', /The phone number contains/]]) {
    const page = await b.get(at(phone));
    assert.deepEqual([page.status, says.test(page.body), /<title>Error: /.test(page.body)], [422, true, true], phone);
  }
  assert.equal((await b.get(at('+49301000039', '&before=x'))).status, 404);
  const empty = await b.get('/dashboard/calls');
  assert.deepEqual([empty.status, /id="answer"/.test(empty.body)], [200, false]);
  assert.match(empty.body, /href="\/dashboard\/calls" aria-current="page"/);
});

test('a key is told the same, page by page', async () => {
  const api = await description(web), client = new Client(web, makeKey(web, 'read').key, api), seen = [];
  for (let next = ''; next !== null;) {
    const { json } = await client.get(`/calls?phone_number=${encodeURIComponent('+49 301 000038')}${next}`);
    seen.push(...json.calls);
    next = json.next && `&before=${json.next}`;
  }
  assert.equal(seen.length, 230);
  const [up, ended] = (await client.get('/calls?phone_number=49301000031')).json.calls;
  assert.deepEqual([up.state, up.outcome, up.sent_at, up.campaign], ['queued', null, null, 'Up']);
  assert.deepEqual({ ...ended, campaign_id: up.campaign_id }, { campaign_id: up.campaign_id, campaign: 'Up', run: 1, contact: '1-31', state: 'ended',
    outcome: 'no_answer', sent_at: '2026-11-21T09:00:00.000000Z', number: '+44200000001', ring_ms: null, talk_ms: null, disposition: null });
  assert.deepEqual((await client.get('/calls?phone_number=49309999999')).json, { calls: [], next: null });
  refused(await client.get('/calls'), 422, /phone number is empty/);
  refused(await client.get('/calls?phone_number=12'), 422, /The phone number must have/);
  refused(await client.get('/calls?number=12'), 400, /the nearest is “phone_number”/);
  const bound = new Client(web, makeKey(web, 'read', { name: 'Bound', campaign: /^\w{10}$/.exec(up.campaign_id)[0] }).key, api);
  assert.equal((await bound.get('/calls?phone_number=49301000031')).status, 403);
});
