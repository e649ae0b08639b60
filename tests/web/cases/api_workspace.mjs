// The API: holidays, and the people of a workspace.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeDatabase, sql, startWeb, stopAll } from '../bed.mjs';
import { Client, description, makeKey, refused } from '../api_bed.mjs';

let web, api, client, others;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'read,settings').key, api);
  others = new Client(web, makeKey(web, 'read,settings', { as: 'admin@two.test' }).key, api);
});
after(stopAll);

test('holidays are listed, put and removed', async () => {
  const list = async c => (await c.get('/holidays')).json.holidays;
  assert.deepEqual(await list(client), []);
  const put = (day, name) => client.post('/holidays', { day, name });
  assert.deepEqual((await put('2099-12-25', 'Christmas')).json, { day: '2099-12-25', name: 'Christmas' });
  await put('2099-01-01', 'New Year');
  await put('2099-12-25', 'Weihnachten');
  assert.deepEqual(await list(client), [{ day: '2099-01-01', name: 'New Year' }, { day: '2099-12-25', name: 'Weihnachten' }]);
  assert.deepEqual(await list(others), []);
  refused(await others.delete('/holidays/2099-12-25'), 404, /./);
  assert.equal((await client.delete('/holidays/2099-12-25')).status, 204);
  refused(await client.delete('/holidays/2099-12-25'), 404, /./);
  refused(await client.delete('/holidays/tomorrow'), 404, /2026-12-24/);
  refused(await put('tomorrow', 'X'), 422, /must be a date/, '#/day');
  refused(await put(20991225, 'X'), 422, /string of JSON/, '#/day');
  refused(await client.post('/holidays', { day: '2099-12-25' }), 422, /name/, '#/name');
  refused(await client.post('/holidays', { day: '2099-12-25', nam: 'X' }), 422, /nearest is “name”/, '#/nam');
});

test('people are listed page by page, without their secrets', async () => {
  sql(`INSERT INTO user (workspace_id, email, name, role, password_hash, created_at)
    SELECT 1, CONCAT('p', LPAD(seq, 3, '0'), '@one.test'), 'P', 0, '', NOW(6) FROM seq_1_to_150`);
  const seen = [];
  for (let at = ''; at !== null;) {
    const { json, body } = await client.get(`/users${at && `?after=${encodeURIComponent(at)}`}`);
    assert.doesNotMatch(body, /argon2|password/);
    seen.push(...json.users);
    at = json.next;
  }
  assert.equal(seen.length, 153);
  assert.equal(new Set(seen.map(u => u.id)).size, 153);
  const { id, ...admin } = seen[0];
  assert.ok(id > 0);
  assert.deepEqual(admin, { email: 'admin@one.test', name: 'admin one', role: 'admin', state: 'active', second_factor: false });
  assert.ok(!seen.some(u => u.email.endsWith('two.test')));
});
