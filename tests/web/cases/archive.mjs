// Ended campaigns leave the list, and come back to it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, LIST, ROLES, addCampaign, makeDatabase, rows, startWeb, statusOf, stopAll } from '../bed.mjs';

let web, people;
before(async () => {
  makeDatabase();
  web = await startWeb();
  people = {};
  for (const role of ROLES) people[role] = await new Browser(web).signIn(`${role}@one.test`);
});
after(stopAll);

test('an ended campaign is archived and brought back, alone and with others', async () => {
  const b = people.supervisor, id = addCampaign({ name: 'Old one', status: 'completed' });
  const failed = addCampaign({ name: 'Old two', status: 'failed' });
  const press = (which, word, from) => b.post(`${LIST}/${which}/${word}?from=${from}`);
  assert.equal((await press(id, 'archive', 'completed')).status, 303);
  assert.equal(statusOf(id), 'archived');
  assert.ok(!rows((await b.get(LIST)).body).some(row => row.id === id), 'the list goes without it');
  const archive = await b.get(`${LIST}?status=archived`);
  assert.deepEqual(rows(archive.body), [{ id, status: 'archived' }]);
  assert.match(archive.body, /<option value="archived" selected>Archived<\/option>/);
  assert.match(archive.body, /<span class="num">1 found<\/span>/);
  assert.doesNotMatch(archive.body, /\/restart\?/);
  assert.equal((await b.get(`${LIST}?q=old+one`)).body.includes('Old one</bdi>'), false, 'a search goes without it');
  assert.match((await b.get(`${LIST}/${id}`)).body, /formaction="[^"]*\/unarchive\?from=archived"/);
  await press(id, 'restart', 'archived');
  assert.equal(statusOf(id), 'archived', 'it is not restarted');
  assert.equal((await people.viewer.post(`${LIST}/${id}/unarchive`)).status, 403);
  const many = await b.post(`${LIST}/selected/archive`, [['id', `${failed}.failed`], ['id', `${id}.archived`]]);
  assert.equal(many.status, 303);
  assert.equal(statusOf(failed), 'archived');
  await b.post(`${LIST}/selected/unarchive`, [['id', `${failed}.archived`], ['id', `${id}.archived`]]);
  assert.deepEqual([statusOf(id), statusOf(failed)], ['completed', 'failed'], 'as they were');
  const other = await new Browser(web).signIn('admin@two.test');
  assert.equal((await other.post(`${LIST}/${id}/archive`)).status, 404);
});
