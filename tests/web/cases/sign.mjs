// Signing in, staying signed in, and ending it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, HTMX, LIST, PASSWORD, addCampaign, makeDatabase, pages, redis, sql, startWeb, stopAll }
  from '../bed.mjs';

let web;
before(async () => {
  makeDatabase();
  addCampaign({ name: 'Seen' });
  web = await startWeb();
});
after(stopAll);

// What was tried is forgotten.
const forget = () => sql('DELETE FROM sign_in_try');

test('the front doors lead to the list, and the list to the sign-in page', async () => {
  for (const path of ['/', '/dashboard']) {
    const got = await web.ask({ path });
    assert.equal(got.status, 303);
    assert.equal(got.headers.location, LIST);
  }
  const got = await web.ask({ path: `${LIST}?q=a%26b` });
  assert.equal(got.status, 303);
  assert.equal(got.headers.location, '/login?next=%2Fdashboard%2Fcampaigns%3Fq%3Da%2526b');
});

test('the sign-in page has its fields, and no session', async () => {
  const got = await web.ask({ path: `/login?next=${encodeURIComponent(LIST + '?q=a%26b')}` });
  assert.equal(got.status, 200);
  assert.match(got.body, /<label for="email">E-mail<\/label>/);
  assert.match(got.body, /<label for="password">Password<\/label>/);
  assert.match(got.body, /name="next" value="\/dashboard\/campaigns\?q=a%26b"/);
  assert.equal(got.headers['set-cookie'], undefined);
});

test('the right password opens the page that was asked for', async () => {
  const b = new Browser(web);
  const got = await b.post('/login', { email: ' Viewer@ONE.test ', password: PASSWORD, next: `${LIST}?q=Seen` });
  assert.equal(got.status, 303);
  assert.equal(got.headers.location, `${LIST}?q=Seen`);
  assert.match(got.headers['set-cookie'], /^outdial=[\w-]{43}\.1\.0; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/);
  assert.match((await b.get(`${LIST}?q=Seen`)).body, /Seen/);
});

test('who has signed in already is led on', async () => {
  const b = await new Browser(web).signIn('viewer@one.test');
  const got = await b.get(`/login?next=${encodeURIComponent(LIST + '?q=Seen')}`);
  assert.equal(got.status, 303);
  assert.equal(got.headers.location, `${LIST}?q=Seen`);
  assert.equal((await b.get('/login?next=//evil.test')).headers.location, LIST);
  b.jar.outdial = 'A'.repeat(43);
  assert.equal((await b.get('/login')).status, 200);
});

test('only pages of ours are returned to', async () => {
  for (const next of ['https://evil.test/', '//evil.test/', '/\\evil.test', '/dashboardx', 'dashboard',
    '/dashboard/\r\nX: y', '/dashboard\\..\\', '/dashboard/\t/evil.test']) {
    const got = await new Browser(web).post('/login', { email: 'viewer@one.test', password: PASSWORD, next });
    if (got.status === 303) assert.equal(got.headers.location, LIST, next);
    else assert.equal(got.status, 400, next);
  }
});

test('a question that outlived its session leads to a page, not to an action', async () => {
  const id = addCampaign({ name: 'Asked', status: 'completed' }), at = `${LIST}/${id}/restart?from=completed`;
  const b = await new Browser(web).signIn('supervisor@one.test');
  assert.match((await b.post(at)).body, /Prepare this campaign/);
  sql('DELETE FROM session');
  redis('FLUSHALL');
  const out = await b.post(at, { confirm: '1' }, { referer: `http://outdial.test${at}` });
  assert.equal(out.status, 303);
  const next = new URL(out.headers.location, 'http://outdial.test').searchParams.get('next');
  const got = await b.post('/login', { email: 'supervisor@one.test', password: PASSWORD, next: next ?? '' });
  assert.equal(got.status, 303);
  assert.equal((await b.get(got.headers.location)).status, 200);
});

test('a wrong password and an unknown e-mail get the same answer', async () => {
  const b = new Browser(web);
  const wrong = await b.post('/login', { email: 'viewer@one.test', password: 'wrong' });
  const unknown = await b.post('/login', { email: 'viewer@nowhere.test', password: 'wrong' });
  assert.equal(wrong.status, 422);
  assert.equal(unknown.status, 422);
  assert.match(wrong.body, /The e-mail address or password is wrong\./);
  assert.equal(wrong.body.replace('viewer@one', ''), unknown.body.replace('viewer@nowhere', ''));
  assert.deepEqual(b.jar, {});
});

test('an unknown e-mail, a disabled and an invited person cost as many hashes as a wrong password', async () => {
  sql(`INSERT INTO user (workspace_id, email, name, role, password_hash, created_at, disabled_at)
    SELECT 1, 'disabled@one.test', 'D', 0, password_hash, NOW(6), NOW(6) FROM user WHERE email = 'admin@one.test'
    UNION SELECT 1, 'invited@one.test', 'I', 0, '', NOW(6), NULL`);
  const cost = async email => {
    const before = pages(web.pid);
    for (let i = 0; i < 9; i++) await new Browser(web).post('/login', { email, password: 'wrong' });
    forget();
    return pages(web.pid) - before;
  };
  const known = await cost('admin@one.test');
  for (const email of ['nobody@one.test', 'disabled@one.test', 'invited@one.test']) {
    const other = await cost(email);
    assert.equal(Math.round(9 * other / known), 9, `${email}: ${other} pages against ${known} for 9 hashes`);
  }
});

test('too many wrong passwords have to wait, another person has not', async () => {
  const b = new Browser(web);
  for (let i = 0; i < 10; i++)
    assert.equal((await b.post('/login', { email: 'admin@two.test', password: 'wrong' })).status, 422);
  const got = await b.post('/login', { email: 'ADMIN@two.test', password: PASSWORD });
  assert.equal(got.status, 429);
  assert.equal(got.headers['retry-after'], '900');
  assert.match(got.body, /Too many attempts\. Try again at <time datetime="[\dT:-]+Z" data-local>\d\d:\d\d UTC<\/time>/);
  const until = Date.parse(/<time datetime="([^"]+)"/.exec(got.body)[1]) - Date.now();
  assert.ok(until > 14 * 60000 && until <= 16 * 60000, `${until} ms`);
  assert.doesNotMatch(got.body, /aria-invalid|autofocus/, 'typing is useless now: no field is wrong');
  await new Browser(web).signIn('viewer@two.test');
  forget();
  await b.signIn('admin@two.test');
});

test('a whole shift signs in from one address; only wrong tries count against it', async () => {
  const wrong = () => new Browser(web).post('/login', { email: `x${Math.random()}@one.test`, password: 'wrong' });
  forget();
  for (let i = 0; i < 60; i++) await new Browser(web).signIn('viewer@one.test');
  for (let i = 0; i < 50; i++) assert.equal((await wrong()).status, 422, `try ${i}`);
  assert.equal((await wrong()).status, 429);
  assert.equal((await new Browser(web).post('/login', { email: 'viewer@one.test', password: PASSWORD })).status, 429);
  forget();
});

// From an address, as Nginx tells it.
const from = (address, email, password = 'wrong') => web.ask({ method: 'POST', path: '/login',
  env: { REMOTE_ADDR: address }, headers: { 'content-type': 'application/x-www-form-urlencoded',
    origin: 'http://outdial.test' }, body: new URLSearchParams({ email, password }).toString() });

test('the addresses of an IPv6 network are one', async () => {
  for (let i = 1; i <= 10; i++) assert.equal((await from(`2001:db8:1:2::${i}`, 'admin@one.test')).status, 422);
  assert.equal((await from('2001:db8:1:2:ffff::9', 'admin@one.test', PASSWORD)).status, 429);
  assert.equal((await from('2001:db8:1:3::1', 'admin@one.test', PASSWORD)).status, 303);
  for (let i = 1; i <= 10; i++) assert.equal((await from('192.0.2.1', 'viewer@one.test')).status, 422);
  assert.equal((await from('::ffff:192.0.2.1', 'viewer@one.test', PASSWORD)).status, 429);
  assert.equal((await from('::ffff:192.0.2.2', 'viewer@one.test', PASSWORD)).status, 303);
  forget();
});

test('one account is not tried from everywhere, nor locked where it is at home', async () => {
  assert.equal((await from('198.51.100.1', 'admin@two.test', PASSWORD)).status, 303);
  for (let i = 0; i < 100; i++)
    assert.equal((await from(`203.0.113.${i >> 2}`, 'admin@two.test')).status, 422, `try ${i}`);
  const got = await from('203.0.113.99', 'ADMIN@two.test', PASSWORD);
  assert.equal(got.status, 429);
  assert.equal(got.headers['retry-after'], '3600');
  assert.match(got.body, /this e-mail address\. Sign in on a device you have used before, or try again at <time [^>]*data-local>\d\d:\d\d UTC<\/time>\./);
  const until = Date.parse(/<time datetime="([^"]+)"/.exec(got.body)[1]) - Date.now();
  assert.ok(until > 59 * 60000 && until <= 61 * 60000, `${until} ms`);
  assert.equal((await from('203.0.113.99', 'viewer@two.test', PASSWORD)).status, 303, 'others');
  assert.equal((await from('198.51.100.1', 'admin@two.test', PASSWORD)).status, 303, 'at home');
  for (let i = 0; i < 10; i++) assert.equal((await from('198.51.100.1', 'admin@two.test')).status, 422);
  assert.equal((await from('198.51.100.1', 'admin@two.test', PASSWORD)).status, 429, 'but not for ever there');
  sql('UPDATE sign_in_try SET until = NOW(6) WHERE tries > 1');
  assert.equal((await from('203.0.113.99', 'admin@two.test', PASSWORD)).status, 303, 'an hour later');
  forget();
});

test('tries are counted whatever becomes of Redis', async () => {
  const lone = await startWeb({ redis_socket: '/nowhere/redis.sock' });
  for (let i = 0; i < 10; i++) {
    const b = new Browser(i % 2 ? lone : web);
    assert.equal((await b.post('/login', { email: 'admin@one.test', password: 'wrong' })).status, 422);
    redis('FLUSHALL');
  }
  for (const one of [lone, web])
    assert.equal((await new Browser(one).post('/login', { email: 'admin@one.test', password: PASSWORD })).status, 429);
  forget();
  await lone.stop();
});

test('the counters of what is over go away', async () => {
  forget();
  sql(`INSERT INTO sign_in_try SELECT UNHEX(SHA2(seq, 256)), 5, NOW(6) - INTERVAL 1 SECOND FROM seq_1_to_30`);
  for (let i = 0; i < 2; i++) await from('192.0.2.7', 'nobody@one.test');
  assert.equal(sql('SELECT COUNT(*) FROM sign_in_try'), '3');
  forget();
});

test('who signs in and who fails to is logged, without e-mail and password', async () => {
  const id = sql("SELECT id FROM user WHERE email='viewer@two.test'");
  await from('192.0.2.44', 'viewer@two.test', PASSWORD);
  await from('192.0.2.45', 'viewer@two.test', 'not-the-password');
  await from('192.0.2.46', 'not-known@two.test', 'not-the-password');
  assert.match(web.log(), new RegExp(`POST /login 303 user=${id} from=192\\.0\\.2\\.44: `));
  assert.match(web.log(), new RegExp(`POST /login 422 user=${id} from=192\\.0\\.2\\.45: `));
  assert.match(web.log(), /POST \/login 422 user=0 from=192\.0\.2\.46: /);
  assert.doesNotMatch(web.log(), /two\.test|not-the-password/);
  forget();
});

test('the spellings of a name that the database takes for one are not one', async () => {
  for (const email of ['vïewer@one.test', 'VIEWÉR@one.test'])
    assert.equal((await new Browser(web).post('/login', { email, password: PASSWORD })).status, 422, email);
  await new Browser(web).signIn('VIEWER@one.test');
  forget();
});

test('a form from another site does not sign in', async () => {
  const form = { email: 'viewer@one.test', password: PASSWORD };
  for (const headers of [{ origin: 'http://evil.test' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' }, { origin: 'http://outdial.test.evil.test' }])
    assert.equal((await new Browser(web).post('/login', form, headers)).status, 403, JSON.stringify(headers));
});

test('signing out ends the session on every worker at once', async () => {
  const b = await new Browser(web).signIn('viewer@one.test');
  const old = { ...b.jar };
  assert.equal((await b.get('/logout')).status, 405);
  assert.equal((await b.post('/logout')).headers.location, '/login?why=out');
  assert.match((await b.get('/login?why=out')).body, /role="status">You are signed out\.</);
  assert.equal(b.jar.outdial, undefined);
  b.jar = old;
  for (let i = 0; i < 30; i++) assert.equal((await b.get(LIST)).status, 303);
  redis('FLUSHALL');
  assert.equal((await b.get(LIST)).status, 303, 'MariaDB has no such session either');
});

test('a session that was deleted dies with its copy, within a minute', async () => {
  const b = await new Browser(web).signIn('viewer@one.test');
  const key = redis('--raw', 'KEYS', 'session:*').split('\n').pop();
  const ttl = Number(redis('PTTL', key));
  assert.ok(ttl > 0 && ttl <= 60000, `it lives for ${ttl} ms`);
  sql('DELETE FROM session');
  assert.equal((await b.get(LIST)).status, 200);
  redis('DEL', key);
  assert.equal((await b.get(LIST)).status, 303);
});

test('an expired session asks to sign in, and goes back to where one was', async () => {
  const b = await new Browser(web).signIn('supervisor@one.test');
  sql("UPDATE session SET expires_at = NOW(6) - INTERVAL 1 SECOND");
  redis('FLUSHALL');
  assert.match((await b.get(`${LIST}?status=running`)).headers.location,
    /^\/login\?next=%2Fdashboard%2Fcampaigns%3Fstatus%3Drunning&why=ended$/);
  const poll = await b.get(LIST, HTMX);
  assert.equal(poll.status, 401);
  assert.equal(poll.headers['hx-redirect'], '/login?next=%2Fdashboard%2Fcampaigns%3Fq%3Dx&why=ended');
  assert.match((await b.get(poll.headers['hx-redirect'])).body, /role="status">Your session has ended\. Sign in to continue\.</);
  assert.equal(poll.body, '');
  const json = await b.get(LIST, { accept: 'application/json' });
  assert.equal(json.status, 401);
  assert.equal(json.headers['content-type'], 'application/problem+json');
});

test('a copy says no more than the session: it expires too', async () => {
  const b = await new Browser(web).signIn('supervisor@one.test');
  sql("UPDATE session SET expires_at = NOW(6) + INTERVAL 1 SECOND");
  redis('FLUSHALL');
  assert.equal((await b.get(LIST)).status, 200);
  await new Promise(r => setTimeout(r, 1100));
  assert.equal((await b.get(LIST)).status, 303);
});

test('tokens that are not ours are nobody', async () => {
  for (const value of ['', 'x', 'A'.repeat(43), `${'A'.repeat(43)}.1.2`, '%00'.repeat(20), 'é'.repeat(43),
    'A'.repeat(5000)]) {
    const got = await web.ask({ path: LIST, headers: { cookie: `outdial=${value}` } });
    assert.equal(got.status, 303, value);
  }
});

test('secure cookies carry the prefix that browsers hold to', async () => {
  const safe = await startWeb({ secure_cookies: 'yes' });
  const got = await new Browser(safe).post('/login', { email: 'viewer@one.test', password: PASSWORD },
    { origin: 'https://outdial.test' });
  assert.match(got.headers['set-cookie'], /^__Host-outdial=.*; Secure$/);
});
