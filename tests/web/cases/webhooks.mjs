// The pages of webhooks: for administrators; the secret is shown once, a wrong
// entry is told at its field, and the list of campaigns says what is off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, LIST, ROLES, makeDatabase, redis, sql, startWeb, stopAll } from '../bed.mjs';

const AT = '/dashboard/settings/webhooks';
const URL_ = 'https://example.com/hook?a=<b>'.replace('<b>', '%3Cb%3E');
let web, people;
before(async () => {
  makeDatabase();
  web = await startWeb();
  people = {};
  for (const role of ROLES) people[role] = await new Browser(web).signIn(`${role}@one.test`);
});
after(stopAll);

const kinds = (...words) => words.map(w => ['kinds', w]);
const form = (url, list = kinds('attempt.finished'), description = '') =>
  [['url', url], ['description', description], ...list];
const rows = (ws = 1) => sql(`SELECT url, kinds, enabled FROM endpoint WHERE workspace_id=${ws} ORDER BY id`);
const audits = () => sql(`SELECT GROUP_CONCAT(action ORDER BY id) FROM audit WHERE action LIKE '%webhook%'`);
const idOf = url => sql(`SELECT id FROM endpoint WHERE workspace_id=1 AND url='${url}'`);
const verOf = id => sql(`SELECT ver FROM endpoint WHERE id=${id}`);

test('one is added: its secret is shown once, and is in no other page', async () => {
  const admin = people.admin;
  assert.match((await admin.get(AT)).body, /No webhooks yet/);
  const made = await admin.post(AT, form(URL_, kinds('attempt.finished', 'campaign.status'), '‮<b>Books</b>'));
  assert.equal(made.status, 200, made.body);
  const [secret] = made.body.match(/whsec_[A-Za-z0-9+/]{43}=/);
  assert.equal(rows(), `${URL_}\t${8 + 32}\t1`);
  assert.equal(rows(2), '');
  const id = idOf(URL_);
  for (const at of [AT, `${AT}/${id}`]) {
    const { body } = await admin.get(at);
    assert.doesNotMatch(body, /whsec_/);
    assert.match(body, /<bdi>‮&lt;b&gt;Books&lt;\/b&gt;<\/bdi>/);
  }
  assert.ok(!sql('SELECT GROUP_CONCAT(became) FROM audit').includes(secret));
  const twice = await admin.post(AT, form(URL_));
  assert.equal(twice.status, 422, 'a second press');
  assert.match(twice.body, /id="e-url" role="alert">.*?already a webhook/);
  assert.equal(audits(), 'add webhook');
});

test('what is wrong is told at its field, all at once, and stays as entered', async () => {
  const got = await people.admin.post(AT, [['url', 'ftp://x"'], ['description', 'x'.repeat(201)]]);
  assert.equal(got.status, 422);
  for (const id of ['description', 'kinds']) assert.match(got.body, new RegExp(`id="e-${id}" role="alert"`));
  assert.match(got.body, /value="ftp:\/\/x&quot;"/);
  assert.match(got.body, /<title>Error: Webhooks · Outdial<\/title>/);
  for (const [url, why] of [['ftp://x', /begin with https/], ['https://u:p@x/', /user name/], ['https://', /no host/],
    ['', /Address/], ['https://x/#a', /fragment/], [`https://x/${'a'.repeat(500)}`, /Address/]]) {
    const one = await people.admin.post(AT, form(url));
    assert.equal(one.status, 422, url);
    assert.match(one.body.match(/id="e-url" role="alert">.*?<span>(.*?)<\/span>/)[1], why);
  }
  const unknown = await people.admin.post(AT, form('https://x/', kinds('attempt.eaten')));
  assert.equal(unknown.status, 422);
  assert.match(unknown.body, /id="e-kinds" role="alert"/);
});

test('it is changed, and a form that is out of date is refused', async () => {
  const id = idOf(URL_), ver = verOf(id);
  const save = v => people.admin.post(`${AT}/${id}`, [['ver', v], ...form(URL_, kinds('contact.final'))]);
  assert.equal((await save(ver)).status, 303);
  assert.equal(rows(), `${URL_}\t16\t1`);
  assert.equal((await save(ver)).status, 409);
  assert.equal(sql('SELECT kinds FROM event_seq'), '16');
});

test('off, on, a test event, a new secret', async () => {
  const admin = people.admin, id = idOf(URL_), act = (word, more = {}) =>
    admin.post(`${AT}/${id}/${word}`, { ver: verOf(id), ...more });
  assert.equal((await act('off')).headers.location, `${AT}/${id}`);
  assert.equal(sql('SELECT kinds FROM event_seq'), '0');
  assert.equal((await act('test')).status, 409);
  assert.equal((await act('on')).status, 303);
  assert.equal((await act('test')).status, 303);
  assert.equal(sql('SELECT kind, run_id FROM event'), `6\t${id}`);
  const asked = await act('rotate');
  assert.match(asked.body, /Make a new secret for/);
  assert.doesNotMatch(asked.body, /whsec_/);
  const rotate = ver => admin.post(`${AT}/${id}/rotate?ver=${ver}`, { confirm: '1' });
  const ver = verOf(id), fresh = await rotate(ver);
  assert.match(fresh.body, /whsec_[A-Za-z0-9+/]{43}=/);
  assert.match(fresh.body, /The old secret signs beside it/);
  assert.equal((await rotate(ver)).status, 409, 'a reload makes no second one');
});

test('the log, page by page, and one event again', async () => {
  const id = idOf(URL_);
  sql(`UPDATE endpoint SET next_seq=1000;
    INSERT INTO event (workspace_id, seq, kind, at, campaign_id, run_id) SELECT 1, seq + 10, 4, NOW(6), 5, 5 FROM seq_1_to_120;
    INSERT INTO delivery SELECT ${id}, seq + 10, 1, IF(seq=120, 0, 1), 1, NOW(6), NOW(6), NOW(6), IF(seq=120, 0, 200),
      IF(seq=120, 'Could not connect <x>', ''), 12 FROM seq_1_to_120`);
  const first = await people.admin.get(`${AT}/${id}`);
  assert.equal(first.body.match(/Send event \d+ again/g).length, 50);
  assert.match(first.body, /Waiting: Could not connect &lt;x&gt;/);
  assert.match(first.body, /Delivered: 200 in 12 ms/);
  const [, before] = first.body.match(/\?before=(\d+)/);
  const next = await people.admin.get(`${AT}/${id}?before=${before}`);
  assert.match(next.body, /Send event 80 again/);
  assert.doesNotMatch(next.body, /Send event 81 again/);
  assert.equal((await people.admin.get(`${AT}/${id}?before=x`)).status, 400);
  assert.equal((await people.admin.post(`${AT}/${id}/replay?from=20&to=20`)).status, 303);
  assert.match((await people.admin.get(`${AT}/${id}`)).body, /Sent again <small>1 event</);
  assert.equal(sql(`SELECT COUNT(*) FROM delivery WHERE state=0 AND tries=0 AND seq=20`), '1');
  for (const range of [{ from: '0' }, { from: 'x' }, { from: '9', to: '3' }, { from: '1', to: '999999' }, {}])
    assert.equal((await people.admin.post(`${AT}/${id}/replay`, range)).status, 422, JSON.stringify(range));
});

test('the list of campaigns says that one is off, to an administrator where', async () => {
  const id = idOf(URL_);
  for (const role of ROLES) assert.doesNotMatch((await people[role].get(LIST)).body, /webhook is off/);
  sql(`UPDATE endpoint SET enabled=0, off_why=2, off_at=NOW(6) WHERE id=${id}`);
  redis('FLUSHALL');
  for (const role of ROLES) {
    const { body } = await people[role].get(LIST);
    assert.match(body, /1 webhook is off because the address failed/);
    assert.equal(body.includes(`<a href="${AT}">Webhooks</a>`), role === 'admin');
  }
  assert.match((await people.admin.get(`${AT}/${id}`)).body, /It answered 410 Gone/);
});

test('the feed is switched on and off', async () => {
  await people.admin.post(`${AT}/feed`, { on: 'yes' });
  assert.match((await people.admin.get(AT)).body, /The feed is on/);
  assert.equal(sql('SELECT feed, kinds FROM event_seq'), `1\t${8 + 16 + 32}`);
  await people.admin.post(`${AT}/feed`, { on: 'no' });
  assert.equal(sql('SELECT feed, kinds FROM event_seq'), '0\t0');
});

test('others are not led there', async () => {
  for (const role of ['viewer', 'supervisor'])
    assert.doesNotMatch((await people[role].get('/dashboard/settings')).body, /Webhooks/);
  assert.match((await people.admin.get('/dashboard/settings')).body, /Webhooks/);
  assert.equal((await people.admin.get(`${AT}/0`)).status, 404);
  assert.equal((await people.admin.get(`${AT}/x`)).status, 404);
});

test('it is removed, and a second press finds nothing', async () => {
  const id = idOf(URL_), drop = more => people.admin.post(`${AT}/${id}/remove`, more);
  assert.match((await drop()).body, /Remove the webhook “<bdi>https:\/\/example\.com/);
  assert.equal((await drop({ confirm: '0' })).headers.location, `${AT}/${id}`);
  assert.equal((await drop({ confirm: '1' })).headers.location, AT);
  assert.equal((await drop({ confirm: '1' })).headers.location, AT);
  assert.equal(rows(), '');
});
