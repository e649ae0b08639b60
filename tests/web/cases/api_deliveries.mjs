// The API: what webhooks were sent, and sending it again.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { makeDatabase, sql, startWeb, stopAll } from '../bed.mjs';
import { Client, description, makeKey, refused } from '../api_bed.mjs';

const NOON = '2026-11-23 12:00:00', WAITING = 0, DELIVERED = 1, GIVEN_UP = 2;
let web, api, client, hook, at;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'read,settings').key, api);
  hook = (await client.post('/webhooks', { url: 'https://hooks.example.com/a', kinds: ['campaign.status'] })).json.id;
  at = `/webhooks/${hook}`;
});
after(stopAll);

// Events 1 to 9, a minute apart, of which 8 and 9 were not sent yet; of the
// first the event itself is gone.
beforeEach(() => sql(`DELETE FROM delivery; DELETE FROM event; UPDATE event_seq SET next = 10 WHERE workspace_id = 1;
  UPDATE endpoint SET next_seq = 8, enabled = 1 WHERE id = ${hook};
  INSERT INTO event (workspace_id, seq, kind, at, campaign_id, run_id, state, ver)
    SELECT 1, seq, 5, '${NOON}' + INTERVAL seq MINUTE, 1, 1, 3, 2 FROM seq_2_to_9;
  INSERT INTO delivery (endpoint_id, seq, workspace_id, state, tries, first_at, at, next_at, status, error, ms)
    SELECT ${hook}, seq, 1, CASE seq WHEN 4 THEN ${WAITING} WHEN 6 THEN ${GIVEN_UP} ELSE ${DELIVERED} END, IF(seq = 4, 3, 1),
      '${NOON}', '${NOON}', IF(seq = 4, '2026-11-23 13:00:00', NULL), IF(seq = 6, 0, IF(seq = 4, 503, 204)),
      IF(seq = 6, 'Connection refused', ''), 12 FROM seq_1_to_7`));

const fine = (got, status = 200) => {
  assert.equal(got.status, status, got.body);
  return got.json;
};
const log = async (more = '') => fine(await client.get(`${at}/deliveries${more}`));
const again = () => sql(`SELECT GROUP_CONCAT(seq ORDER BY seq) FROM delivery WHERE endpoint_id = ${hook} AND tries = 0`);

test('the log is read from the newest on, page by page', async () => {
  const seen = [];
  let page = await log('?limit=3'), pages = 1;
  for (; seen.push(...page.deliveries), page.next; pages++) page = await log(`?limit=3&after=${page.next}`);
  assert.equal(pages, 3);
  assert.deepEqual(seen.map(d => d.sequence), [7, 6, 5, 4, 3, 2, 1]);
  assert.deepEqual(seen[3], { id: 'evt_1_4', type: 'campaign.status', sequence: 4, state: 'waiting', tries: 3,
    at: '2026-11-23T12:00:00.000000Z', status: 503, error: '', ms: 12, next_at: '2026-11-23T13:00:00.000000Z' });
  assert.deepEqual([seen[1].state, seen[1].status, seen[1].error, seen[1].next_at], ['given_up', 0, 'Connection refused', null]);
  assert.equal(seen[6].type, null, 'the event is kept no longer');
  assert.equal((await log('?limit=7')).next, null);
  for (const [state, which] of [['waiting', [4]], ['given_up', [6]], ['delivered', [7, 5, 3, 2, 1]], ['any', [7, 6, 5, 4, 3, 2, 1]]])
    assert.deepEqual((await log(`?state=${state}`)).deliveries.map(d => d.sequence), which, state);
});

test('one, a range, all from a number on, or all since a time are sent again', async () => {
  for (const [body, events, which] of [[{ from: 6, to: 6 }, 1, '6'], [{ from: 2, to: 4 }, 3, '2,3,4'], [{ from: 5 }, 3, '5,6,7'],
    [{ since: '2026-11-23T12:06:00Z' }, 2, '6,7'], [{ since: '2026-11-23T12:05:00Z', to: 6 }, 2, '5,6'], [{ from: 8 }, 0, 'NULL']]) {
    sql('UPDATE delivery SET tries = 1, state = 1');
    assert.deepEqual(fine(await client.post(`${at}/replay`, body), 202), { events }, JSON.stringify(body));
    assert.equal(again(), which);
  }
  const [row] = (await log('?limit=1&after=7')).deliveries;
  assert.deepEqual([row.sequence, row.tries, row.state], [6, 1, 'delivered']);
});

test('what is sent again twice is sent once', async () => {
  const send = () => client.post(`${at}/replay`, { from: 3, to: 3 }, { 'idempotency-key': 'replay-1' });
  const one = await send();
  sql('UPDATE delivery SET tries = 1, state = 1');
  assert.deepEqual((await send()).body, one.body);
  assert.equal(again(), 'NULL');
});

test('what is wrong is named', async () => {
  for (const [body, detail, pointer] of [[{}, /either from or since/, '#/from'], [{ from: 1, since: '2026-11-23T12:06:00Z' }, /either/, '#/from'],
    [{ to: 3 }, /either/, '#/from'], [{ from: 0 }, /from/, '#/from'], [{ from: '3' }, /must be a number/, '#/from'],
    [{ from: 5, to: 4 }, /no lower number/, '#/from'], [{ from: 1, to: 100001 }, /100,000/, '#/to'], [{ since: 'noon' }, /such as 2026/, '#/since'],
    [{ form: 3 }, /nearest is “from”/, '#/form']])
    refused(await client.post(`${at}/replay`, body), 422, detail, pointer);
  assert.equal(again(), 'NULL');
  sql(`UPDATE endpoint SET enabled = 0 WHERE id = ${hook}`);
  refused(await client.post(`${at}/replay`, { from: 3 }), 409, /is off/);
  for (const wrong of ['state=lost', 'after=x', 'limit=101', 'before=3'])
    refused(await client.get(`${at}/deliveries?${wrong}`), 400, /./);
});

test('another workspace, and who lacks the scope, see and send nothing', async () => {
  const others = new Client(web, makeKey(web, 'settings', { as: 'admin@two.test' }).key, api);
  const reader = new Client(web, makeKey(web, 'read').key, api);
  refused(await others.get(`${at}/deliveries`), 404, /no such webhook/);
  refused(await others.post(`${at}/replay`, { from: 3 }), 404, /no such webhook/);
  refused(await reader.get(`${at}/deliveries`), 403, /settings/);
  refused(await reader.post(`${at}/replay`, { from: 3 }), 403, /settings/);
  assert.equal(again(), 'NULL');
});
