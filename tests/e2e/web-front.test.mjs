// What Nginx answers by itself: limits, static files, and the page for when
// no worker is there.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import test from 'node:test';

const { OUTDIAL_URL: url, OUTDIAL_RUN: run, OUTDIAL_EMAIL: email,
  OUTDIAL_PASSWORD: password } = process.env;
const big = 'a'.repeat(10_000_000);
const MODEL = fs.readFileSync(new URL('../../nginx/outdial.conf.in', import.meta.url), 'utf8');

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

let cookie; // of the demo's administrator
test.before(async () => {
  const answer = await fetch(`${url}/login`, { method: 'POST', redirect: 'manual',
    headers: { origin: url }, body: new URLSearchParams({ email, password }) });

  assert.equal(answer.status, 303);
  [cookie] = answer.headers.get('set-cookie').split(';');
});

const UPLOAD = '/dashboard/campaigns/new/upload';
const LIAR = `outdial=${'x'.repeat(43)}.1.2`;
const upload = (bytes, body, who = cookie, more = '') => raw(request(`POST ${UPLOAD}`,
  `${who && `Cookie: ${who}\r\n`}${more}Content-Length: ${bytes}\r\n`) + body);
// Bytes that Nginx holds in files, also in those that have no name any more.
const spooled = () => fs.readdirSync('/proc').filter((n) => /^\d+$/.test(n)).flatMap((pid) => {
  try {
    return fs.readdirSync(`/proc/${pid}/fd`).map((fd) => `/proc/${pid}/fd/${fd}`);
  } catch {
    return [];
  }
}).reduce((sum, fd) => {
  try {
    return fs.readlinkSync(fd).startsWith(`${run}/nginx/temp/body`) ? sum + fs.statSync(fd).size : sum;
  } catch {
    return sum;
  }
}, 0);

test('an upload of more than 1 GB: 413, before it is sent', async () => {
  const answer = await upload(1_200_000_000, '');

  assert.match(answer, /^HTTP\/1\.1 413 /);
  assert.match(answer, /A file may have at most 1 GB\. Split it into smaller files\./);
});

test('an upload of 10 MB by somebody who has signed in gets to outdial-web', async () => {
  assert.match(await upload(big.length, big), /^HTTP\/1\.1 415 [^]*Outdial/);
});

test('a file of somebody who has not signed in is refused before it is sent', async () => {
  for (const who of ['', LIAR, 'myoutdial=x; outdial=1']) {
    const answer = await upload(20_000_000, big.slice(0, 1000), who,
      `Referer: ${url}/dashboard/campaigns/new/contacts\r\n`);

    assert.match(answer, /^HTTP\/1\.1 303 /);
    assert.match(answer, /^Location: \/login/m);
  }
  const script = await upload(20_000_000, '', LIAR, 'HX-Request: true\r\n');

  assert.match(script, /^HTTP\/1\.1 401 /);
  assert.match(script, /^HX-Redirect: \/login/m);
  assert.match(script, /Sign in, then choose the file again\./);
});

test('and takes no room on the disk, however slowly it comes', async () => {
  const { hostname, port } = new URL(url);
  const lines = Array.from({ length: 8 }, () => {
    const line = net.connect(port, hostname);

    line.on('error', () => {});
    line.write(request(`POST ${UPLOAD}`, `Cookie: ${LIAR}\r\nContent-Length: 20000000\r\n`));
    line.write(big);
    return line;
  });
  const most = { liars: 0, person: 0 };

  await Promise.all(lines.map((line) => new Promise((resolve) => {
    line.on('data', () => { most.liars = Math.max(most.liars, spooled()); });
    line.on('close', resolve);
  })));
  assert.equal(most.liars, 0);
  // and the same by a person is seen
  const person = net.connect(port, hostname);

  person.write(request(`POST ${UPLOAD}`, `Cookie: ${cookie}\r\nContent-Length: 20000000\r\n`));
  person.write(big);
  await until(5, () => spooled() > 1_000_000);
  person.destroy();
  await until(5, () => spooled() === 0);
});

test('what no page takes, and what another site sends, is refused as early', async () => {
  for (const [path, more] of [['/dashboard/x/upload', ''],
    [UPLOAD, 'Origin: http://evil.example\r\n']]) {
    const answer = await raw(request(`POST ${path}`,
      `Cookie: ${cookie}\r\n${more}Content-Length: 20000000\r\n`));

    assert.match(answer, /^HTTP\/1\.1 403 /);
    assert.match(answer, /You may not upload a file here\./);
  }
});

// Contacts by PUT: the body is the file, and who may send it is asked first.
const API = '/api/v1';
const key = process.env.OUTDIAL_API_KEY;
const api = async (method, at, body) => {
  const got = await fetch(url + API + at, { method, body: body && JSON.stringify(body),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } });

  return { status: got.status, json: await got.json() };
};
const contacts = (id, who) => `PUT ${API}/campaigns/${id}/contacts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`
  + `Content-Type: text/csv\r\n${who && `Authorization: Bearer ${who}\r\n`}`;
const put = (id, size, body, who = key) =>
  raw(`${contacts(id, who)}Content-Length: ${size}\r\n\r\n${body}`);
const files = () => fs.readdirSync(`${run}/upload`).filter((name) => /^[0-9a-f]{32}$/.test(name));
const draft = async (name) => {
  const { status, json } = await api('POST', '/campaigns', { name: `${name} ${Date.now()}`, bot_id: 1 });

  assert.equal(status, 201, json.detail);
  return json.id;
};
// 20 MB of contacts, each with a long note
const CSV = `phone_number,note\n${Array.from({ length: 40_000 }, (_, i) =>
  `+4477${String(10_000_000 + i * 7)},${'n'.repeat(490)}`).join('\n')}\n`;

test('a file of 20 MB by the API is spooled, read and taken; nothing of it stays', async () => {
  const id = await draft('By PUT'), had = files();
  const answer = await put(id, CSV.length, CSV);

  assert.match(answer, /^HTTP\/1\.1 202 [^]*\r\nContent-Type: application\/json/);
  const upload = JSON.parse(answer.split('\r\n\r\n')[1]).id;
  let last;

  await until(60, async () => {
    ({ json: last } = await api('GET', `/campaigns/${id}/uploads/${upload}`));
    return last.taken || last.state === 'failed';
  });
  assert.deepEqual([last.state, last.rows, last.size], ['done', 40_000, CSV.length], last.problem);
  assert.equal(spooled(), 0);
  assert.deepEqual(files(), had);
});

test('a file that may not come by the API is refused before it is sent, by a problem', async () => {
  const id = await draft('Refused'), had = files();
  const { key: reader } = JSON.parse(execFileSync('bin/outdial', ['key', 'add', 'Reader', '--scopes', 'read',
    '--as', email, '--json'], { encoding: 'utf8' }));
  const most = [];

  for (const [status, size, who, asks] of [[401, 20_000_000, '', /realm="Outdial"/], [401, 20_000_000, `od_${'x'.repeat(43)}`, /realm="Outdial"/],
    [403, 20_000_000, reader], [413, 1_200_000_000, key]]) {
    const answering = put(id, size, CSV.slice(0, 1_000_000), who);
    const answer = await answering;
    const [head, body] = answer.split('\r\n\r\n');

    most.push(spooled());
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `), answer);
    assert.match(head, /^Content-Type: application\/problem\+json/m);
    if (asks) assert.match(head, asks);
    assert.equal(JSON.parse(body).status, status);
    assert.match(JSON.parse(body).request, /^\w{10}$/);
  }
  assert.deepEqual(most, [0, 0, 0, 0]);
  assert.deepEqual(files(), had);
});

test('a program that goes away in mid-file leaves nothing behind', async () => {
  const id = await draft('Gone'), had = files();
  const { hostname, port } = new URL(url), line = net.connect(port, hostname);

  line.write(`${contacts(id, key)}Content-Length: ${CSV.length}\r\n\r\n${CSV.slice(0, CSV.length / 2)}`);
  await until(5, () => spooled() > 1_000_000);
  line.destroy();
  await until(5, () => spooled() === 0);
  assert.deepEqual(files(), had);
  // no upload of it waits: another may come at once
  assert.match(await put(id, 27, 'phone_number\n+447911123456\n'), /^HTTP\/1\.1 202 /);
});

test('what Nginx asks for itself, nobody else can', async () => {
  assert.match(await raw(request('GET /outdial-may-upload')), /^HTTP\/1\.1 404 /);
});

test('a disk that is full: 507', { skip: process.getuid() !== 0 && 'only root can mount one' },
  async () => {
    const spool = `${run}/nginx/temp/body`;

    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'none', spool]);
    try {
      const answer = await upload(big.length, big);

      assert.match(answer, /^HTTP\/1\.1 507 /);
      assert.match(answer, /The server has no disk space left for this file\./);
      assert.deepEqual(fs.readdirSync(spool), [], 'and has it again');
    } finally {
      execFileSync('umount', [spool]);
    }
    assert.match(await upload(big.length, big), /^HTTP\/1\.1 415 /);
  });

// The model's own numbers, in which a stack for developers is generous.
test('production limits: connections, reading, and health', () => {
  const location = (name) => MODEL.slice(MODEL.indexOf(`location ${name} {`)).split('\n    }')[0];

  for (const line of ['client_body_timeout 10s;', 'client_header_timeout 10s;',
    'reset_timedout_connection on;', 'limit_conn requests @REQUESTS@;'])
    assert.ok(MODEL.includes(line), line);
  assert.match(location('/'), /limit_req zone=read /);
  assert.match(location('= /healthz'), /limit_req zone=health /);
  assert.match(location(String.raw`~ ^/(dashboard|api)/(.*/(report|export|rejected|audit\.csv)|(v1/)?calls)$`),
    /limit_conn exports 2;[^]*limit_conn all_exports 8;[^]*fastcgi_max_temp_file_size 80m;/);
});

test('a probe of health that comes too often is held back', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(`${url}/healthz`)));
  const held = answers.filter((a) => a.status === 429).length;

  assert.ok(held >= 10 && held < 25, `${held} of 30`);
});

// Nginx with the model, filled by hand, in a directory of its own.
async function startModel(dir, port, more, model = MODEL) {
  fs.mkdirSync(`${dir}/temp`, { recursive: true });
  const values = { USER: process.getuid() ? '#' : '', NAME: 'root', BROTLI: '#', MODULES: '', WORKERS: '1',
    LISTEN: `127.0.0.1:${port}`, STATE: dir, LOGS: dir, SOCKETS: run, BUILD: `${dir}/none`,
    LOGIN_RATE: '2r/s', ACTION_RATE: '50r/s', READ_RATE: '200r/s', REQUESTS: '100',
    TLS: '#', PLAIN: '', NAME_OF_SITE: 'localhost', CERTIFICATE: '', KEY: '', ...more };
  const text = model.replace(/^ *# .*$/gm, '').replace(/@([A-Z_]+)@/g, (_, name) => values[name]);

  assert.doesNotMatch(text, /undefined/);
  fs.writeFileSync(`${dir}/nginx.conf`, text);
  const nginx = spawn('nginx', ['-p', dir, '-c', `${dir}/nginx.conf`, '-e', `${dir}/error.log`, '-g', 'daemon off;']);

  await until(5, () => new Promise((resolve) => {
    const line = net.connect(port, '127.0.0.1', () => { line.destroy(); resolve(true); });

    line.once('error', () => resolve(false));
  }));
  return nginx;
}

const ended = (program) => {
  program.kill();
  return new Promise((resolve) => { program.once('exit', resolve); });
};

// As an installation has it: with the certificate in Nginx.
test('the model with TLS is one that Nginx takes, and says so to browsers', async () => {
  const dir = fs.mkdtempSync(`${run}/tls-`);

  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
    '-subj', '/CN=localhost', '-days', '1', '-keyout', `${dir}/key`, '-out', `${dir}/cert`], { stdio: 'ignore' });
  const port = 20000 + (process.pid % 10000);
  const nginx = await startModel(dir, port, { TLS: '', PLAIN: '#', CERTIFICATE: `${dir}/cert`, KEY: `${dir}/key` },
    MODEL.replace(/listen 80 /, `listen 127.0.0.1:${port + 1} `));
  const curl = (...args) => execFileSync('curl', ['-s', '-i', '-k', ...args], { encoding: 'utf8' });

  try {
    for (const path of ['/login', '/', '/nowhere/upload', '/static/none.css'])
      assert.match(curl(`https://127.0.0.1:${port}${path}`),
        /^strict-transport-security: max-age=63072000\r?$/im, path);
    assert.match(curl(`http://127.0.0.1:${port + 1}/login?a`),
      /^HTTP\/1\.1 301 [^]*Location: https:\/\/localhost\/login\?a\r?$/m);
    const page = curl(`https://127.0.0.1:${port}/login`);

    assert.match(page, /^permissions-policy: camera=\(\)/im);
  } finally {
    await ended(nginx);
    fs.rmSync(dir, { recursive: true });
  }
});

// Who has signed in is not for a client to say, whichever header outdial.conf trusts:
// Nginx strips all of these unless the line of one is removed.
test('headers that name a person do not come from clients', async () => {
  const stripped = [...MODEL.matchAll(/^  fastcgi_param HTTP_((?:X_|REMOTE_)\w+) "";$/gm)].map(([, name]) => name);
  const dir = fs.mkdtempSync(`${run}/trust-`), port = 20000 + ((process.pid + 7) % 10000);
  const own = (name) => fs.readFileSync(`${run}/outdial.conf`, 'utf8').replace(/^(web_\w*socket|trusted_\w+) .*\n/gm, '')
    + ['web', 'web_slow', 'web_login'].map((pool) => `${pool}_socket = ${dir}/${pool.replace('_', '-')}.sock\n`).join('')
    + `trusted_header = ${name}\ntrusted_proxies = 127.0.0.1\n`;
  const asked = async (at, header) => {
    const got = await fetch(`http://127.0.0.1:${at}/login`, { redirect: 'manual', headers: { [header]: email } });

    return [got.status, got.headers.has('set-cookie')];
  };

  assert.equal(stripped.length, 7);
  for (const name of stripped) {
    const header = name.toLowerCase().replaceAll('_', '-');

    fs.writeFileSync(`${dir}/outdial.conf`, own(header), { mode: 0o600 });
    const web = spawn(`${process.env.OUTDIAL_BUILD}/outdial-web`, ['--config', `${dir}/outdial.conf`], { stdio: 'ignore' });
    const nginxes = [await startModel(`${dir}/${name}`, port, { SOCKETS: dir }),
      await startModel(`${dir}/${name}-open`, port + 1, { SOCKETS: dir },
        MODEL.replace(`  fastcgi_param HTTP_${name} "";\n`, ''))];

    try {
      await until(10, async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).status === 200);
      assert.deepEqual(await asked(port, header), [200, false], header);
      assert.deepEqual(await asked(port + 1, header), [303, true], `${header}, with its line removed`);
    } finally {
      await Promise.all([web, ...nginxes].map(ended));
    }
  }
  fs.rmSync(dir, { recursive: true });
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

test('no secret of an address gets into the access log', async () => {
  for (const at of ['/invitation', '/api/v1/results'])
    await raw(request(`POST ${at}/Sesamstreet`, 'Content-Type: application/json\r\nContent-Length: 0\r\n'));
  await until(5, () => / POST \/api\/v1\/results\/ 404 /.test(log('nginx-access')));
  assert.match(log('nginx-access'), / POST \/invitation\/ \d+ /);
  assert.doesNotMatch(log('nginx-access'), /Sesamstreet/);
});

test('a file of the API is judged before it is sent', async () => {
  for (const at of ['campaigns/0000000001/contacts', 'do-not-call/own/file'])
    assert.match(await raw(request(`PUT /api/v1/${at}`, 'Content-Type: text/csv\r\nContent-Length: 20000000\r\n')),
      /^HTTP\/1\.1 401 /, at);
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
    for (const address of ['/login', '/dashboard/campaigns/0000000000001/start',
      '/dashboard/campaigns/new/upload', '/dashboard/campaigns/0000000000001/report']) {
      const posted = await fetch(url + address, { method: 'POST', body: 'a=1' });

      assert.equal(posted.status, 503, address);
      assert.equal(posted.headers.get('retry-after'), '2');
      assert.match(await posted.text(), /<h1/);
    }
    const program = await fetch(`${url}${API}/campaigns`, { headers: { authorization: `Bearer ${key}` } });

    assert.equal(program.status, 503);
    assert.equal((await program.json()).code, 'busy', 'programs read it, too');
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
