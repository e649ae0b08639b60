// The second factor: set up, asked for at the sign-in, reset.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Browser, LIST, PASSWORD, makeDatabase, sql, startWeb, stopAll } from '../bed.mjs';

const OWN = '/dashboard/account', USERS = '/dashboard/settings/users';
const WHO = 'viewer@one.test';
let web, b, secret, recovery;
before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn(WHO);
});
after(stopAll);

// RFC 6238: HMAC-SHA-1 over the number of the 30 seconds, six digits.
function totp(base32, step) {
  const bits = [...base32].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest(), at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, '0');
}
const now = () => Math.floor(Date.now() / 30000);
// As if no code had been taken yet: a test does not wait for the next 30 s.
const forget = () => sql(`UPDATE user SET factor_step = 0; DELETE FROM sign_in_try`);
const stateOf = got => /name="state" value="([0-9a-f]+)"/.exec(got.body)?.[1];
const password = (who = new Browser(web)) => who.post('/login', { email: WHO, password: PASSWORD, next: `${LIST}?q=x` });

test('it is set up with a code of the app, and recovery codes are shown once', async () => {
  const page = await b.post(`${OWN}/second-factor`);
  secret = /id="f-secret"[^>]*value="([A-Z2-7]{32})"/.exec(page.body)[1];
  assert.match(page.body, new RegExp(`value="otpauth://totp/Outdial:viewer%40one.test\\?secret=${secret}&amp;issuer=Outdial"`));
  assert.match(page.body, /<path d="M4 4h7v1h-7z/);
  const wrong = await b.post(`${OWN}/second-factor/on`, { state: stateOf(page), code: '000000' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.body, /id="e-code"/);
  assert.ok(wrong.body.includes(secret), 'with the same secret');
  for (const state of ['', 'x', stateOf(page).replace(/^../, 'ff'), `${stateOf(page).slice(0, -2)}00`])
    assert.equal((await b.post(`${OWN}/second-factor/on`, { state, code: totp(secret, now()) })).status, 409, 'a forged secret');
  const other = await new Browser(web).signIn('admin@one.test');
  assert.equal((await other.post(`${OWN}/second-factor/on`, { state: stateOf(page), code: totp(secret, now()) })).status, 409,
    'the secret of somebody else');
  const on = await b.post(`${OWN}/second-factor/on`, { state: stateOf(page), code: totp(secret, now()) });
  assert.equal(on.status, 200);
  recovery = [...on.body.matchAll(/<code>([a-z0-9-]{19})<\/code>/g)].map(m => m[1]);
  assert.equal(recovery.length, 8);
  const own = await b.get(OWN);
  assert.match(own.body, /Recovery codes left: 8/);
  for (const code of recovery) assert.ok(!own.body.includes(code));
});

test('the sign-in asks for a code after the password, and only then', async () => {
  forget();
  const one = new Browser(web), asked = await password(one);
  assert.equal(asked.status, 200);
  assert.match(asked.body, /<h1>Second step<\/h1>/);
  assert.deepEqual(one.jar, {}, 'nobody is signed in yet');
  assert.equal((await one.get(LIST)).status, 303);
  const wrong = await one.post('/login', { email: WHO, password: 'wrong' });
  assert.equal(wrong.status, 422);
  assert.doesNotMatch(wrong.body, /Second step/, 'a wrong password does not tell of it');
  const send = code => one.post('/login/code', { state: stateOf(asked), code, next: `${LIST}?q=x` });
  const refused = await send('000000');
  assert.equal(refused.status, 422);
  assert.equal(stateOf(refused), stateOf(asked));
  assert.deepEqual(one.jar, {});
  const code = totp(secret, now()), got = await send(code);
  assert.equal(got.status, 303);
  assert.equal(got.headers.location, `${LIST}?q=x`);
  assert.equal((await one.get(LIST)).status, 200);
  assert.equal((await new Browser(web).post('/login/code', { state: stateOf(asked), code })).status, 422, 'a code is taken once');
});

test('a recovery code in its place, once', async () => {
  for (const [code, status] of [[recovery[3].toUpperCase(), 303], [recovery[3], 422], [recovery[4].replaceAll('-', ''), 303]]) {
    const one = new Browser(web), asked = await password(one);
    assert.equal((await one.post('/login/code', { state: stateOf(asked), code })).status, status);
  }
});

test('what is not the state of a sign-in leads to the beginning', async () => {
  forget();
  const asked = await password(), state = stateOf(asked), code = totp(secret, now());
  for (const bad of ['', 'zz', state.slice(2), `${state}00`, state.replace(/.$/, c => (c === '0' ? '1' : '0'))]) {
    const got = await new Browser(web).post('/login/code', { state: bad, code });
    assert.equal(got.headers.location, '/login?why=late', bad);
  }
  assert.equal((await new Browser(web).get('/login/code')).headers.location, '/login');
  // another password since then
  sql(`UPDATE user SET password_hash = CONCAT(password_hash, ' ') WHERE email = '${WHO}'`);
  assert.equal((await new Browser(web).post('/login/code', { state, code })).headers.location, '/login?why=late');
  sql(`UPDATE user SET password_hash = TRIM(password_hash), disabled_at = NOW(6) WHERE email = '${WHO}'`);
  assert.equal((await new Browser(web).post('/login/code', { state, code })).headers.location, '/login?why=late');
  sql(`UPDATE user SET disabled_at = NULL WHERE email = '${WHO}'`);
});

test('codes are tried only so often', async () => {
  forget();
  const state = stateOf(await password());
  for (let i = 0; i < 10; i++)
    assert.equal((await new Browser(web).post('/login/code', { state, code: '000000' })).status, 422);
  const got = await new Browser(web).post('/login/code', { state, code: totp(secret, now()) });
  assert.equal(got.status, 429);
  assert.ok(Number(got.headers['retry-after']) > 0);
  forget();
});

test('a password reset does not go round it', async () => {
  forget();
  const admin = await new Browser(web).signIn('admin@one.test'), id = sql(`SELECT id FROM user WHERE email='${WHO}'`);
  const link = /value="http[^"]*(\/invitation\/[\w-]{43})"/.exec((await admin.post(`${USERS}/link?user=${id}`)).body)[1];
  const one = new Browser(web), got = await one.post(link, { password: PASSWORD });
  assert.equal(got.headers.location, '/login?why=reset');
  assert.deepEqual(one.jar, {});
  assert.match((await password(one)).body, /Second step/);
});

test('it is switched off with the password, or by an administrator', async () => {
  forget();
  const one = new Browser(web), asked = await password(one);
  await one.post('/login/code', { state: stateOf(asked), code: totp(secret, now()) });
  await one.get(OWN);
  const wrong = await one.post(`${OWN}/second-factor/off`, { factor: 'wrong' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.body, /id="e-factor"/);
  const admin = await new Browser(web).signIn('admin@one.test'), id = sql(`SELECT id FROM user WHERE email='${WHO}'`);
  assert.match((await admin.get(`${USERS}/edit?user=${id}`)).body, /Switch second factor off/);
  assert.equal((await one.post(`${OWN}/second-factor/off`, { factor: PASSWORD })).status, 303);
  assert.equal((await password()).status, 303);
  assert.equal((await admin.post(`${USERS}/second-factor?user=${id}`, {}, { accept: 'application/json' })).status, 409, 'it is off already');
});
