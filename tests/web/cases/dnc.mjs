// The pages of do-not-call lists: everybody looks up, supervisors add to the
// own list, administrators do the rest; files go the way of all imports.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Browser, LIST, ROLES, addCampaign, makeDatabase, sql, startWeb, stopAll, uploadDir } from '../bed.mjs';

const AT = '/dashboard/settings/do-not-call';
let web, people, other;
before(async () => {
  makeDatabase();
  web = await startWeb();
  people = {};
  for (const role of ROLES) people[role] = await new Browser(web).signIn(`${role}@one.test`);
  other = await new Browser(web).signIn('admin@two.test');
});
after(stopAll);

const kept = () => sql(`SELECT CONCAT_WS(' ', k.name, d.phone, d.reason, d.added_by) FROM dnc d JOIN dnc_list k
  ON k.id=d.list_id AND k.load_id=d.load_id ORDER BY k.id, d.phone`).split('\n').filter(Boolean);
const mainOf = body => body.split('<main')[1].split('</main>')[0];
const wrongAt = (body, id) => body.match(new RegExp(`id="e-${id}" role="alert">.*?<span>(.*?)</span>`))?.[1];

test('the own list is there before it is used, and says how it is filled', async () => {
  assert.match((await people.viewer.get(AT)).body, /<a href="\/dashboard\/settings\/do-not-call\/own"><bdi>Own list<\/bdi>/);
  const page = await people.viewer.get(`${AT}/own`);
  assert.equal(page.status, 200);
  assert.match(page.body, /No numbers yet/);
  assert.doesNotMatch(mainOf(page.body), /<form/);
  assert.equal((await people.viewer.get(`${AT}/own/export`)).body, '\ufeffphone_number,reason,until,added_at,added_by\r\n');
});

test('a supervisor adds to the own list, and everybody looks it up', async () => {
  const add = form => people.supervisor.post(AT, form);
  assert.equal((await add({ phone: '07700 900123', reason: 'asked <b>', until: '2099-12-24' })).status, 303);
  assert.match((await people.supervisor.get(AT)).body, /Number added <small>\+447700900123</);
  assert.deepEqual(kept(), ['Own list 447700900123 asked <b> supervisor one']);
  await add({ phone: '+44 7700 900123', until: '2050-01-01' });
  assert.match((await people.supervisor.get(AT)).body, /Number unchanged/);
  await add({ phone: '+44 7700 900123' });
  assert.match((await people.supervisor.get(AT)).body, /Number kept until later/);
  const asked = await people.viewer.get(`${AT}?number=07700%20900123`);
  assert.match(asked.body, /\+447700900123 is not called/);
  assert.match(asked.body, /<bdi>supervisor one<\/bdi><\/td><td>For good/);
  assert.match((await other.get(`${AT}?number=%2B447700900123`)).body, /\+447700900123 may be called/);
  assert.match((await people.viewer.get(`${AT}?number=07700%20900999`)).body, /may be called/);
  const bad = await people.viewer.get(`${AT}?number=12`);
  assert.match(wrongAt(bad.body, 'number'), /8 to 15 digits/);
  assert.doesNotMatch(web.log(), /7700.?900123/, 'no number in the log');
});

test('what is wrong is said at its field, all at once, and stays as entered', async () => {
  const before = kept();
  const got = await people.supervisor.post(AT, { phone: '12', reason: 'x'.repeat(201), until: '2020-01-01' });
  assert.equal(got.status, 422);
  assert.match(wrongAt(got.body, 'phone'), /8 to 15 digits/);
  assert.match(wrongAt(got.body, 'reason'), /200/);
  assert.match(wrongAt(got.body, 'until'), /past/);
  assert.match(got.body, /id="f-phone"[^>]*value="12"/);
  assert.match(got.body, /<title>Error: Do not call/);
  assert.deepEqual(kept(), before);
  const list = await people.admin.post(`${AT}/new`, { name: 'own list', kind: 'national', max_age: '5000' });
  assert.equal(list.status, 422);
  assert.ok(wrongAt(list.body, 'max_age'));
  assert.match(wrongAt((await people.admin.post(`${AT}/new`, { name: 'own list', kind: 'national' })).body, 'name'), /own list/);
  assert.match(wrongAt((await people.admin.post(`${AT}/new`, { name: 'X', kind: 'own' })).body, 'kind'), /own list already/);
  assert.equal((await people.admin.get(`${AT}/new`)).headers.location, AT);
});

let at;
test('a list is added, changed and audited; its age is said there and on campaigns', async () => {
  const id = addCampaign({ name: 'Warned' });
  const made = await people.admin.post(`${AT}/new`, { name: 'Registry <GB>', kind: 'national', source: 'TPS', max_age: '28' });
  assert.equal(made.status, 303);
  at = made.headers.location;
  assert.match(at, /do-not-call\/\d+$/);
  for (const page of [AT, at, `${LIST}/${id}`])
    assert.match((await people.viewer.get(page)).body, /The do-not-call list “Registry &lt;GB&gt;” has never been imported/, page);
  assert.doesNotMatch((await other.get(AT)).body, /Registry/);
  assert.equal((await people.admin.post(at, { name: 'Registry', kind: 'litigator', source: '', max_age: '0' })).status, 303);
  assert.match((await people.viewer.get(at)).body, /<dt>Kind<\/dt><dd>Litigator/);
  assert.doesNotMatch((await people.viewer.get(`${LIST}/${id}`)).body, /never been imported/);
  assert.equal(sql(`SELECT COUNT(*) FROM audit WHERE action LIKE '%do-not-call list' AND actor='admin one'`), '2');
  const stale = await people.admin.post(at, { name: '', kind: 'national' });
  assert.equal(stale.status, 422);
  assert.ok(wrongAt(stale.body, 'name'));
});

test('a file is added or replaces; what is rejected can be fetched', async () => {
  const file = (text, mode) => people.admin.upload(`${at}/upload`, text, { mode });
  assert.equal((await file('phone_number,reason\n07700900001,first\n12,bad\n', 'add')).status, 303);
  let page = (await people.admin.get(at)).body;
  assert.match(page, /File imported <small>2 rows, 1 rejected/);
  assert.match(page, /2 rows, 1 new numbers, 0 duplicates, 1 rejected/);
  const rejects = await people.viewer.get(`${at}/rejected/export`);
  assert.match(rejects.headers['content-disposition'], /rejected\.csv/);
  assert.match(rejects.body, /phone_number,reason,line,reason\r\n12,bad,3,The phone number must have/);
  assert.equal((await file('phone_number\n07700900002\n07700900003\n', 'replace')).status, 303);
  assert.deepEqual(kept().filter(k => k.startsWith('Registry')),
    ['Registry 447700900002  admin one', 'Registry 447700900003  admin one']);
  for (const [text, why] of [['', /The file is empty/], ['Phone Number\n07700900001\n', /looks similar/],
    ['phone_number\n12\n', /No row has a valid phone number/], ['phone_number\n"07700900001\n', /quote/]]) {
    const got = await file(text, 'replace');
    assert.equal(got.status, 422, String(why));
    assert.match(wrongAt(got.body, 'file'), why);
  }
  assert.equal(kept().filter(k => k.startsWith('Registry')).length, 2);
  assert.deepEqual(readdirSync(uploadDir), []);
  const out = await people.viewer.get(`${at}/export`);
  assert.match(out.body, /447700900002,,,20[\d-]+T[\d:.]+Z,admin one\r\n/);
  assert.equal((await people.admin.get(`${at}/upload`)).headers.location, at);
});

test('a number is removed and a list is deleted, after a question', async () => {
  const drop = sure => people.admin.post(`${at}/remove?number=447700900002`, sure);
  assert.match((await drop()).body, /Remove <bdi>\+447700900002<\/bdi> from this list\?/);
  assert.equal((await drop({ confirm: '0' })).headers.location, at);
  assert.equal(kept().filter(k => k.startsWith('Registry')).length, 2);
  assert.equal((await drop({ confirm: '1' })).headers.location, at);
  assert.equal((await drop({ confirm: '1' })).status, 303, 'a second press');
  assert.equal(kept().filter(k => k.startsWith('Registry')).length, 1);
  assert.equal((await people.admin.post(`${at}/remove?number=x%27`, { confirm: '1' })).status, 404);
  assert.match((await people.admin.post(`${at}/delete`)).body, /Delete the do-not-call list “<bdi>Registry<\/bdi>”\?/);
  assert.equal((await people.admin.post(`${at}/delete`, { confirm: '1' })).headers.location, AT);
  assert.equal((await people.admin.get(at)).status, 404);
  assert.equal((await people.admin.post(`${AT}/own/delete`, { confirm: '1' })).status, 409);
});

test('pages of a long list lead on by number', async () => {
  const list = (await people.admin.post(`${AT}/new`, { name: 'Long', kind: 'other' })).headers.location;
  const rows = Array.from({ length: 120 }, (_, i) => `4477009${String(10000 + i).slice(1)}0`).join('\n');
  await people.admin.upload(`${list}/upload`, `phone_number\n${rows}\n`);
  let page = list, seen = [];
  while (page) {
    const body = (await people.viewer.get(page)).body;
    seen.push(...[...body.matchAll(/<th scope="row">\+(\d+)/g)].map(m => m[1]));
    page = body.match(/href="([^"]*\?after=\d+)">Next/)?.[1];
  }
  assert.equal(seen.length, 120);
  assert.deepEqual(seen, [...new Set(seen)].sort());
  assert.match((await people.viewer.get(`${list}?after=999999999999999`)).body, /No more numbers/);
});

test('a supervisor adds to no other list than the own one', async () => {
  const count = kept().length;
  const list = sql(`SELECT id FROM dnc_list WHERE name='Long'`);
  assert.equal((await people.supervisor.post(`${AT}/${list}/numbers`, { phone: '07700900500' })).status, 403);
  assert.equal(kept().length, count);
});
