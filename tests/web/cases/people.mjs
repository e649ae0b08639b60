// The people of a workspace: invited by a link, changed, disabled, removed; and
// what everybody does with the own account.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, HTMX, LIST, PASSWORD, ROLES, makeDatabase, redis, sql, startWeb, stopAll } from '../bed.mjs';

const AT = '/dashboard/settings/users', OWN = '/dashboard/account';
let web, people;
before(async () => {
  makeDatabase();
  web = await startWeb();
  people = {};
  for (const role of ROLES) people[role] = await new Browser(web).signIn(`${role}@one.test`);
});
after(stopAll);

const idOf = email => Number(sql(`SELECT id FROM user WHERE email='${email}'`));
const invite = (entry, who = people.admin) => who.post(AT, { name: '', role: 'viewer', ...entry });
const linkIn = body => /value="http[^"]*(\/invitation\/[\w-]{43})"/.exec(body)?.[1];
const alive = async b => (await b.get(LIST)).status === 200;
const json = { accept: 'application/json' };

test('an invitation: the link is shown once, opens a page, and signs in', async () => {
  const made = await invite({ email: ' Cleo@Example.test ', role: 'supervisor' });
  assert.equal(made.status, 200);
  const link = linkIn(made.body);
  assert.ok(link, 'the page has the link');
  assert.equal(made.headers['cache-control'], 'no-store');
  for (const table of ['user_link', 'audit', 'user'])
    assert.doesNotMatch(sql(`SELECT * FROM ${table}`), new RegExp(link.slice(12)), `${table} has not the token`);
  assert.doesNotMatch((await people.admin.get(AT)).body, /\/invitation\//);
  assert.match((await people.admin.get(AT)).body, /Invited, link valid until/);
  const b = new Browser(web), page = await b.get(link);
  assert.equal(page.status, 200);
  assert.match(page.body, /You are invited to <bdi>Workspace one<\/bdi>/);
  assert.match(page.body, /name="name"[^>]* value="Cleo"/);
  assert.match((await b.get(link)).body, /Accept/, 'a look does not use it up');
  const got = await b.post(link, { name: 'Cleo <b>', password: 'seven bright lamps' });
  assert.equal(got.status, 303);
  assert.equal(got.headers.location, LIST);
  assert.match((await b.get(LIST)).body, /Cleo &lt;b&gt;/);
  assert.equal((await new Browser(web).get(link)).status, 404, 'once');
  assert.equal((await new Browser(web).post(link, { name: 'x', password: 'seven bright lamps' })).status, 404);
  assert.doesNotMatch(web.log(), new RegExp(link.slice(12)), 'no log names the token');
  assert.match(web.log(), /GET \/invitation\/:id 404/);
});

test('who has not accepted cannot sign in, and takes as long as a wrong password', async () => {
  await invite({ email: 'late@example.test' });
  for (const password of ['', 'x', PASSWORD])
    assert.equal((await new Browser(web).post('/login', { email: 'late@example.test', password })).status, 422);
  sql('DELETE FROM sign_in_try');
});

test('what is wrong is said at its field, and stays as entered', async () => {
  for (const [entry, id, why] of [
    [{ email: 'nobody' }, 'email', /E-mail must be an address/],
    [{ email: '' }, 'email', /E-mail must have/],
    [{ email: 'ADMIN@ONE.TEST' }, 'email', /already in use/],
    [{ email: 'a@b.test', name: 'x'.repeat(121) }, 'name', /Name must have/],
    [{ email: 'a@b.test', role: 'boss' }, 'role', /Role must be viewer, supervisor or admin/],
  ]) {
    const got = await invite(entry);
    assert.ok([409, 422].includes(got.status), JSON.stringify(entry));
    assert.match(got.body.match(new RegExp(`id="e-${id}" role="alert">.*?<span>(.*?)</span>`))[1], why);
    assert.match(got.body, /<title>Error: Users/);
  }
  const link = linkIn((await invite({ email: 'dora@example.test' })).body), b = new Browser(web);
  for (const [form, id, why] of [
    [{ name: 'Dora', password: 'short' }, 'password', /12 to 200 characters/],
    [{ name: 'Dora', password: 'dora@example.test' }, 'password', /too easy to guess/],
    [{ name: 'Dora', password: 'xyxyxyxyxyxyxy' }, 'password', /different characters/],
    [{ name: ' ', password: 'seven bright lamps' }, 'name', /Name must have/],
  ]) {
    const got = await b.post(link, form);
    assert.equal(got.status, 422);
    assert.match(got.body.match(new RegExp(`id="e-${id}" role="alert">.*?<span>(.*?)</span>`))[1], why);
    assert.doesNotMatch(got.body, /type="password"[^>]*value/, 'the password does not come back');
  }
  assert.equal((await b.post(link, { name: 'D', password: 'seven bright lamps' }, { origin: 'http://evil.test' })).status, 403);
});

test('the list: all read it, only administrators have forms; another workspace is not there', async () => {
  for (const role of ['viewer', 'supervisor']) {
    const page = await people[role].get(AT);
    assert.match(page.body, /admin@one\.test/);
    assert.doesNotMatch(page.body.split('<main')[1].split('</main>')[0], /<form|users\/edit/);
  }
  const other = await new Browser(web).signIn('admin@two.test'), id = idOf('viewer@one.test');
  assert.doesNotMatch((await other.get(AT)).body, /one\.test/);
  for (const bad of ['', 'x', '0', '-1', '99999999999999999999'])
    assert.equal((await people.admin.get(`${AT}/edit?user=${bad}`)).status, 404, bad);
});

test('a changed role counts at the next request, on a page that is open too', async () => {
  const id = idOf('supervisor@one.test'), b = people.supervisor;
  const change = (form, who = people.admin) => who.post(`${AT}/edit?user=${id}`, form);
  const version = () => sql(`SELECT ver FROM user WHERE id=${id}`);
  await b.get(LIST);
  const stale = version();
  assert.equal((await change({ name: 'Sue', role: 'viewer', version: stale })).status, 303);
  assert.equal((await b.post('/dashboard/hold')).status, 403, 'no copy of the old role is used');
  assert.match((await b.get(LIST)).body, />Sue</);
  assert.equal((await change({ name: 'Sue', role: 'supervisor', version: stale }, people.admin)).status, 409, 'a stale page');
  assert.equal((await change({ name: 'Sue', role: 'supervisor', version: version() })).status, 303);
  assert.notEqual((await b.post('/dashboard/release')).status, 403);
});

test('who is disabled is signed out at once, on every node', async () => {
  const second = await startWeb(), id = idOf('viewer@one.test');
  const here = await new Browser(web).signIn('viewer@one.test'), there = await new Browser(second).signIn('viewer@one.test');
  assert.ok(await alive(here) && await alive(there), 'both have a copy in Redis');
  const asked = await people.admin.post(`${AT}/disable?user=${id}`);
  assert.match(asked.body, /Disable <bdi>viewer one<\/bdi>\?/);
  assert.ok(await alive(here), 'a question does nothing');
  assert.equal((await people.admin.post(`${AT}/disable?user=${id}`, { confirm: '0' })).status, 303);
  assert.ok(await alive(here), 'nor does Cancel');
  const done = await people.admin.htmx(`${AT}/disable?user=${id}`, { confirm: '1' });
  assert.equal(done.headers['hx-redirect'], AT);
  assert.ok(!await alive(here) && !await alive(there));
  assert.equal((await new Browser(web).post('/login', { email: 'viewer@one.test', password: PASSWORD })).status, 422);
  assert.equal((await people.admin.post(`${AT}/disable?user=${id}`, { confirm: '1' }, json)).status, 409);
  assert.equal((await people.admin.post(`${AT}/enable?user=${id}`)).status, 303);
  people.viewer = await new Browser(web).signIn('viewer@one.test');
  await second.stop();
});

test('the last administrator, and oneself', async () => {
  const id = idOf('admin@one.test');
  assert.equal((await people.admin.post(`${AT}/remove?user=${id}`, { confirm: '1' }, json)).status, 409);
  assert.equal((await people.admin.post(`${AT}/edit?user=${id}`, { name: 'A', role: 'viewer',
    version: sql(`SELECT ver FROM user WHERE id=${id}`) }, json)).status, 409);
  const page = await people.admin.get(`${AT}/edit?user=${id}`);
  assert.doesNotMatch(page.body, /name="role"|users\/(disable|remove)/);
});

test('a reset link: the new password counts, and all sessions end', async () => {
  const b = await new Browser(web).signIn('supervisor@one.test');
  const made = await people.admin.post(`${AT}/link?user=${idOf('supervisor@one.test')}`);
  const link = linkIn(made.body), one = new Browser(web);
  assert.match(made.body, /valid for 24 hours/);
  assert.ok(await alive(b), 'the link alone changes nothing');
  assert.doesNotMatch((await one.get(link)).body, /name="name"/);
  assert.equal((await one.post(link, { password: 'nine quiet rivers' })).status, 303);
  assert.ok(await alive(one));
  assert.ok(!await alive(b));
  assert.equal((await new Browser(web).post('/login', { email: 'supervisor@one.test', password: PASSWORD })).status, 422);
  people.supervisor = one;
});

test('a removed user is signed out, and is no longer there', async () => {
  const link = linkIn((await invite({ email: 'gone@example.test' })).body), b = new Browser(web);
  await b.post(link, { name: 'Gone', password: 'seven bright lamps' });
  assert.ok(await alive(b));
  const id = idOf('gone@example.test');
  assert.equal((await people.admin.post(`${AT}/remove?user=${id}`, { confirm: '1' })).status, 303);
  assert.ok(!await alive(b));
  assert.equal((await people.admin.post(`${AT}/remove?user=${id}`, { confirm: '1' }, json)).status, 404, 'a second press');
  assert.equal(sql(`SELECT COUNT(*) FROM user WHERE id=${id}`), '0');
});

test('the own account: look, which the next page has', async () => {
  const b = people.viewer, set = form => b.post(OWN, form);
  assert.equal((await set({ theme: 'dark', density: 'compact' })).status, 303);
  const page = await b.get(OWN);
  assert.match(page.body, /<html [^>]*data-theme="dark" data-density="compact" data-keys="off"/);
  assert.match(page.body, /<option value="dark" selected>/);
  assert.equal((await set({ theme: 'system', density: 'normal', letter_keys: 'yes' })).status, 303);
  assert.doesNotMatch((await b.get(OWN)).body, /<html [^>]*data-/);
  assert.equal((await set({})).status, 422, 'an empty form sets nothing');
  assert.equal((await set({ theme: 'pink', density: 'normal' })).status, 422);
});

test('the own password: the present one is asked, and other sessions end', async () => {
  const b = people.viewer, other = await new Browser(web).signIn('viewer@one.test');
  const set = (present, password) => b.post(`${OWN}/password`, { present, password });
  for (const [present, password, id] of [['wrong', 'nine quiet rivers', 'present'], [PASSWORD, 'short', 'password']]) {
    const got = await set(present, password);
    assert.equal(got.status, 422);
    assert.match(got.body, new RegExp(`id="e-${id}"`));
  }
  assert.equal((await set(PASSWORD, 'nine quiet rivers')).status, 303);
  assert.ok(await alive(b));
  assert.ok(!await alive(other));
  for (let i = 0; i < 12; i++) await set('wrong', 'nine quiet rivers');
  const tired = await set('nine quiet rivers', PASSWORD);
  assert.equal(tired.status, 429, 'tries are counted');
  assert.ok(Number(tired.headers['retry-after']) > 0);
  sql('DELETE FROM sign_in_try');
  assert.equal((await set('nine quiet rivers', PASSWORD)).status, 303);
});

test('the own sessions: listed, ended one by one, and all of them', async () => {
  const b = people.viewer;
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
  const other = new Browser(web);
  await other.post('/login', { email: 'viewer@one.test', password: PASSWORD }, { 'user-agent': agent });
  assert.ok(await alive(other));
  const page = await b.get(OWN), keys = [...page.body.matchAll(/sign-out\?session=(\w{64})/g)].map(m => m[1]);
  assert.match(page.body, /Firefox on Linux/);
  assert.match(page.body, /192\.0\.2\.1/);
  assert.equal(keys.length, 2);
  assert.equal(page.body.match(/this one/g).length, 1 + 1, 'one row, and the question');
  const own = /id="s-(\w{64})">[^<]*\(this one\)/.exec(page.body)[1], theirs = keys.find(k => k !== own);
  assert.equal((await people.admin.post(`${OWN}/sign-out?session=${theirs}`, {}, json)).status, 404, 'somebody else’s');
  assert.equal((await b.post(`${OWN}/sign-out?session=${theirs}`)).status, 303);
  assert.ok(!await alive(other));
  assert.ok(await alive(b));
  const third = await new Browser(web).signIn('viewer@one.test');
  assert.match((await b.post(`${OWN}/sign-out-everywhere`)).body, /Sign out everywhere\?/);
  const out = await b.post(`${OWN}/sign-out-everywhere`, { confirm: '1' });
  assert.equal(out.headers.location, '/login?why=out');
  assert.ok(!await alive(b) && !await alive(third));
});

test('a mark in Redis that is not ours ends nobody', async () => {
  const b = await new Browser(web).signIn('admin@two.test');
  const key = redis('KEYS', 'session:*').split('\n');
  for (const k of key) redis('SET', k, 'changed');
  assert.ok(await alive(b));
  assert.equal((await b.get(LIST, HTMX)).status, 200);
});
