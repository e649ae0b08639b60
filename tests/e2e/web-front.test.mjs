// What Nginx answers by itself: limits, static files, and the page for when
// no worker is there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import test from 'node:test';

const { OUTDIAL_URL: url, OUTDIAL_RUN: run } = process.env;
const big = 'a'.repeat(10_000_000);

// Sends raw bytes and reads the whole answer; the server may hang up early.
function raw(text) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = net.connect(port, hostname);
    let answer = '';

    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (bytes) => { answer += bytes; });
    socket.on('error', (e) => (answer ? resolve(answer) : reject(e)));
    socket.on('close', () => resolve(answer));
    socket.write(text);
  });
}

async function until(seconds, condition) {
  const end = Date.now() + seconds * 1000;

  for (;;) {
    if (await condition()) return;
    assert.ok(Date.now() < end, `not within ${seconds} s: ${condition}`);
    await new Promise((r) => setTimeout(r, 20));
  }
}

const request = (line, more = '') =>
  `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n`;

const refusals = [
  [431, '10 MB of header', () => raw(request('GET /', `X-A: ${big}\r\n`))],
  [414, 'a 10 MB address', () => raw(request(`GET /${big}`))],
  [413, 'a 10 MB form', () => raw(request('POST /login',
    `Content-Length: ${big.length}\r\n`) + big)],
  [400, 'no HTTP at all', () => raw('nonsense\r\n\r\n')],
  [405, 'the method TRACE', () => raw(request('TRACE /'))],
  [403, 'a 2 MB upload from nobody', () => raw(request('POST /dashboard/x/upload',
    'Content-Length: 2000000\r\n') + big.slice(0, 2_000_000))],
  [403, 'an upload with another cookie', () => raw(request('POST /dashboard/x/upload',
    'Cookie: myoutdial=x; outdial=1\r\nContent-Length: 2000000\r\n') + big.slice(0, 2_000_000))],
  [404, 'an unknown file', () => raw(request('GET /static/none.css'))],
  [403, 'a directory', () => raw(request('GET /static/'))],
];

for (const [status, what, ask] of refusals)
  test(`${what}: ${status} and a short page`, async () => {
    const answer = await ask();
    const [head, body] = answer.split('\r\n\r\n');

    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.match(head, /^Server: nginx\r?$/m);
    assert.match(head, /^X-Content-Type-Options: nosniff\r?$/m);
    assert.match(head, /^Content-Security-Policy: default-src 'none'/m);
    assert.match(body, /^<!DOCTYPE html>/);
    assert.ok(body.length < 1000, 'short');
  });

// Somebody with a cookie that looks right: outdial-web judges it.
const upload = (bytes, body = '') => raw(request('POST /dashboard/x/upload',
  `Cookie: a=b; outdial=${'x'.repeat(43)}.1.2\r\nContent-Length: ${bytes}\r\n`) + body);

test('an upload of more than 1 GB: 413, before it is sent', async () => {
  const answer = await upload(1_200_000_000);

  assert.match(answer, /^HTTP\/1\.1 413 /);
  assert.match(answer, /A file has at most 1 GB\. Split it\./);
});

test('an upload of 10 MB gets to outdial-web', async () => {
  assert.match(await upload(big.length, big), /^HTTP\/1\.1 404 [^]*Outdial/);
});

test('a disk that is full: 507', { skip: process.getuid() !== 0 && 'only root can mount one' },
  async () => {
    const spool = `${run}/nginx/temp/body`;

    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'none', spool]);
    try {
      const answer = await upload(big.length, big);

      assert.match(answer, /^HTTP\/1\.1 507 /);
      assert.match(answer, /The server has no room left for this file\./);
      assert.deepEqual(fs.readdirSync(spool), [], 'and has it again');
    } finally {
      execFileSync('umount', [spool]);
    }
    assert.match(await upload(big.length, big), /^HTTP\/1\.1 404 /);
  });

async function stylesheet() {
  const page = await (await fetch(`${url}/login`)).text();

  return url + page.match(/href="(\/static\/[^"]*\.css)"/)[1];
}

test('a static file is kept for ever, and comes compressed', async () => {
  const css = await stylesheet();
  const plain = await fetch(css, { headers: { 'accept-encoding': 'identity' } });
  const gzip = await fetch(css, { headers: { 'accept-encoding': 'gzip' } });

  assert.equal(plain.headers.get('content-type'), 'text/css; charset=utf-8');
  assert.match(plain.headers.get('cache-control'), /max-age=31536000, immutable/);
  assert.equal(plain.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(gzip.headers.get('content-encoding'), 'gzip');
  assert.match(gzip.headers.get('vary'), /Accept-Encoding/i);
  assert.equal(await plain.text(), await gzip.text());
});

test('pages come compressed, too', async () => {
  for (const coding of ['br', 'gzip']) {
    const page = await fetch(`${url}/login`,
      { headers: { 'accept-encoding': coding } });

    assert.equal(page.headers.get('content-encoding'), coding);
    assert.match(page.headers.get('vary'), /Accept-Encoding/i);
    assert.match(await page.text(), /<h1>Sign in<\/h1>/);
  }
});

test('what may change is asked for again', async () => {
  const answer = await fetch(`${url}/static/version`);

  assert.equal(answer.headers.get('cache-control'), 'no-cache');
});

test('the bare address leads to the campaigns', async () => {
  const answer = await fetch(`${url}/`, { redirect: 'manual' });

  assert.equal(answer.status, 302);
  assert.equal(answer.headers.get('location'), '/dashboard/campaigns');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.match(answer.headers.get('content-security-policy'), /frame-ancestors 'none'/);
});

const log = (name) => fs.readFileSync(`${run}/log/${name}.log`, 'utf8');

test('the access log says what was asked for, also when Nginx refused it',
  async () => {
    await raw(request('PUT /static/refused?q=Sesamstreet'));
    await raw(request(`GET /refused/${'long'.repeat(5000)}`));
    await until(5, () => / PUT \/static\/refused 405 /.test(log('nginx-access')) &&
      / GET \/refused\/(long)+l?o?n?g? 414 /.test(log('nginx-access')));
    const lines = log('nginx-access').split('\n');

    assert.ok(Math.max(...lines.map((l) => l.length)) < 500);
    assert.doesNotMatch(log('nginx-access'), /outdial-short|Sesamstreet/);
  });

test('no search text gets into the access log', async () => {
  await fetch(`${url}/dashboard/campaigns?q=Sesamstreet`);
  await until(5, () => / GET \/dashboard\/campaigns 30\d /.test(log('nginx-access')));
  assert.doesNotMatch(log('nginx-access'), /Sesamstreet/);
});

test('without a worker: 503, Retry-After, a page; then it is back', async () => {
  const [keeper] = fs.readFileSync(`${run}/keep/outdial-web`, 'utf8').split(' ');
  const status = async () => (await fetch(`${url}/login`)).status;

  process.kill(keeper, 'SIGSTOP');
  try {
    process.kill(fs.readFileSync(`${run}/outdial-web.pid`, 'utf8'), 'SIGKILL');
    await until(5, async () => await status() === 503);
    const answer = await fetch(`${url}/login`);

    assert.equal(answer.headers.get('retry-after'), '2');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.match(await answer.text(), /<h1/);
    await fetch(`${url}/dashboard/campaigns?q=%2B447700900123`,
      { headers: { referer: `${url}/dashboard/campaigns?q=%2B447700900124` } });
  } finally {
    process.kill(keeper, 'SIGCONT');
  }
  await until(5, async () => await status() === 200);
  assert.doesNotMatch(log('nginx-error'), /4477009001/, 'nobody reads numbers there');
});

// Forged ones: the form is refused before a password is looked at.
test('a flood of sign-ins is held back with 429', async () => {
  const post = () => fetch(`${url}/login`, { method: 'POST',
    headers: { origin: 'http://elsewhere.example' } });
  const answers = await Promise.all(Array.from({ length: 60 }, post));
  const held = answers.filter((a) => a.headers.get('retry-after') === '2');

  assert.ok(held.length > 10, `${held.length} of 60 were held back`);
  assert.ok(held.every((a) => a.status === 429));
});
