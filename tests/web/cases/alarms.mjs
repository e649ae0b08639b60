// What people should hear of stands above the list until it is dismissed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, LIST, ROLES, addCampaign, makeDatabase, rawId, sql, startWeb, stopAll } from '../bed.mjs';

let web, people;
before(async () => {
  makeDatabase();
  web = await startWeb();
  people = {};
  for (const role of ROLES) people[role] = await new Browser(web).signIn(`${role}@one.test`);
});
after(stopAll);

test('alarms stand above the list until a supervisor dismisses them', async () => {
  const id = addCampaign({ name: 'Alarming <b>', status: 'failed' });
  sql(`INSERT INTO alarm SELECT id, 0, 1, campaign_id, NOW(6), 0, 'The bot is gone.' FROM run WHERE campaign_id=${rawId(id)}`);
  sql(`UPDATE campaign SET touched_at=NOW(6)`);
  const b = people.supervisor;
  await b.post('/dashboard/hold');
  await b.post('/dashboard/release');
  const seen = (await b.get(LIST)).body;
  assert.match(seen, new RegExp(`<a href="/dashboard/campaigns/${id}"><bdi>Alarming &lt;b&gt;</bdi></a> The run failed. The bot is gone.`));
  const viewer = (await people.viewer.get(LIST)).body;
  assert.match(viewer, /The run failed/);
  assert.doesNotMatch(viewer, /alarms\/dismiss/);
  const action = seen.match(/formaction="(\/dashboard\/alarms\/dismiss\?upto=\d+)"/)[1];
  assert.equal((await people.viewer.post(action)).status, 403);
  assert.equal((await b.post('/dashboard/alarms/dismiss')).status, 400);
  assert.equal((await b.post('/dashboard/alarms/dismiss?upto=99999999999999999')).status, 400);
  const other = await new Browser(web).signIn('admin@two.test');
  await other.post(action);
  assert.match((await b.get(LIST)).body, /The run failed/, 'another workspace dismisses its own');
  assert.equal((await b.post(action)).status, 303);
  assert.doesNotMatch((await b.get(LIST)).body, /The run failed/);
});
