// The API: its keys (who may do what is in routes.mjs), campaigns, problems, and
// requests that are sent twice.  Every answer is held against openapi.json.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { addCampaign, makeDatabase, program, rawId, redis, root, sql, startWeb, stopAll, until } from '../bed.mjs';
import { API, Client, description, makeKey, outdial, refused } from '../api_bed.mjs';

const ALL = 'read,trigger,exclude,result,control,edit,settings,users';
let web, api, client;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, ALL, { name: 'Shop' }).key, api);
});
after(stopAll);

const audits = () => Number(sql('SELECT COUNT(*) FROM audit'));

test('without a key, or with a wrong one, nothing is answered', async () => {
  const nobody = new Client(web, null, api);
  const none = await nobody.get('/campaigns');
  refused(none, 401, /API key is needed/);
  assert.equal(none.headers['www-authenticate'], 'Bearer realm="Outdial"');
  const wrong = await nobody.get('/campaigns', { authorization: `Bearer od_${'x'.repeat(43)}` });
  refused(wrong, 401, /not valid/);
  assert.match(wrong.headers['www-authenticate'], /error="invalid_token"/);
  for (const headers of [{ authorization: 'Basic YTpi' }, { authorization: 'Bearer' }, { 'x-api-key': '' },
    { authorization: `Bearer ${'y'.repeat(5000)}` }])
    assert.equal((await nobody.get('/campaigns', headers)).status, 401);
  assert.equal((await nobody.get('/campaigns', { 'x-api-key': client.key })).status, 200, 'the other header');
  assert.equal((await nobody.get('/campaigns', { authorization: `bearer   ${client.key}` })).status, 200);
});

test('a key that is revoked or over ends at once', async () => {
  const one = makeKey(web, 'read', { name: 'Short' });
  const c = new Client(web, one.key, api);
  assert.equal((await c.get('/campaigns')).status, 200);
  outdial(web, 'key', 'revoke', String(one.id), '--as', 'admin@one.test');
  refused(await c.get('/campaigns'), 401, /not valid/);
  const over = makeKey(web, 'read', { expires: '2020-01-01T00:00:00Z' });
  refused(await new Client(web, over.key, api).get('/campaigns'), 401, /not valid/);
  assert.equal(sql(`SELECT COUNT(*) FROM api_key WHERE digest LIKE '%od_%' OR name LIKE '%${one.key}%'`), '0');
});

test('what is described is what is there', () => {
  const routes = execFileSync(program, ['--routes'], { encoding: 'utf8' }).trim().split('\n').map(l => l.split(' '))
    .filter(([, at]) => at.startsWith(`${API}/`) && at !== `${API}/openapi.json`);
  const described = Object.entries(api.paths).flatMap(([at, methods]) => Object.entries(methods).map(([method, o]) =>
    `${method.toUpperCase()} ${API}${at.replaceAll(/\{(\w+)\}/g, ':$1')} ${o.security ? 'anybody' : `key:${/scope “(\w+)”/.exec(o.description)[1]}`}`));
  assert.deepEqual(described.sort(), routes.map(r => r.slice(0, 3).join(' ')).sort());
  assert.equal(new Set(Object.values(api.paths).flatMap(m => Object.values(m).map(o => o.operationId))).size, routes.length);
});

test('doc/api.md is what the program prints', () => {
  assert.equal(readFileSync(path.join(root, 'doc/api.md'), 'utf8'), execFileSync(program, ['--api'], { encoding: 'utf8' }));
});

test('no key is made for a campaign of another workspace', () => {
  const theirs = addCampaign({ ws: 2, name: 'Theirs' });
  assert.throws(() => makeKey(web, 'read', { campaign: theirs }), /There is no such campaign/);
});

test('campaigns are made, read, changed and deleted', async () => {
  const made = await client.post('/campaigns', { name: 'By program', bot_id: 1, numbers: [1], days: ['mon', 'tue'],
    retry_delays: { busy: 5 } });
  assert.equal(made.status, 201, made.body);
  const { id } = made.json;
  assert.equal(made.headers.location, `${API}/campaigns/${id}`);
  assert.equal(made.json.zone, 'Europe/London', 'its workspace’s zone');
  assert.deepEqual([made.json.status, made.json.days, made.json.retry_delays, made.json.numbers, made.json.created_by],
    ['draft', ['mon', 'tue'], { busy: 5 }, [1], 'admin one']);
  const read = await client.get(`/campaigns/${id}`);
  assert.deepEqual(read.json, made.json);
  assert.equal(read.headers.etag, `"${read.json.version}"`);
  const changed = await client.patch(`/campaigns/${id}`, { concurrency: 7 }, { 'if-match': read.headers.etag });
  assert.equal(changed.status, 200, changed.body);
  assert.deepEqual([changed.json.concurrency, changed.json.name, changed.json.numbers], [7, 'By program', [1]]);
  refused(await client.patch(`/campaigns/${id}`, { concurrency: 8 }, { 'if-match': read.headers.etag }), 412, /has changed/);
  assert.equal(sql(`SELECT actor, behalf FROM audit WHERE campaign_id=${rawId(id)} ORDER BY id DESC LIMIT 1`), 'API key Shop\tadmin one');
  const gone = await client.delete(`/campaigns/${id}`);
  assert.equal(gone.status, 204);
  refused(await client.get(`/campaigns/${id}`), 404, /no such campaign/);
});

test('what is wrong is named', async () => {
  const id = addCampaign({ name: 'Wrong' });
  const cases = [
    ['{"name":"A","name":"B","bot_id":1}', 422, /“name” is set twice/],
    ['{"nam":"A"}', 422, /no setting “nam”; the nearest is “name”/],
    ['{"name":"A","bot_id":99}', 422, /bot/i],
    ['{"name":"","bot_id":1}', 422, /Campaign Name/],
    ['[1]', 422, /JSON object/], ['{"name":', 422, /ends too early/], ['', 400, /no body/],
    [`{"name":${'['.repeat(100)}1${']'.repeat(100)}}`, 422, /nested too deeply/],
  ];
  for (const [body, status, detail] of cases)
    refused(await client.post('/campaigns', body), status, detail);
  const field = await client.patch(`/campaigns/${id}`, { max_attempts: 99 });
  assert.deepEqual(field.json.errors.map(e => e.pointer), ['#/max_attempts']);
  refused(await client.get('/campaigns?staus=draft'), 400, /no parameter “staus”; the nearest is “status”/);
  refused(await client.get('/campaigns?limit=1000'), 400, /limit/);
  refused(await client.get('/campaigns?after=nonsense'), 422, /./);
  refused(await client.post('/campaigns', 'name=A', { 'content-type': 'application/x-www-form-urlencoded' }), 415, /application\/json/);
  refused(await client.post('/campaigns', `{"name":"${'x'.repeat(3 << 20)}"}`), 413, /larger/);
  for (const at of ['/campaigns/zz', '/campaigns/aaaaaaaaaa', '/nothing'])
    refused(await client.get(at), 404, /no such/);
  const put = await client.ask('PUT', '/campaigns', {});
  refused(put, 405, /does not accept PUT/);
  assert.equal(put.headers.allow, 'GET, HEAD, POST');
});

test('the list is that of the page, by keys', async () => {
  sql('DELETE FROM campaign WHERE workspace_id = 1');
  redis('FLUSHALL');
  assert.deepEqual((await client.get('/campaigns')).json, { total: 0, next: null, previous: null, campaigns: [] });
  const ids = Array.from({ length: 7 }, (_, i) => addCampaign({ name: `L${i}`, age: i * 600 }));
  addCampaign({ name: 'Runs', status: 'running', age: 9000 });
  redis('FLUSHALL');
  const seen = [];
  for (let at = '/campaigns?status=draft&limit=3'; at;) {
    const { json } = await client.get(at);
    assert.equal(json.total, 7);
    seen.push(...json.campaigns.map(c => c.id));
    at = json.next && `/campaigns?status=draft&limit=3&after=${encodeURIComponent(json.next)}`;
  }
  assert.deepEqual(seen, ids);
  assert.deepEqual((await client.get('/campaigns?search=L3')).json.campaigns.map(c => c.name), ['L3']);
});

test('the lifecycle is that of the table', async () => {
  const id = addCampaign({ name: 'Lives' });
  const step = async (word, status) => {
    const got = await client.post(`/campaigns/${id}/${word}`);
    assert.equal(got.status, 200, got.body);
    assert.equal(got.json.status, status);
  };
  refused(await client.post(`/campaigns/${id}/pause`), 409, /./);
  await step('start', 'running');
  refused(await client.post(`/campaigns/${id}/start`), 409, /./);
  await step('pause', 'paused');
  await step('resume', 'running');
  await step('stop', 'completed');
  await step('restart', 'draft');
  assert.equal(sql(`SELECT restarted_by FROM campaign WHERE id=${rawId(id)}`), 'admin one', 'as the person it acts for');
  await step('cancel-restart', 'completed');
  const copy = await client.post(`/campaigns/${id}/clone`);
  assert.deepEqual([copy.status, copy.json.name, copy.json.status], [201, 'Lives (copy)', 'draft']);
  refused(await client.delete(`/campaigns/${id}`), 409, /./);
});

test('a request with an Idempotency-Key is done once', async () => {
  const body = { name: 'Once', bot_id: 1, numbers: [1] }, key = { 'idempotency-key': 'order-1' };
  const before = audits();
  const [one, two] = await Promise.all([client.post('/campaigns', body, key), client.post('/campaigns', body, key)]);
  const third = await client.post('/campaigns', body, key);
  assert.deepEqual([one.status, two.status, third.status], [201, 201, 201], two.body);
  assert.deepEqual([two.body, third.body], [one.body, one.body]);
  assert.equal(third.headers.location, one.headers.location);
  assert.equal(third.headers['idempotency-replayed'], 'true');
  assert.equal(audits(), before + 1);
  assert.equal(sql(`SELECT COUNT(*) FROM campaign WHERE name='Once'`), '1');
  refused(await client.post('/campaigns', { ...body, name: 'Twice' }, key), 422, /another request/);
  const other = new Client(web, makeKey(web, ALL).key, api);
  assert.equal((await other.post('/campaigns', body, key)).status, 201, 'keys of another program are others');
  refused(await client.post('/campaigns', body, { 'idempotency-key': 'k'.repeat(300) }), 400, /at most 255/);
});

test('an action and a deletion are repeated, too; what failed may be tried again', async () => {
  const id = addCampaign({ name: 'Again' });
  const start = { 'idempotency-key': 'start-1' };
  const one = await client.post(`/campaigns/${id}/start`, undefined, start);
  const two = await client.post(`/campaigns/${id}/start`, undefined, start);
  assert.deepEqual([one.status, two.status, two.body], [200, 200, one.body]);
  refused(await client.post(`/campaigns/${id}/restart`, undefined, { 'idempotency-key': 'r' }), 409, /./);
  sql(`UPDATE campaign SET status = 3 WHERE id = ${rawId(id)}`);
  assert.equal((await client.post(`/campaigns/${id}/restart`, undefined, { 'idempotency-key': 'r' })).status, 200);
  const gone = addCampaign({ name: 'Gone' });
  for (let i = 0; i < 2; i++)
    assert.equal((await client.delete(`/campaigns/${gone}`, { 'idempotency-key': 'd' })).status, 204);
  sql(`UPDATE idempotency SET at = NOW(6) - INTERVAL 25 HOUR`);
  refused(await client.post(`/campaigns/${id}/restart`, undefined, { 'idempotency-key': 'r' }), 409, /./);
});

test('a key may send so many requests a minute', async () => {
  const slow = await startWeb({ api_requests: 5 });
  const c = new Client(slow, makeKey(slow, 'read', { name: 'Eager' }).key, api);
  await until('a minute begins that does not end at once', () => Date.now() % 60000 < 50000, 15);
  const got = [];
  for (let i = 0; i < 7; i++) got.push(await c.get('/bots'));
  assert.deepEqual(got.map(g => g.status), [200, 200, 200, 200, 200, 429, 429]);
  assert.match(got[0].headers.ratelimit, /^"key";r=4;t=\d+$/);
  assert.equal(got[0].headers['ratelimit-policy'], '"key";q=5;w=60');
  assert.equal(got[5].headers['retry-after'], /t=(\d+)/.exec(got[5].headers.ratelimit)[1]);
  redis('FLUSHALL');
  assert.equal((await c.get('/bots')).status, 200, 'an emptied Redis counts anew');
});

test('when and where a key was used is known', async () => {
  const { id, key } = makeKey(web, 'read', { name: 'Seen' });
  const used = () => sql(`SELECT used_from FROM api_key WHERE id=${id} AND used_at > NOW() - INTERVAL 1 MINUTE`);
  assert.equal(used(), '');
  await new Client(web, key, api).get('/bots');
  assert.equal(used(), '192.0.2.1');
});
