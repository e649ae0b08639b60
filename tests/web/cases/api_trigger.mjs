// Contacts that come by a request of the API, and are taken back.  Every answer
// is held against openapi.json.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addCampaign, makeDatabase, rawId, redis, sql, startWeb, stopAll } from '../bed.mjs';
import { Client, description, makeKey, outdial, refused } from '../api_bed.mjs';

let web, api, client, next = 447911000000;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'read,trigger,exclude').key, api);
});
after(stopAll);

const number = () => `+${++next}`;
const trigger = (id, contacts, more = {}, headers = {}) => client.post(`/campaigns/${id}/trigger`, { contacts, ...more }, headers);
const added = id => Number(sql(`SELECT COUNT(*) FROM contact x JOIN campaign c ON c.own_list = x.list_id
  WHERE c.id = ${rawId(id)} AND x.part > 0`));

test('each contact is told what became of it', async () => {
  const id = addCampaign({ name: 'Fates', contacts: 0 });
  const one = number();
  const got = await trigger(id, [
    { phone_number: one, variables: { first_name: 'Ann', 'last name': '“O’Neil” \\' }, external_id: 'crm-1', priority: 9 },
    { phone_number: '07911 123456' },
    { phone_number: one.replace('+44', '0') },
    { phone_number: '12' },
    { phone_number: number(), not_before: '2026-12-01T10:00:00Z' },
    { phone_number: number(), external_id: 'x'.repeat(191) },
    { phone_number: number(), priority: 1.5 },
    { variables: {} },
    { phone_number: number(), external_id: null, variables: null, priority: null },
  ]);
  assert.equal(got.status, 202, got.body);
  const { accepted, duplicate, rejected, batch_id: batch, dry_run: dry, contacts } = got.json;
  assert.deepEqual([accepted, duplicate, rejected, dry], [3, 1, 5, false]);
  assert.match(batch, /^[0-9a-z]{10}$/);
  assert.deepEqual(contacts.map(c => [c.index, c.result, c.code, c.field]), [
    [0, 'accepted', null, null], [1, 'accepted', null, null],
    [2, 'duplicate', 'repeated', 'phone_number'], [3, 'rejected', 'invalid', 'phone_number'],
    [4, 'rejected', 'not_supported', 'not_before'], [5, 'rejected', 'invalid', 'external_id'],
    [6, 'rejected', 'invalid', 'priority'], [7, 'rejected', 'invalid', 'phone_number'],
    [8, 'accepted', null, null]]);
  assert.deepEqual(contacts.slice(0, 4).map(c => c.phone_number), [one, '+447911123456', one, null]);
  assert.deepEqual(contacts.map(c => Boolean(c.contact)), [0, 1, 8].reduce((all, i) => (all[i] = true, all), Array(9).fill(false)));
  assert.equal(sql(`SELECT vars FROM contact WHERE phone = '${one.slice(1)}'`), '{"first_name":"Ann","last name":"“O’Neil” \\\\"}');
  assert.equal(sql(`SELECT external_id FROM contact WHERE phone = '${one.slice(1)}'`), 'crm-1');
  assert.equal(added(id), 3);
  assert.equal(sql(`SELECT actor FROM audit WHERE campaign_id = ${rawId(id)} AND action = 'trigger'`), 'API key Test');
});

test('a running campaign is woken after the commit, a paused one takes contacts, too', async () => {
  for (const status of ['running', 'paused']) {
    const id = addCampaign({ name: status, status });
    redis('DEL', 'wake');
    assert.equal((await trigger(id, [{ phone_number: number() }])).json.accepted, 1);
    const run = sql(`SELECT current_run FROM campaign WHERE id = ${rawId(id)}`);
    assert.match(redis('XRANGE', 'wake', '-', '+'), new RegExp(`\\b${run}\\b`));
  }
  for (const status of ['completed', 'failed']) {
    const id = addCampaign({ name: status, status });
    refused(await trigger(id, [{ phone_number: number() }]), 409, new RegExp(status));
    assert.equal(added(id), 0);
  }
});

test('what the campaign has or may not call is not added', async () => {
  const id = addCampaign({ name: 'Known' });
  const [excluded, barred, open] = [number(), number(), number()];
  await client.post(`/campaigns/${id}/exclude`, { phone_numbers: [excluded] });
  outdial(web, 'dnc', 'add', barred, '--as', 'admin@one.test');
  await trigger(id, [{ phone_number: open }]);
  const got = await trigger(id, [excluded, barred, open].map(n => ({ phone_number: n })));
  assert.deepEqual([got.status, got.json.batch_id, got.json.accepted], [202, null, 0]);
  assert.deepEqual(got.json.contacts.map(c => [c.result, c.code]),
    [['rejected', 'excluded'], ['rejected', 'do_not_call'], ['duplicate', 'duplicate']]);
});

test('a dry run says the same and changes nothing', async () => {
  const id = addCampaign({ name: 'Dry', status: 'running' });
  const contacts = [{ phone_number: number() }, { phone_number: '1' }];
  const before = sql('SELECT COUNT(*) FROM audit');
  redis('DEL', 'wake');
  const got = await trigger(id, contacts, { dry_run: true }, { 'idempotency-key': 'dry' });
  assert.equal(got.status, 202, got.body);
  assert.deepEqual([got.json.accepted, got.json.rejected, got.json.batch_id, got.json.dry_run], [1, 1, null, true]);
  assert.deepEqual(got.json.contacts.map(c => [c.result, c.contact]), [['accepted', null], ['rejected', null]]);
  assert.equal(added(id), 0);
  assert.equal(sql('SELECT COUNT(*) FROM audit'), before);
  assert.equal(redis('EXISTS', 'wake'), '0');
  assert.equal((await trigger(id, contacts, {}, { 'idempotency-key': 'dry' })).json.accepted, 1, 'the key is still free');
});

test('a request that is not of the form is refused as a whole, and the member named', async () => {
  const id = addCampaign({ name: 'Form' });
  const good = number();
  const cases = [
    [[{ phone_number: good }, { phone_number: 447911123456 }], /Phone Number must be a string of JSON, in quotes/, '#/contacts/1/phone_number'],
    [[{ phone_number: good, fone: 1 }], /no member “fone”/, '#/contacts/0/fone'],
    [[{ phone_number: good, variable: {} }], /nearest is “variables”/, '#/contacts/0/variable'],
    [[{ phone_number: good, 'a/b~': 1 }], /no member “a\/b~”/, '#/contacts/0/a~1b~0'],
    [[{ phone_number: good, variables: { age: 5 } }], /“age” must be a string/, '#/contacts/0/variables'],
    [[{ phone_number: good, variables: [] }], /object of strings/, '#/contacts/0/variables'],
    [[{ phone_number: good, priority: '9' }], /Priority must be a number/, '#/contacts/0/priority'],
    [[good], /must be a JSON object/, '#/contacts/0'],
    [{}, /must be a list/, '#/contacts'],
    [[], /1 to 1,000 entries, not 0/, '#/contacts'],
    [undefined, /“contacts” is missing/, '#/contacts'],
    [Array(1001).fill({ phone_number: good }), /1 to 1,000 entries, not 1,001/, '#/contacts'],
  ];
  for (const [contacts, detail, pointer] of cases) {
    const got = await trigger(id, contacts);
    refused(got, 422, detail);
    assert.deepEqual(got.json.errors.map(e => e.pointer), [pointer]);
  }
  const top = await trigger(id, [{ phone_number: good }], { dryrun: true });
  refused(top, 422, /no member “dryrun”; the nearest is “dry_run”/);
  refused(await trigger(id, [{ phone_number: good }], { dry_run: 'true' }), 422, /true or false/);
  refused(await client.post(`/campaigns/${id}/trigger`, '[]'), 422, /JSON object/);
  refused(await client.post(`/campaigns/${id}/trigger`), 400, /no body/);
  assert.equal(added(id), 0);
  const many = await trigger(id, Array.from({ length: 1000 }, () => ({ phone_number: number() })));
  assert.equal(many.json.accepted, 1000);
  assert.equal(added(id), 1000);
});

test('a request that is sent again adds once, and its answer is stored with the contacts', async () => {
  const id = addCampaign({ name: 'Again', status: 'running' });
  const contacts = [{ phone_number: number() }, { phone_number: number() }], key = { 'idempotency-key': 'lead-1' };
  const [one, two] = await Promise.all([trigger(id, contacts, {}, key), trigger(id, contacts, {}, key)]);
  assert.deepEqual([one.status, two.status, two.body], [202, 202, one.body]);
  assert.deepEqual([one.json.accepted, added(id)], [2, 2]);
  refused(await trigger(id, contacts.slice(1), {}, key), 422, /another request/);
  // What comes after the COMMIT is lost, as when the worker dies there.
  sql(`CREATE TRIGGER lost BEFORE UPDATE ON idempotency FOR EACH ROW SIGNAL SQLSTATE '45000'`);
  try {
    const lost = { 'idempotency-key': 'lead-2' }, more = [{ phone_number: number() }];
    const first = await trigger(id, more, {}, lost), second = await trigger(id, more, {}, lost);
    assert.deepEqual([second.status, second.body], [202, first.body]);
    assert.equal(second.headers['idempotency-replayed'], 'true');
    assert.equal(added(id), 3);
  } finally {
    sql('DROP TRIGGER lost');
  }
});

test('a batch is taken back, and nothing twice', async () => {
  const id = addCampaign({ name: 'Undo', status: 'running' }), other = addCampaign({ name: 'Undo other' });
  const { json: { batch_id: batch } } = await trigger(id, [{ phone_number: number() }, { phone_number: number(), priority: 9 }]);
  for (const at of [`/campaigns/${other}/batches/${batch}`, `/campaigns/${id}/batches/zzzzzzzzzz`, `/campaigns/${id}/batches/x`])
    refused(await client.delete(at), 404, /no such batch/);
  const one = await client.delete(`/campaigns/${id}/batches/${batch}`);
  assert.deepEqual([one.status, one.json], [200, { contacts: 2, others: 0 }]);
  assert.deepEqual((await client.delete(`/campaigns/${id}/batches/${batch}`)).json, { contacts: 0, others: 2 });
});

test('the log has no whole number', () => {
  assert.doesNotMatch(web.log(), /4479110\d{5}|07911 123456/);
});
