// The audit log: administrators find who did what, page by page and as a file.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, ROLES, addCampaign, makeDatabase, rawId, sql, startWeb, stopAll } from '../bed.mjs';

const AT = '/dashboard/settings/audit';
let web, people;
before(async () => {
  makeDatabase();
  web = await startWeb();
  people = {};
  for (const role of ROLES) people[role] = await new Browser(web).signIn(`${role}@one.test`);
});
after(stopAll);

const entries = html => [...html.matchAll(/<li>\s*<p class="audit-head"><b><bdi>([^<]*)<\/bdi><\/b><span class="audit-action">([^<]*)<\/span>/g)]
  .map(m => `${m[1]}: ${m[2]}`);

// A CSV reader that knows quotes, so that the file is judged by another.
function csv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter(row => row.length > 1);
}

test('signing in and out is in it', async () => {
  const b = await new Browser(web).signIn('viewer@one.test');
  assert.equal((await b.post('/logout')).status, 303);
  const page = await people.admin.get(AT);
  assert.deepEqual(entries(page.body).slice(0, 2), ['viewer one: Sign out', 'viewer one: Sign in']);
});

test('before and after are shown by the names of settings, with a link to the campaign', async () => {
  const id = addCampaign({ name: 'Spring <i>offer</i>' });
  sql(`INSERT INTO audit SET workspace_id=1, campaign_id=${rawId(id)}, at=NOW(6), actor='Ann \u202e<b>',
    user_id=3, action='edit', was='{"concurrency":50,"odd":"=1+1"}', became='{"concurrency":80,"odd":"x"}'`);
  const { body } = await people.admin.get(AT);
  assert.match(body, /<dt>Concurrency Limit<\/dt><dd><span class="vh">from <\/span><bdi class="audit-was">50<\/bdi>.*<bdi>80<\/bdi>/);
  assert.match(body, /<dt>Odd<\/dt>.*<bdi class="audit-was">=1\+1<\/bdi>/);
  assert.match(body, new RegExp(`<a href="/dashboard/campaigns/${id}"><bdi>Spring &lt;i&gt;offer&lt;/i&gt;</bdi></a>`));
  assert.match(body, /<b><bdi>Ann \u202e&lt;b&gt;<\/bdi>/);
});

test('the filter finds who, what, which campaign and when', async () => {
  const id = addCampaign({ name: 'Filtered' });
  const add = (who, user, action, at, campaign = 'NULL') => sql(`INSERT INTO audit SET workspace_id=1,
    campaign_id=${campaign}, at='${at}', actor='${who}', user_id=${user}, action='${action}'`);
  add('', 'NULL', 'complete', '2020-03-28 23:30:00', rawId(id));
  add('', 'NULL', 'fail', '2020-03-29 23:30:00', rawId(id)); // 30 March in London
  add('Gone', 99, 'hold', '2020-03-30 12:00:00');
  const found = async q => entries((await people.admin.get(`${AT}?${new URLSearchParams(q)}`)).body);
  assert.deepEqual(await found({ campaign: id }), ['Dialler: Run failed', 'Dialler: Run completed']);
  assert.deepEqual(await found({ who: 'dialler' }), ['Dialler: Run failed', 'Dialler: Run completed']);
  assert.deepEqual(await found({ who: 'Gone' }), ['Gone: Hold']);
  assert.deepEqual(await found({ action: 'fail', who: 'dialler' }), ['Dialler: Run failed']);
  assert.deepEqual(await found({ from: '2020-03-30', to: '2020-03-30' }), ['Gone: Hold', 'Dialler: Run failed']);
  assert.deepEqual(await found({ to: '2020-03-29' }), ['Dialler: Run completed']);
  assert.deepEqual(await found({ campaign: id, who: 'Gone' }), []);
  const page = (await people.admin.get(`${AT}?who=Gone`)).body;
  assert.match(page, /<option value="Gone" selected>Gone<\/option>/, 'who has left can be chosen');
  assert.match(page, new RegExp(`href="${AT}\\.csv\\?who=Gone"`));
  const other = await new Browser(web).signIn('admin@two.test');
  assert.match((await other.get(`${AT}?campaign=${id}`)).body, /No entries found/);
});

test('what is wrong with the filter is said at its field', async () => {
  for (const [q, field] of [['campaign=xyz', 'campaign'], ['from=1.5.', 'from'], ['to=2026-02-30', 'to']]) {
    const got = await people.admin.get(`${AT}?${q}`);
    assert.equal(got.status, 422, q);
    assert.match(got.body, new RegExp(`id="e-${field}" role="alert"`));
    assert.match(got.body, /<title>Error: Audit Log/);
  }
  for (const q of ['past=x', 'past=1-', 'past=-1-1', `past=${'9'.repeat(39)}`])
    assert.equal((await people.admin.get(`${AT}?${q}`)).status, 422, q);
});

test('the pages have every entry once, and so has the file, which no spreadsheet runs', async () => {
  sql(`INSERT INTO audit (workspace_id, at, actor, user_id, action, became)
    SELECT 1, '2021-06-01' + INTERVAL seq DIV 3 SECOND, 'Many', 88, 'edit', CONCAT('{"name":"=SUM(', seq, ')"}')
    FROM seq_1_to_1234`);
  const seen = [];
  let path = `${AT}?who=Many`;
  for (let pages = 0; path; pages++) {
    assert.ok(pages < 30);
    const { body } = await people.admin.get(path);
    seen.push(...[...body.matchAll(/<bdi>=SUM\((\d+)\)<\/bdi>/g)].map(m => Number(m[1])));
    path = body.match(/<a class="btn page" href="([^"]*)" rel="next">Older/)?.[1].replaceAll('&amp;', '&');
  }
  assert.deepEqual(seen, Array.from({ length: 1234 }, (_, i) => 1234 - i));
  const file = await people.admin.get(`${AT}.csv?who=Many`);
  assert.equal(file.status, 200);
  assert.match(file.headers['content-type'], /^text\/csv/);
  assert.match(file.headers['content-disposition'], /audit\.csv/);
  const lines = csv(file.body.replace(/^\uFEFF/, ''));
  assert.equal(lines.length, 1235);
  assert.equal(lines[0].join(), 'time,zone,who,action,campaign,campaign_id,changes,before,after');
  assert.deepEqual(lines[1], ['2021-06-01T01:06:51.000000+01:00', 'Europe/London', 'Many', 'Edit', '', '',
    'Name: =SUM(1234)', '', '{"name":"=SUM(1234)"}']);
  sql(`INSERT INTO audit SET workspace_id=1, at=NOW(6), actor='=cmd|x', user_id=89, action='edit'`);
  assert.match((await people.admin.get(`${AT}.csv?who=89`)).body, /,"'=cmd\|x",/);
});
