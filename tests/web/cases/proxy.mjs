// Sign-in by a header that a proxy in front of Nginx adds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, LIST, PASSWORD, makeDatabase, sql, startWeb, stopAll } from '../bed.mjs';

let plain, web;
before(async () => {
  makeDatabase();
  plain = await startWeb();
  web = await startWeb({ trusted_header: 'X-Remote-User', trusted_proxies: '10.1.0.0/16, 2001:db8::7' });
});
after(stopAll);

// What a browser behind that proxy asks for, as Nginx passes it on.
const ask = (b, path, email, peer = '10.1.2.3') => b.ask({ path,
  headers: email === undefined ? {} : { 'x-remote-user': email }, env: peer ? { OUTDIAL_PEER: peer } : {} });
const nameOn = got => /class="who-name"[^>]*><bdi>([^<]*)/.exec(got.body)?.[1];

test('whom the proxy names is signed in, and led to the page that was asked for', async () => {
  const b = new Browser(web);
  const first = await ask(b, `${LIST}?q=x`, 'Viewer@ONE.test');
  assert.equal(first.status, 303);
  const signed = await ask(b, first.headers.location, 'Viewer@ONE.test');
  assert.equal(signed.status, 303);
  assert.equal(signed.headers.location, `${LIST}?q=x`);
  assert.equal(nameOn(await ask(b, LIST, 'viewer@one.test')), 'viewer one');
});

test('the header counts from nowhere else, and not without the setting', async () => {
  const before = web.log().length;
  for (const [who, peer] of [[web, '10.2.0.1'], [web, '192.0.2.1'], [web, ''], [web, '2001:db8::8'], [plain, '10.1.2.3']]) {
    const b = new Browser(who), got = await ask(b, '/login', 'admin@one.test', peer);
    assert.equal(got.status, 200, peer);
    assert.match(got.body, /<label for="password">/);
    assert.deepEqual(b.jar, {});
  }
  const said = web.log().slice(before).split('\n').filter(l => /X-Remote-User from .* is ignored/.test(l));
  assert.ok(said.length >= 1 && said.length <= 2 * 3, 'once a minute and process');
  // what a client sends as the peer is a header like any other
  const liar = new Browser(web);
  const got = await liar.ask({ path: '/login', headers: { 'x-remote-user': 'admin@one.test', 'outdial-peer': '10.1.2.3' } });
  assert.equal(got.status, 200);
});

test('an unknown or disabled person is not signed in', async () => {
  sql("UPDATE user SET disabled_at = NOW(6) WHERE email = 'supervisor@one.test'");
  for (const email of ['nobody@one.test', 'supervisor@one.test', 'viéwer@one.test', ' ']) {
    const b = new Browser(web), got = await ask(b, '/login', email);
    assert.ok([200, 400, 403].includes(got.status), email);
    assert.deepEqual(b.jar, {}, email);
  }
  sql("UPDATE user SET disabled_at = NULL WHERE email = 'supervisor@one.test'");
});

test('when the proxy names somebody else, the session of the first is not theirs', async () => {
  const b = new Browser(web);
  await ask(b, '/login', 'viewer@one.test');
  assert.equal((await ask(b, LIST, 'viewer@one.test')).status, 200);
  const other = await ask(b, LIST, 'admin@two.test');
  assert.equal(other.status, 303);
  await ask(b, other.headers.location, 'admin@two.test');
  assert.equal(nameOn(await ask(b, LIST, 'admin@two.test')), 'admin two');
});

test('who signs out stays out until the next sign-in, and a password still works', async () => {
  const b = new Browser(web);
  await ask(b, '/login', 'viewer@one.test');
  await ask(b, LIST, 'viewer@one.test');
  assert.equal((await b.post('/logout')).headers.location, '/login?why=out');
  assert.equal((await ask(b, '/login?why=out', 'viewer@one.test')).status, 200);
  assert.equal((await new Browser(web).post('/login', { email: 'viewer@one.test', password: PASSWORD })).status, 303);
});
