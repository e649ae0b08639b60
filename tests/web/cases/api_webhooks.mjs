// The API: webhooks and the feed of events.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addCampaign, makeDatabase, rawId, short, sql, startWeb, stopAll } from '../bed.mjs';
import { Client, description, makeKey, refused } from '../api_bed.mjs';

const AT = '/webhooks', URL_ = 'https://hooks.example.com/a', SECRET = /^whsec_[A-Za-z0-9+/]{43}=$/;
let web, api, client, reader, others;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'read,settings').key, api);
  reader = new Client(web, makeKey(web, 'read').key, api);
  others = new Client(web, makeKey(web, 'read,settings', { as: 'admin@two.test' }).key, api);
});
after(stopAll);

const fine = (got, status = 200) => {
  assert.equal(got.status, status, got.body);
  return got.json;
};
const make = async (url, key) =>
  fine(await client.post(AT, { url, description: 'CRM' }, key ? { 'idempotency-key': key } : {}), 201);

test('a webhook is made, and its secret shown once', async () => {
  assert.deepEqual(fine(await client.get(AT)), { webhooks: [] });
  const got = await client.post(AT, { url: URL_, kinds: ['contact.final'] });
  const made = fine(got, 201);
  assert.match(made.secret, SECRET);
  assert.equal(got.headers.location, `/api/v1/webhooks/${made.id}`);
  assert.deepEqual([made.url, made.kinds, made.enabled, made.off_because], [URL_, ['contact.final'], true, null]);
  const { secret, ...rest } = made;
  assert.deepEqual(fine(await client.get(`${AT}/${made.id}`)), rest);
  assert.deepEqual(fine(await client.get(AT)), { webhooks: [rest] });
  refused(await client.post(AT, { url: URL_ }), 422, /already a webhook/, '#/url');
});

test('a repeated request gets the secret again, and no table has it in the clear', async () => {
  const one = await make(`${URL_}1`, 'hook-1'), again = await make(`${URL_}1`, 'hook-1');
  assert.deepEqual(again, one);
  const rotate = () => client.post(`${AT}/${one.id}/rotate`, undefined, { 'idempotency-key': 'rotate-1' });
  const first = await rotate(), second = await rotate();
  assert.equal(second.body, first.body);
  assert.equal(second.headers['idempotency-replayed'], 'true');
  assert.match(first.json.secret, SECRET);
  assert.notEqual(first.json.secret, one.secret);
  assert.equal(sql('SELECT COUNT(*) FROM idempotency'), '2');
  const stored = sql('SELECT body FROM idempotency');
  for (const clear of ['whsec', 'secret', Buffer.from(one.secret).toString('hex'), URL_])
    assert.ok(!stored.includes(clear), clear);
  assert.ok(!web.log().includes('whsec_') && !sql('SELECT * FROM audit').includes('whsec_'));
  assert.equal((await client.post(AT, { url: `${URL_}2` }, { 'idempotency-key': 'hook-1' })).status, 422);
  sql(`UPDATE idempotency SET body = CONCAT(body, '00')`);
  assert.equal((await rotate()).status, 500, 'what was changed is not given');
});

test('it is changed, by the version that was read', async () => {
  const { id } = await make(`${URL_}3`);
  const read = await client.get(`${AT}/${id}`);
  const changed = await client.patch(`${AT}/${id}`, { description: 'Shop' }, { 'if-match': read.headers.etag });
  assert.deepEqual([fine(changed).description, changed.json.url], ['Shop', `${URL_}3`]);
  assert.notEqual(changed.headers.etag, read.headers.etag);
  refused(await client.patch(`${AT}/${id}`, { description: 'X' }, { 'if-match': read.headers.etag }), 412, /webhook has changed/);
  refused(await client.patch(`${AT}/${id}`, { kinds: ['attempt.finisht'] }), 422, /./, '#/kinds');
  refused(await client.patch(`${AT}/${id}`, { url: 'ftp://hooks.example.com/' }), 422, /./, '#/url');
  refused(await client.patch(`${AT}/${id}`, { urls: URL_ }), 422, /nearest is “url”/, '#/urls');
  refused(await client.post(AT, {}), 422, /./, '#/url');
});

test('off, on, a test event, and its end', async () => {
  const { id } = await make(`${URL_}4`), at = `${AT}/${id}`;
  assert.deepEqual([fine(await client.post(`${at}/off`)).off_because], ['person']);
  refused(await client.post(`${at}/test`), 409, /is off/);
  assert.equal(fine(await client.post(`${at}/on`)).enabled, true);
  fine(await client.post(`${at}/test`), 202);
  assert.equal(sql('SELECT run_id FROM event WHERE kind = 6'), String(id));
  fine(await client.delete(at), 204);
  refused(await client.get(at), 404, /no such webhook/);
});

test('what is no id is no webhook', async () => {
  for (const wrong of ['0', 'x', '99999999999']) refused(await client.get(`${AT}/${wrong}`), 404, /no such webhook/);
});

test('a key of one campaign opens no webhook that has the campaign’s id', async () => {
  const { id } = await make(`${URL_}6`), digits = String(id).padStart(10, '0');
  const campaign = addCampaign({ name: 'Digits' });
  const raw = [...digits].reduce((n, c) => n * 32n + BigInt(c), 0n);
  sql(`UPDATE campaign SET id=${raw} WHERE id=${rawId(campaign)}`);
  assert.equal(short(raw), digits);
  const c = new Client(web, makeKey(web, 'read,settings', { campaign: digits }).key, api);
  refused(await c.get(`${AT}/${digits}`), 403, /another campaign/);
});

test('events are read in their order, from the oldest that is kept', async () => {
  sql('DELETE FROM event');
  assert.equal(fine(await reader.get('/events')).feed, false);
  assert.deepEqual(fine(await client.post('/events/on')), { feed: true });
  const id = addCampaign({ name: 'Fed', status: 'completed' });
  sql(`DELETE FROM event; UPDATE event_seq SET next = 18 WHERE workspace_id = 1;
    INSERT INTO event (workspace_id, seq, kind, at, campaign_id, run_id, state, ver)
      SELECT 1, seq + 10, 5, '2026-11-23 14:20:02', ${rawId(id)}, 1, 3, 2 FROM seq_1_to_7`);
  const seen = [];
  let at = 0;
  for (let page; ; at = page.next) {
    page = fine(await reader.get(`/events?limit=3&after=${at}`));
    assert.equal(page.feed, true);
    seen.push(...page.events);
    if (!page.events.length) break;
  }
  assert.equal(at, 17);
  assert.deepEqual(seen.map(e => e.data.sequence), [11, 12, 13, 14, 15, 16, 17]);
  assert.deepEqual([seen[0].id, seen[0].type, seen[0].timestamp], ['evt_1_11', 'campaign.status', '2026-11-23T14:20:02.000000Z']);
  assert.deepEqual([seen[0].data.campaign_id, seen[0].data.campaign, seen[0].data.status], [id, 'Fed', 'completed']);
  assert.deepEqual(fine(await others.get('/events')).events, []);
  assert.deepEqual(fine(await client.post('/events/off')), { feed: false });
});

test('who has missed events is told where to go on', async () => {
  const gone = await reader.get('/events?after=5');
  refused(gone, 410, /first is 11\. To go on, ask for those after 10/, '#/after');
  assert.equal(fine(await reader.get('/events?after=10')).events[0].data.sequence, 11);
  assert.equal(fine(await reader.get('/events?after=9007199254740991')).events.length, 0);
  refused(await reader.get('/events?after=-1'), 400, /after/);
  refused(await reader.get('/events?after=x'), 400, /after/);
  refused(await reader.get('/events?limit=1001'), 400, /limit/);
  refused(await reader.get('/events?since=1'), 400, /no parameter “since”/);
});
