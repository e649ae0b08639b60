// The page of holidays: read by all, kept by administrators; a wrong entry is
// said at its field, and what is kept counts at once.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Browser, ROLES, makeDatabase, sql, startWeb, stopAll, uploadDir } from '../bed.mjs';

const AT = '/dashboard/settings/holidays';
let web, people;
before(async () => {
  makeDatabase();
  web = await startWeb();
  people = {};
  for (const role of ROLES) people[role] = await new Browser(web).signIn(`${role}@one.test`);
});
after(stopAll);

const kept = (ws = 1) => sql(`SELECT CONCAT(day, ' ', name) FROM holiday WHERE workspace_id=${ws} ORDER BY day`).split('\n').filter(Boolean);
const audits = () => Number(sql(`SELECT COUNT(*) FROM audit WHERE action LIKE '%holiday%'`));
const form = async (entry, who = people.admin) => who.post(AT, entry);
const file = (content, who = people.admin) => who.upload(`${AT}/upload`, content, {});

test('one is added, gets another name, and is deleted; each is audited', async () => {
  const page = await people.admin.get(AT);
  assert.match(page.body, /No holidays yet/);
  assert.equal((await form({ day: '2026-12-25', name: ' Christmas <Day> ' })).status, 303);
  let after = await people.admin.get(AT);
  assert.match(after.body, /Holiday added <small>Fri 25 Dec 2026</);
  assert.match(after.body, /<time datetime="2026-12-25">Fri 25 Dec 2026<\/time><\/th><td><bdi id="h-2026-12-25">Christmas &lt;Day&gt;<\/bdi>/);
  await form({ day: '2026-12-25', name: 'Christmas' });
  assert.match((await people.admin.get(AT)).body, /Holiday renamed <small>Fri 25 Dec 2026</);
  assert.deepEqual(kept(), ['2026-12-25 Christmas']);
  assert.deepEqual(kept(2), []);
  const drop = sure => people.admin.post(`${AT}/delete?day=2026-12-25`, sure);
  const asked = await drop();
  assert.equal(asked.status, 200);
  assert.match(asked.body, /Delete the holiday “<bdi>Christmas<\/bdi>”\?/);
  assert.match(asked.body, /<title>Delete, Christmas · Outdial<\/title>/);
  assert.equal((await drop({ confirm: '0' })).headers.location, AT);
  assert.deepEqual(kept(), ['2026-12-25 Christmas']);
  const gone = await drop({ confirm: '1' });
  assert.equal(gone.headers.location, AT);
  assert.deepEqual(kept(), []);
  assert.equal(audits(), 3);
  assert.equal((await drop({ confirm: '1' })).status, 303, 'a second press');
  assert.equal((await drop()).status, 303, 'there is nothing to ask about');
  assert.equal(audits(), 3);
});

test('what is wrong is said at its field, and stays as entered', async () => {
  for (const [entry, id, why] of [
    [{ day: '25.12.2026', name: 'A "name"' }, 'day', /The day must be a date/],
    [{ day: '', name: 'X' }, 'day', /The day must be a date/],
    [{ name: 'X' }, 'day', /The day must be a date/],
    [{ day: '2026-02-30', name: 'X' }, 'day', /The day must be a date/],
    [{ day: '2026-12-25', name: '' }, 'name', /The name/],
    [{ day: '2026-12-25', name: 'x'.repeat(121) }, 'name', /The name/],
  ]) {
    const got = await form(entry);
    assert.equal(got.status, 422, JSON.stringify(entry));
    const said = got.body.match(new RegExp(`id="e-${id}" role="alert">.*?<span>(.*?)</span>`));
    assert.match(said[1], why);
    assert.match(got.body, new RegExp(`id="f-${id}"[^>]*aria-invalid="true"`));
    assert.equal(got.body.match(/aria-invalid/g).length, 1);
    assert.match(got.body, /<title>Error: Holidays · Outdial<\/title>/);
    assert.match(got.body, new RegExp(`id="f-${id}"[^>]*autofocus`));
    if (entry.day === '25.12.2026') assert.match(got.body, /value="A &quot;name&quot;"/);
  }
  const both = (await form({})).body;
  for (const id of ['day', 'name']) assert.match(both, new RegExp(`id="f-${id}"[^>]*aria-invalid="true"`), 'both at once');
  assert.deepEqual(kept(), []);
});

test('a CSV file: all of it or nothing, and no file stays on the disk', async () => {
  assert.equal((await file('name,day\nNew Year,2027-01-01\nEaster,2027-03-28\n')).status, 303);
  assert.match((await people.admin.get(AT)).body, /2 holidays added/);
  const both = ['2027-01-01 New Year', '2027-03-28 Easter'];
  assert.deepEqual(kept(), both);
  for (const [content, why] of [
    ['', /The file is empty/],
    ['name,day\n', /The file has no holidays/],
    ['name,Date\nX,2027-01-01\n', /there is no column “day”/],
    ['name,day\nA,2027-05-01\nB,2027-13-01\n', /Line 3: The day must be a date/],
    ['name,day\nA,2027-05-01\nB,2027-05-01\n', /Line 3: the day is the same as in line 2/],
    ['name,day\nA\0,2027-05-01\n', /Line 2 contains a NUL byte/],
    ['name,day\n"Open,2027-05-01\n', /quote/],
    [`name,day\n${'x'.repeat(2 << 20)},2027-05-01\n`, /larger than 1 MB/],
    [`name,day\n${'x'.repeat(1 << 20)},2027-05-01\n`, /larger than 1,024 KB/],
  ]) {
    const got = await file(content);
    assert.equal(got.status, 422, String(why));
    assert.match(got.body.match(/id="e-file" role="alert">.*?<span>(.*?)<\/span>/)[1], why);
  }
  assert.equal((await people.admin.get(`${AT}/upload`)).headers.location, AT);
  assert.deepEqual(kept(), both);
  assert.deepEqual(readdirSync(uploadDir), []);
});

test('others read the page, and see no form', async () => {
  for (const role of ['viewer', 'supervisor']) {
    const page = await people[role].get(AT);
    assert.equal(page.status, 200);
    assert.match(page.body, /Easter/);
    assert.doesNotMatch(page.body.split('<main')[1].split('</main>')[0], /<form/);
  }
  const other = await new Browser(web).signIn('admin@two.test');
  assert.match((await other.get(AT)).body, /No holidays yet/);
});

test('the wizard counts them and leads there', async () => {
  const b = people.supervisor, root = '/dashboard/campaigns/new';
  const rev = body => ({ rev: body.match(/name="rev" value="(\d+)"/)[1], ver: '0' });
  let page = await b.get(`${root}/basics`);
  await b.post(`${root}/basics`, { ...rev(page.body), name: 'Any', bot_id: '1', go: 'next' });
  page = await b.get(`${root}/numbers`);
  await b.post(`${root}/numbers`, { ...rev(page.body), numbers: '1', shown: '1', go: 'next' });
  page = await b.get(`${root}/dialler`);
  assert.match(page.body, new RegExp(`<a href="${AT}">2 holidays ahead</a>`));
});
