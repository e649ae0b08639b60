// How long people are kept, and how one of them is erased.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, ROLES, makeDatabase, sql, startWeb, stopAll } from '../bed.mjs';

let web, people;
before(async () => {
  makeDatabase();
  web = await startWeb();
  people = {};
  for (const role of ROLES) people[role] = await new Browser(web).signIn(`${role}@one.test`);
});
after(stopAll);

test('retention is changed by administrators, with its reason at the field', async () => {
  const path = '/dashboard/settings/retention';
  const viewer = await people.viewer.get(path);
  assert.equal(viewer.status, 200);
  assert.doesNotMatch(viewer.body.split('<main')[1].split('</main>')[0], /<form/);
  const save = (days, was = 0) => people.admin.post(path, { keep_days: days, was });
  for (const days of ['30', '-1', 'x', '', '99999']) {
    const got = await save(days);
    assert.equal(got.status, 422, days);
    assert.match(got.body, /id="e-keep_days" role="alert"/);
  }
  assert.equal((await save('90')).status, 303);
  assert.match((await people.admin.get(path)).body, /Kept for 90 days/);
  assert.equal((await save('60')).status, 409, 'a stale form');
  assert.match((await people.admin.get('/dashboard/settings/audit')).body, /Keep days<\/dt>.*>0<\/bdi>.*<bdi>90</);
});

test('an erasure is asked for by administrators, surely, and once', async () => {
  const path = '/dashboard/settings/erasure';
  const ask = entry => people.admin.post(path, entry);
  assert.match((await ask({ phone: '+44 7700 900123' })).body, /id="e-sure" role="alert"/);
  assert.match((await ask({ phone: '12', sure: '1' })).body, /id="e-phone" role="alert"/);
  for (let i = 0; i < 2; i++) assert.equal((await ask({ phone: '+44 7700 900123', sure: '1' })).status, 303);
  assert.equal(sql('SELECT COUNT(*) FROM erasure'), '1');
  assert.match((await people.admin.get(path)).body, /In progress<\/b> asked for .* by <bdi>admin one<\/bdi>/);
  assert.equal(sql(`SELECT COUNT(*) FROM audit WHERE became LIKE '%900123%'`), '0');
});
