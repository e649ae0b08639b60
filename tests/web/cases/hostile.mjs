// Who can write into Redis signs nobody in, and shows nobody anything.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Redis } from '../../lib/redis.mjs';
import { Browser, HTMX, LIST, addCampaign, makeDatabase, redis, sql, startWeb, stopAll, toasts } from '../bed.mjs';

let web, liar;
before(async () => {
  makeDatabase();
  addCampaign({ name: 'Genuine' });
  addCampaign({ name: 'Secret of two', ws: 2 });
  web = await startWeb();
  liar = new Redis(process.env.REDIS_SOCKET);
});
after(async () => {
  liar.close();
  await stopAll();
});

const keyOf = token => `session:${createHash('sha256').update(token.slice(0, 43)).digest('hex')}`;
const FAR = '9999999999999999';
const copy = (role, user = 1) =>
  `1\n${user}\n1\n${role}\n0\n0\n1\n${FAR}\nadmin@one.test\nforged\nWorkspace one\nEurope/London`;
const put = (key, value) => liar.ask('SET', key, value, 'PX', 60000);
const MARK = '<script>forged</script>';

test('a made-up copy of a session signs nobody in', async () => {
  const token = 'A'.repeat(43), b = new Browser(web);
  b.jar.outdial = `${token}.1.2`;
  for (const value of [copy(2), copy(77), '\0'.repeat(40) + copy(2), '\x7f'.repeat(40) + copy(2), '', 'x']) {
    await put(keyOf(token), value);
    assert.equal((await b.get(LIST)).status, 303, JSON.stringify(value));
  }
  await liar.ask('DEL', keyOf(token));
  await liar.ask('RPUSH', keyOf(token), copy(2));
  assert.equal((await b.get(LIST)).status, 303);
});

test('the copy of one session does for no other', async () => {
  const admin = await new Browser(web).signIn('admin@two.test');
  const genuine = await liar.ask('GET', keyOf(admin.jar.outdial));
  const token = 'B'.repeat(43), b = new Browser(web);
  assert.match(genuine, /admin@two\.test/);
  b.jar.outdial = `${token}.2.2`;
  await put(keyOf(token), genuine);
  assert.equal((await b.get(LIST)).status, 303);
});

test('nobody gets another role, and no longer than one is signed in', async () => {
  const b = await new Browser(web).signIn('viewer@one.test');
  const key = keyOf(b.jar.outdial), id = addCampaign({ name: 'Kept' });
  const genuine = await liar.ask('GET', key);
  for (const value of [copy(2), genuine.replace(/(\n\d+\n1\n)0\n/, (_, ids) => `${ids}2\n`), genuine.slice(0, -1)]) {
    assert.notEqual(value, genuine);
    await put(key, value);
    assert.equal((await b.post(`${LIST}/${id}/start`, {}, HTMX)).status, 403);
  }
  assert.match(await liar.ask('GET', key), /\nviewer@one\.test\n/, 'the true one is there again');
});

test('a made-up mark signs nobody out', async () => {
  const b = await new Browser(web).signIn('viewer@one.test');
  const key = keyOf(b.jar.outdial), other = await new Browser(web).signIn('viewer@one.test');
  for (const value of ['', '\0'.repeat(40)]) {
    await put(key, value);
    await put(key.replace('session', 'ended'), value);
    assert.equal((await b.get(LIST)).status, 200);
  }
  const left = keyOf(other.jar.outdial);
  await other.post('/logout');
  await put(key, await liar.ask('GET', left));
  assert.equal((await b.get(LIST)).status, 200, 'nor does that of another');
});

test('signing out holds when Redis forgets it at once', async () => {
  const b = await new Browser(web).signIn('viewer@one.test'), jar = { ...b.jar };
  assert.equal((await b.post('/logout')).status, 303);
  // What is evicted for want of room is single keys, the oldest first.
  for (const key of (await liar.ask('KEYS', '*')).filter(k => !k.startsWith('session:'))) await liar.ask('DEL', key);
  b.jar = { ...jar };
  assert.equal((await b.get(LIST)).status, 303);
  await liar.ask('DEL', keyOf(jar.outdial));
  b.jar = { ...jar };
  assert.equal((await b.get(LIST)).status, 303);
});

test('nothing that was put into a cached part or a toast is shown', async () => {
  // A worker that has read a part does not read it again: each lie is new to it.
  const b = await new Browser(web).signIn('viewer@one.test');
  const two = await new Browser(web).signIn('viewer@two.test');
  await two.get(LIST);
  const [foreign] = await liar.ask('KEYS', 'part:2:*');
  const secret = await liar.ask('GET', foreign);
  assert.match(secret, /Secret of two/);
  for (const lie of [MARK, '\0'.repeat(40) + MARK, secret]) {
    await liar.ask('INCR', 'list:1');
    const version = await liar.ask('GET', 'list:1');
    await b.get(LIST);
    for (const key of await liar.ask('KEYS', '*:1:0:*')) {
      const name = key.replace(/\d{10,}/, BigInt(version) + 1n);
      await put(name, lie);
      assert.notEqual(name, key);
    }
    await liar.ask('INCR', 'list:1');
    await liar.ask('RPUSH', keyOf(b.jar.outdial).replace('session', 'toast'), `+${MARK}\n`, lie);
    b.jar.outdial_toast = '1';
    const page = await b.get(LIST);
    assert.equal(page.status, 200);
    assert.match(page.body, /Genuine/);
    assert.doesNotMatch(page.body, /forged|Secret of two/);
    assert.deepEqual(toasts(page.body), []);
  }
});

test('nobody is told that a campaign was made that was not', async () => {
  const b = await new Browser(web).signIn('supervisor@one.test');
  const user = sql("SELECT id FROM user WHERE email = 'supervisor@one.test'"), key = `toast:saved:${user}:0:7`;
  for (const lie of [`${LIST}/1`, '\0'.repeat(40) + LIST]) {
    await put(key, lie);
    await b.post(`${LIST}/new/review`, { rev: 7, ver: 0, go: 'save' });
    assert.deepEqual(toasts((await b.get(LIST)).body),
      [{ bad: true, text: 'Failed to create', detail: 'It has already been saved or discarded.' }]);
  }
});

test('a version that is held still or made up holds nobody back', async () => {
  const b = await new Browser(web).signIn('viewer@one.test');
  for (const version of ['5', '-1', '9223372036854775807', 'x', '', '1\r\nset-cookie: a=b', '9'.repeat(5000),
    String((BigInt(Date.now() - 300000)) << 20n)]) {
    await liar.ask('SET', 'list:1', version);
    const first = await b.get(LIST);
    assert.equal(first.status, 200, version);
    assert.equal(first.cookies.a, undefined);
    const tag = /hx-ptag="([^"]*)"/i.exec(first.body)?.[1] ?? first.headers['hx-ptag'];
    assert.doesNotMatch(String(tag), /^(5|-1|9223372036854775807|x|9{20})/, version);
    assert.ok(Math.abs(Number(BigInt(redis('GET', 'list:1')) >> 20n) - Date.now()) < 60000, version);
  }
});

test('all of that is logged, not a line a lie', () => {
  const warned = web.log().match(/this installation did not write/g);
  assert.ok(warned.length >= 1 && warned.length <= 3, `${warned.length} lines of three workers`);
});
