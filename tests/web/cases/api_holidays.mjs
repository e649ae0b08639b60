// The API: the holidays of a workspace.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeDatabase, startWeb, stopAll } from '../bed.mjs';
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
