// What must not get through: wrong methods, forms, sizes.  Who may not pass is in
// routes.mjs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, LIST, ROLES, addCampaign, connectTo, makeDatabase, redis, rows, startWeb, statusOf, stopAll }
  from '../bed.mjs';

let web, mine, theirs, people;
before(async () => {
  makeDatabase();
  mine = addCampaign({ name: 'Mine' });
  theirs = addCampaign({ ws: 2, name: 'Theirs' });
  web = await startWeb();
  people = {};
  for (const role of ROLES) people[role] = await new Browser(web).signIn(`${role}@one.test`);
});
after(stopAll);

const lines = (log, wanted) => log.split('\n').filter(l => l.includes(wanted)).length;

test('the token of a form never looks the same twice, and each holds', async () => {
  const b = people.supervisor, seen = new Set();
  for (let i = 0; i < 8; i++) {
    await b.get(LIST);
    for (const half of [b.csrf.slice(0, 64), b.csrf.slice(64)]) seen.add(half);
  }
  assert.equal(seen.size, 16);
  const fresh = b.csrf;
  for (const [csrf, status] of [[fresh, 303], [fresh.slice(0, 127), 403], [`${fresh}00`, 403],
    [fresh.slice(64) + fresh.slice(0, 64), 303], [fresh.replace(/^../, x => (x === '00' ? '01' : '00')), 403],
    ['z'.repeat(128), 403], ['0'.repeat(128), 403]])
    assert.equal((await b.post('/dashboard/release', { csrf })).status, status, csrf);
});

test('where cookies travel over TLS only, a form that came without it is refused', async () => {
  const safe = await startWeb({ secure_cookies: 'yes' }), b = new Browser(safe);
  const form = { email: 'viewer@one.test', password: 'wrong' };
  assert.equal((await b.post('/login', form, { origin: 'https://outdial.test' })).status, 422);
  for (const origin of ['http://outdial.test', 'null', 'ftp://outdial.test'])
    assert.equal((await b.post('/login', form, { origin })).status, 403, origin);
});

test('no address that somebody is led to is too long for Nginx', async () => {
  for (const length of [10, 1300, 2000, 4000, 6000, 8000]) {
    const at = `${LIST}?q=${'*'.repeat(length)}`;
    const got = await web.ask({ path: at });
    const size = Object.entries(got.headers).reduce((n, [k, v]) => n + k.length + v.length + 4, 0);
    assert.equal(got.status, 303);
    assert.ok(size < 15_000, `${size} bytes of headers`);
    assert.equal(got.headers.location, length > 4050 ? '/login' : `/login?next=${encodeURIComponent(at).replaceAll('*', '%2A')}`);
    const back = await people.supervisor.post('/dashboard/release', { back: `${at}${at}` });
    assert.ok(back.headers.location.length <= 4096);
  }
});

test('a role sees only the buttons that it may press', async () => {
  const buttons = async role => [...(await people[role].get(LIST)).body.matchAll(/aria-label="(Start|Delete|Clone|Edit)"/g)]
    .map(m => m[1]);
  assert.deepEqual(await buttons('viewer'), []);
  assert.ok((await buttons('supervisor')).includes('Start'));
  assert.ok(!(await buttons('supervisor')).includes('Delete'));
});

test('no list shows another workspace, whatever the cookie says of itself', async () => {
  const other = await new Browser(web).signIn('admin@two.test');
  for (let i = 0; i < 4; i++) assert.deepEqual(rows((await other.get(LIST)).body).map(r => r.id), [theirs]);
  const b = people.viewer, honest = b.jar.outdial;
  for (const lie of ['.2.2', '.2.0', '.1.2', '', '.x', '.-1.0', '.2.9']) {
    b.jar.outdial = honest.slice(0, 43) + lie;
    const page = await b.get(LIST);
    assert.deepEqual(rows(page.body).map(r => r.id), [mine], lie);
    assert.doesNotMatch(page.body, /aria-label="Start"/, lie);
    const poll = await b.poll(LIST);
    assert.deepEqual(rows(poll.body).map(r => r.id), [mine], lie);
    redis('INCR', 'list:1');
    assert.notEqual((await b.poll(LIST, poll.headers['hx-ptag'])).status, 304, 'the version is its own');
  }
  b.jar.outdial = honest;
});

test('a page that was opened under another sign-in is loaded again', async () => {
  const tab = await new Browser(web).signIn('admin@one.test'), tag = (await tab.poll(LIST)).headers['hx-ptag'];
  for (const email of ['admin@two.test', 'admin@one.test']) {
    const now = await new Browser(web).signIn(email);
    const got = await now.poll(LIST, tag);
    assert.equal(got.headers['hx-refresh'], 'true', email);
    assert.equal(got.body, '');
    const next = await now.poll(LIST);
    assert.equal(next.headers['hx-refresh'], undefined);
    for (const held of [next.headers['hx-ptag'], 'away', 'x', '1.2', '...'])
      assert.equal((await now.poll(LIST, held)).headers['hx-refresh'], undefined, held);
  }
});

test('addresses and methods that are not there', async () => {
  const b = people.admin;
  for (const at of ['/nowhere', '/dashboard/', '/dashboard/campaigns/', '/dashboard//campaigns', '/login/x',
    `${LIST}/${mine}/nothing`, `${LIST}/${mine}/start/x`])
    assert.equal((await b.get(at)).status, 404, at);
  const put = await b.ask({ method: 'PUT', path: LIST });
  assert.equal(put.status, 405);
  assert.equal(put.headers.allow, 'GET, HEAD');
  const get = await b.get(`${LIST}/${mine}/start`);
  assert.equal(get.status, 405);
  assert.equal(get.headers.allow, 'POST');
  assert.equal((await b.ask({ method: 'GET', path: '/logout' })).headers.allow, 'POST');
  assert.equal((await b.ask({ method: 'POST', path: '/login', headers: { 'content-type': 'text/plain' }, body: 'x' })).status, 415);
  assert.match((await b.ask({ method: 'BREW', path: LIST })).body, /<h1>Not possible here<\/h1>/, 'it is not our fault');
  for (const method of ['BREW', 'get', '', 'TRACE', 'CONNECT'])
    assert.equal((await b.ask({ method, path: LIST })).status, 501, method);
});

test('HEAD is a GET without the body', async () => {
  const b = people.viewer;
  for (const at of [LIST, '/login', '/nowhere', `${LIST}/${mine}`]) {
    const get = await b.get(at), head = await b.ask({ method: 'HEAD', path: at });
    assert.equal(head.status, get.status);
    assert.equal(head.headers['content-type'], get.headers['content-type']);
    assert.equal(head.body, '');
  }
});

test('what cannot be read is refused', async () => {
  const b = people.admin;
  for (const at of ['/%', '/%zz', '/%00', '/%ff', '/dashboard/campaigns?q=%ff', '/dashboard/campaigns?q=%',
    '/dashboard/campaigns?q=%00', '/dashboard/campaigns?q=%01', '/a%0d%0aX:%20y', 'http://evil.test/', '', '*',
    `/dashboard/campaigns?${'a=1&'.repeat(200)}`, `${LIST}?after=x`,
    `${LIST}?after=c1.`, `${LIST}?before=c99999999999999999999.${mine}`, `${LIST}?after=cfirst&before=clast`,
    `${LIST}?q=${'x'.repeat(301)}`])
    assert.equal((await b.get(at)).status, 400, at);
  assert.equal((await b.get(`${LIST}?q=${'x'.repeat(300)}`)).status, 200);
  assert.equal((await b.get(`${LIST}?q=&status=&size=`)).status, 200);
  assert.equal((await b.get('/' + 'x'.repeat(9000))).status, 414);
});

test('forms of the wrong size and kind', async () => {
  const b = people.admin, at = `${LIST}/${mine}/start`;
  const raw = (body, env, type = 'application/x-www-form-urlencoded') => b.ask({ method: 'POST', path: at, body,
    headers: { ...(type && { 'content-type': type }) }, env });
  assert.equal((await raw('x', { CONTENT_LENGTH: '' })).status, 411);
  assert.equal((await raw('x', { CONTENT_LENGTH: '-1' })).status, 400);
  assert.equal((await raw('x', { CONTENT_LENGTH: '1e3' })).status, 400);
  assert.equal((await raw('x=1', { CONTENT_LENGTH: '30' })).status, 400);
  assert.equal((await raw('x'.repeat(20000))).status, 413);
  assert.equal((await raw('{}', {}, 'application/json')).status, 415);
  assert.equal((await raw('a=1', {}, 'application/x-www-form-urlencodedx')).status, 415);
  assert.equal((await raw('a=1', {}, '')).status, 415);
  assert.equal((await raw('a=%zz')).status, 400);
  assert.equal((await raw('a=1&'.repeat(150))).status, 400);
  assert.equal((await raw('', { CONTENT_LENGTH: '0' })).status, 403);
  assert.equal(statusOf(mine), 'draft');
});

test('10 MB of headers or of body: the right status, a short page, one line in the log', async () => {
  const b = people.admin, big = 'x'.repeat(10 << 20);
  const before = web.log();
  const head = await b.get(LIST, { 'x-large': big });
  assert.equal(head.status, 431);
  assert.ok(head.body.length < 8000);
  const body = await b.post(`${LIST}/${mine}/start`, { big });
  assert.equal(body.status, 413);
  assert.ok(body.body.length < 16000);
  const log = web.log().slice(before.length);
  assert.equal(lines(log, ' 431 '), 1, log);
  assert.equal(lines(log, ' 413 '), 1, log);
  assert.ok(log.length < 2000, log);
  assert.equal((await b.get(LIST)).status, 200);
});

test('a refused request leaves the kept connection usable, or closed', async () => {
  const line = await connectTo(web.socket);
  const b = people.admin;
  assert.equal((await b.ask({ socket: line, path: LIST })).status, 200);
  assert.equal((await b.ask({ socket: line, method: 'POST', path: '/nowhere', body: 'x'.repeat(9000) })).status, 404);
  assert.equal((await b.ask({ socket: line, path: LIST })).status, 200);
  const got = await b.ask({ socket: line, method: 'POST', path: '/nowhere', body: 'x'.repeat(200000) });
  assert.equal(got.status, 404);
  await assert.rejects(b.ask({ socket: line, path: LIST }), 'it was closed');
});

test('bytes that are not FastCGI harm nobody', async () => {
  for (const junk of [Buffer.from('GET / HTTP/1.0\r\n\r\n'), Buffer.alloc(8), Buffer.alloc(100000, 255),
    Buffer.from([1, 1, 0, 1, 0, 8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0]), Buffer.from([1, 4, 0, 1, 255, 255, 0, 0])]) {
    const line = await connectTo(web.socket);
    line.on('error', () => {});
    line.end(junk);
  }
  for (let i = 0; i < 12; i++) assert.equal((await web.ask({ path: '/healthz' })).status, 200);
});

test('every page says what may be loaded, and is not stored', async () => {
  for (const [b, at] of [[people.admin, LIST], [new Browser(web), '/login'], [people.admin, '/nowhere'],
    [people.admin, `${LIST}/${mine}`]]) {
    const { headers, body } = await b.get(at);
    assert.match(headers['content-security-policy'], /default-src 'none'; script-src 'self'; style-src 'self';/);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe|\*/);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(headers['permissions-policy'], /camera=\(\), microphone=\(\)/);
    assert.equal(headers.vary, 'HX-Request, HX-Request-Type');
    assert.equal(Number(headers['content-length']), Buffer.byteLength(body));
    assert.doesNotMatch(body, /<script>|style=| on\w+=/);
  }
});

test('a faulty request has a number, on the page and in one line of the log', async () => {
  const before = web.log().length;
  const got = await people.admin.get('/nowhere');
  const number = got.headers['x-request-id'];
  assert.match(got.body, new RegExp(`<code>${number}</code>`));
  const log = web.log().slice(before).split('\n').filter(Boolean);
  assert.equal(log.length, 1, log.join('\n'));
  assert.match(log[0], new RegExp(`req=${number} .*GET /nowhere 404 user=3 from=192\\.0\\.2\\.1`));
  const named = await people.admin.ask({ path: '/nowhere', env: { REQUEST_ID: '0123456789abcdef0123456789abcdef' } });
  assert.equal(named.headers['x-request-id'], '0123456789');
});

test('an address cannot forge a line of the log', async () => {
  const before = web.log().length;
  await people.admin.get('/x%0a2026-01-01T00:00:00.000Z%20error%20forged');
  await people.admin.get('/x%1b%5b31m');
  await people.admin.post(`${LIST}/${mine}/start?from=%0aforged`);
  for (const line of web.log().slice(before).split('\n').filter(Boolean)) assert.match(line, /^\d{4}-.* web\[\d+\] req=/);
});
