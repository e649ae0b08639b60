// The contacts of a campaign, and the attempts of one, by the API.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addCampaign, addCalled, makeDatabase, rawId, runOf, sql, startWeb, stopAll } from '../bed.mjs';
import { Client, description, makeKey, refused } from '../api_bed.mjs';

let web, api, client;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'read,trigger').key, api);
});
after(stopAll);

const list = (id, query = '') => client.get(`/campaigns/${id}/contacts${query}`);
const phones = got => (assert.equal(got.status, 200, got.body), got.json.contacts.map(c => c.phone_number));

test('all contacts are listed page by page, with their states', async () => {
  const id = addCalled('Pages'), seen = [];
  let pages = 0;
  for (let at = '?limit=4'; at; pages++) {
    const { json } = await list(id, at);
    seen.push(...json.contacts);
    at = json.next && `?limit=4&after=${json.next}`;
  }
  assert.deepEqual([pages, seen.length, new Set(seen.map(c => c.id)).size], [3, 10, 10]);
  assert.deepEqual(seen[0], { id: '1-1', phone_number: '+49301000001', country: seen[0].country, external_id: null, state: 'completed',
    last_outcome: 'completed', attempt_count: 2, due_at: null });
  assert.deepEqual([seen[1].state, seen[1].last_outcome, seen[1].due_at], ['retry_scheduled', 'busy', '2030-01-01T00:00:00.000000Z']);
  assert.deepEqual([seen[2].state, seen[2].last_outcome], ['pending', null]);
});

test('a filter finds contacts by state, outcome, number and external ID', async () => {
  const id = addCalled('Filters');
  const { json: { contacts: [{ contact }] } } = await client.post(`/campaigns/${id}/trigger`,
    { contacts: [{ phone_number: '+447911000001', external_id: 'crm/7 & more' }] });
  assert.deepEqual(phones(await list(id, '?state=completed')), ['+49301000001']);
  assert.deepEqual(phones(await list(id, '?outcome=busy')), ['+49301000002']);
  assert.deepEqual(phones(await list(id, '?state=pending&outcome=busy')), []);
  assert.equal(phones(await list(id, '?state=pending&limit=100')).length, 9);
  assert.deepEqual(phones(await list(id, `?phone_number=${encodeURIComponent('+49 30 1000004')}`)), ['+49301000004']);
  assert.deepEqual(phones(await list(id, '?phone_number=07911000001')), ['+447911000001'], 'as it is dialled in the country');
  const found = await list(id, `?external_id=${encodeURIComponent('crm/7 & more')}`);
  assert.deepEqual(found.json.contacts.map(c => [c.id, c.external_id]), [[contact, 'crm/7 & more']]);
  assert.deepEqual((await list(id, '?external_id=nobody')).json, { next: null, contacts: [] });
});

test('a contact has its variables and its attempts, the call that is up at the end', async () => {
  const id = addCalled('One'), run = runOf(id);
  sql(`UPDATE contact x JOIN segment s ON s.list_id = x.list_id SET x.vars = '{"name":"Ann"}'
    WHERE s.campaign_id = ${rawId(id)} AND s.seg = 1 AND x.ordinal = 1`);
  const got = await client.get(`/campaigns/${id}/contacts/1-1`);
  assert.equal(got.status, 200, got.body);
  const { attempts, variables, next, state } = got.json;
  assert.deepEqual([variables, next, state], [{ name: 'Ann' }, null, 'completed']);
  assert.deepEqual(attempts.map(a => [a.attempt, a.state, a.outcome, a.ring_ms, a.talk_ms, a.sip_code, a.q850_cause]), [
    [1, 'ended', 'busy', null, null, 486, 17], [2, 'ended', 'completed', 5000, 61000, 200, null]]);
  assert.equal(attempts[0].sent_at, '2026-11-01T10:00:00.000000Z');
  assert.match(attempts[0].attempt_id, /^[0-9a-f]{8}-0001-8001-/);
  const first = (await client.get(`/campaigns/${id}/contacts/1-1?limit=1`)).json;
  assert.deepEqual([first.attempts.length, first.next], [1, '1']);
  assert.deepEqual((await client.get(`/campaigns/${id}/contacts/1-1?limit=1&after=1`)).json.attempts.map(a => a.attempt), [2]);
  sql(`INSERT INTO live_call (id, workspace_id, phone, campaign_id, run_id, seg, ordinal, seq, class, epoch, state,
      carrier_id, number_id, queued_at, not_after) VALUES
    (UNHEX(CONCAT(LPAD(HEX(${run}), 8, '0'), '000180028000000080000001')), 1, '49301000002', ${rawId(id)}, ${run}, 1, 2, 2, 2, 0, 2, 1, 1, NOW(6), NOW(6))`);
  const up = (await client.get(`/campaigns/${id}/contacts/1-2`)).json;
  assert.deepEqual(up.attempts.map(a => [a.attempt, a.state, a.outcome]), [[2, 'ringing', null]]);
  assert.deepEqual(up.variables, {});
  sql('DELETE FROM live_call');
});

test('a draft has contacts, and an empty one an empty list', async () => {
  const draft = addCampaign({ name: 'Draft', contacts: 3 }), empty = addCampaign({ name: 'Empty', contacts: 0 });
  assert.deepEqual((await list(draft)).json.contacts.map(c => c.state), ['pending', 'pending', 'pending']);
  assert.deepEqual((await client.get(`/campaigns/${draft}/contacts/1-2`)).json.attempts, []);
  assert.deepEqual([(await list(empty)).status, (await list(empty)).json], [200, { next: null, contacts: [] }]);
});

test('what is wrong is named, and what is not there absent', async () => {
  const id = addCalled('Wrong');
  const cases = [
    ['?phone=1', /no parameter “phone”; the nearest is “phone_number”/, '#/phone'],
    ['?state=dead', /any, pending, active/, '#/state'], ['?outcome=nope', /completed, no_answer/, '#/outcome'],
    ['?phone_number=12', /./, '#/phone_number'], ['?limit=101', /from 1 to 100/, '#/limit'],
    ['?after=x', /“next” of an answer/, '#/after'], ['?after=-1-1', /“next” of an answer/, '#/after'],
  ];
  for (const [query, detail, pointer] of cases) refused(await list(id, query), 400, detail, pointer);
  for (const contact of ['1-11', '2-1', '1-0', 'x', '1', '1-1-1', '1--1', '99999999999999999999-1'])
    refused(await client.get(`/campaigns/${id}/contacts/${contact}`), 404, /no such contact/);
});
