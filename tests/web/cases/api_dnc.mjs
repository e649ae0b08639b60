// The API: do-not-call lists, their numbers, and the check of many numbers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeDatabase, sql, startWeb, stopAll } from '../bed.mjs';
import { Client, description, makeKey, refused } from '../api_bed.mjs';

const OWN = '/do-not-call/own/numbers', LOOKUP = '/do-not-call/lookup';
let web, api, client, litigators, theirs;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'read,exclude,settings').key, api);
  const add = async (c, name) => (await c.post('/do-not-call', { name, kind: 'litigator' })).json.id;
  litigators = await add(client, 'Litigators');
  theirs = await add(new Client(web, makeKey(web, 'settings', { as: 'admin@two.test' }).key, api), 'Theirs');
});
after(stopAll);

test('the own list is there before it is used', async () => {
  const { lists } = (await client.get('/do-not-call')).json;
  assert.deepEqual(lists.map(l => [l.id, l.kind, l.name, l.numbers]),
    [[0, 'own', 'Own list', 0], [litigators, 'litigator', 'Litigators', 0]]);
  assert.deepEqual((await client.get(OWN)).json, { next: null, numbers: [] });
});

test('numbers are added, each with what became of it', async () => {
  const body = { phone_numbers: ['07700 900001', '+44 7700 900002', '0044', '07700900001'], reason: 'asked <b>', until: '2099-12-24' };
  const got = await client.post(OWN, body);
  assert.equal(got.status, 200, got.body);
  assert.deepEqual(got.json.numbers.map(n => [n.phone_number, n.number, n.became]), [
    ['07700 900001', '+447700900001', 'added'], ['+44 7700 900002', '+447700900002', 'added'],
    ['0044', null, 'invalid'], ['07700900001', '+447700900001', 'unchanged']]);
  assert.match(got.json.numbers[2].detail, /8 to 15 digits/);
  assert.deepEqual([got.json.added, got.json.extended, got.json.unchanged, got.json.invalid], [2, 0, 1, 1]);
  const longer = await client.post(OWN, { phone_numbers: ['07700900001'] });
  assert.equal(longer.json.numbers[0].became, 'extended');
  const [one, two] = (await client.get(OWN)).json.numbers;
  assert.deepEqual([one.phone_number, one.until, one.reason, one.added_by, one.bars], ['+447700900001', null, '', 'admin one', true]);
  assert.deepEqual([two.phone_number, two.until, two.reason], ['+447700900002', '2099-12-25T00:00:00.000000Z', 'asked <b>']);
  assert.equal((await client.get('/do-not-call/own')).json.numbers, 2);
  assert.equal(sql(`SELECT actor, became FROM audit ORDER BY id DESC LIMIT 1`), 'API key Test\t{"list":"Own list","numbers":1}');
});

test('the whole request is repeated, and done once', async () => {
  const key = { 'idempotency-key': 'dnc-1' }, body = { phone_numbers: ['07700900003'] };
  const one = await client.post(OWN, body, key), two = await client.post(OWN, body, key);
  assert.deepEqual([one.json.added, two.body], [1, one.body]);
});

test('a list is read page by page', async () => {
  await client.post(`/do-not-call/${litigators}/numbers`,
    { phone_numbers: Array.from({ length: 7 }, (_, i) => `+4930100000${i}`) });
  const seen = [];
  for (let at = '?limit=3'; at;) {
    const { json } = await client.get(`/do-not-call/${litigators}/numbers${at}`);
    seen.push(...json.numbers.map(n => n.phone_number));
    at = json.next && `?limit=3&after=${json.next}`;
  }
  assert.deepEqual(seen, Array.from({ length: 7 }, (_, i) => `+4930100000${i}`));
  assert.equal((await client.get(`/do-not-call/${litigators}/numbers?limit=7`)).json.next, null);
});

test('many numbers are looked up at once', async () => {
  sql(`UPDATE dnc SET until = NOW(6) - INTERVAL 1 SECOND WHERE phone = '447700900003'`);
  await client.post(`/do-not-call/${litigators}/numbers`, { phone_numbers: ['07700900001'], until: '2099-01-01T10:00:00Z' });
  const { json } = await client.post(LOOKUP, { phone_numbers: ['07700900009', '07700 900001', 'x', '07700900003', '+447700900001'] });
  assert.deepEqual(json.numbers.map(n => [n.number, n.barred, n.lists.map(l => l.name)]), [
    ['+447700900009', false, []], ['+447700900001', true, ['Own list', 'Litigators']], [null, false, []],
    ['+447700900003', false, []], ['+447700900001', true, ['Own list', 'Litigators']]]);
  assert.deepEqual(json.numbers[1].lists[1], { id: litigators, name: 'Litigators', kind: 'litigator', reason: '',
    until: '2099-01-01T10:00:00.000000Z' });
  assert.equal(json.barred, 2);
  const most = await client.post(LOOKUP, { phone_numbers: Array.from({ length: 1000 }, (_, i) => `+4930${2000000 + i}`).fill('07700900002', 999) });
  assert.deepEqual([most.json.numbers.length, most.json.barred, most.json.numbers[999].barred], [1000, 1, true]);
});

test('a number is removed', async () => {
  const at = `/do-not-call/${litigators}/numbers`;
  assert.equal((await client.post(`${at}/remove`, { phone_number: '07700 900001' })).status, 204);
  refused(await client.post(`${at}/remove`, { phone_number: '07700 900001' }), 404, /not on the list “Litigators”/);
  refused(await client.post(`${at}/remove`, { phone_number: 447700900001 }), 422, /string of JSON, in quotes/, '#/phone_number');
  refused(await client.post(`${at}/remove`, { phone_number: '123' }), 422, /8 to 15 digits/, '#/phone_number');
});

test('lists are made, changed and deleted', async () => {
  const made = await client.post('/do-not-call', { name: 'Registry', max_age: 31 });
  assert.equal(made.status, 201, made.body);
  const at = made.headers.location.replace('/api/v1', '');
  assert.equal(at, `/do-not-call/${made.json.id}`);
  assert.deepEqual([made.json.kind, made.json.stale], ['national', true]);
  const changed = await client.patch(at, { max_age: 0, source: 'TPS' });
  assert.deepEqual([changed.json.name, changed.json.source, changed.json.stale], ['Registry', 'TPS', false]);
  refused(await client.post('/do-not-call', { name: 'REGISTRY' }), 422, /with this name/, '#/name');
  refused(await client.post('/do-not-call', { name: 'Own', kind: 'own' }), 422, /own list/, '#/kind');
  refused(await client.post('/do-not-call', { name: 'R', kimd: 'other' }), 422, /nearest is “kind”/, '#/kimd');
  refused(await client.patch(`/do-not-call/${theirs}`, { name: 'X' }), 404, /no such/);
  assert.equal((await client.delete(at)).status, 204);
  refused(await client.get(at), 404, /no such/);
  refused(await client.delete('/do-not-call/own'), 409, /cannot be deleted/);
});

test('what is wrong is named', async () => {
  const cases = [
    [{ phone_numbers: ['07700900004', 447700900005] }, 422, /Entry 1 of “phone_numbers” must be a string/, '#/phone_numbers/1'],
    [{ phone_number: '07700900004' }, 422, /no member “phone_number”; the nearest is “phone_numbers”/, '#/phone_number'],
    [{ phone_numbers: ['07700900004'], untill: '' }, 422, /nearest is “until”/, '#/untill'],
    [{ phone_numbers: [] }, 422, /1 to 1,000 entries, not 0/, '#/phone_numbers'],
    [{ phone_numbers: Array(1001).fill('07700900004') }, 422, /not 1,001/, '#/phone_numbers'],
    [{ phone_numbers: '07700900004' }, 422, /must be a list/, '#/phone_numbers'],
    [{ reason: 'x' }, 422, /“phone_numbers” is missing/, '#/phone_numbers'],
    [{ phone_numbers: ['07700900004'], until: '2020-01-01' }, 422, /must not be in the past/, '#/until'],
    [{ phone_numbers: ['07700900004'], reason: 'x'.repeat(300) }, 422, /reason/, '#/reason'],
    ['[1]', 422, /JSON object/], ['{', 400, /ends too early/], ['', 400, /no body/],
  ];
  for (const [body, status, detail, pointer] of cases)
    refused(await client.post(OWN, body), status, detail, pointer);
  refused(await client.post(LOOKUP, { phone_numbers: ['1'], reason: 'x' }), 422, /no member “reason”/);
  assert.equal(sql(`SELECT COUNT(*) FROM dnc WHERE phone = '447700900004'`), '0');
  for (const list of ['x', '0', '-1', '999', '99999999999', 'aaaaaaaaaa'])
    refused(await client.get(`/do-not-call/${list}/numbers`), 404, /no such do-not-call list/);
});

test('a key without “settings” adds to no list but the own, whose numbers no other workspace knows', async () => {
  const body = { phone_numbers: ['07700900006'] }, shop = new Client(web, makeKey(web, 'exclude').key, api);
  assert.equal((await shop.post(OWN, body)).status, 200);
  refused(await shop.post(`/do-not-call/${litigators}/numbers`, body), 403, /./);
  const other = new Client(web, makeKey(web, 'read', { as: 'admin@two.test' }).key, api);
  assert.equal((await other.post(LOOKUP, body)).json.barred, 0);
});

test('no log has a number', () => assert.doesNotMatch(web.log(), /7700 ?900|447700/));
