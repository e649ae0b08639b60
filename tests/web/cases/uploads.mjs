// Files on their way: who may send one, how much of the disk they may take, and
// that an answer of many megabytes takes none of the memory.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Browser, HTMX, LIST, connectTo, makeDatabase, sql, startWeb, stopAll, uploadDir } from '../bed.mjs';

const NEW = `${LIST}/new`, MB = 1 << 20;
const FILE = 'phone_number\n+447911123456\n';
let web, b;

before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('supervisor@one.test');
});
after(stopAll);

const files = () => readdirSync(uploadDir).sort();

// What Nginx asks before it reads the body of a request.
const may = (who, { at = `${NEW}/upload`, size = 1000, headers = {} } = {}) => who.ask({ method: 'POST', path: at,
  headers: { 'content-type': 'multipart/form-data; boundary=x', origin: 'http://outdial.test',
    'sec-fetch-site': 'same-origin', referer: `http://outdial.test${NEW}/contacts`, ...headers },
  env: { OUTDIAL_ASKED_FIRST: '1', CONTENT_LENGTH: size } });

async function begin(who, name = 'Spring') {
  const page = await who.get(`${NEW}/basics`);
  const rev = /name="rev" value="([^"]*)"/.exec(page.body)[1];
  await who.post(`${NEW}/basics`, { rev, ver: 0, go: 'next', name, bot_id: 1 });
}

test('a file may come from who has signed in; others are led to it', async () => {
  const before = sql('SELECT COUNT(*) FROM upload'), kept = files();
  const yes = await may(b);
  assert.equal(yes.status, 204);
  assert.equal(yes.body, '');
  const liar = new Browser(web);
  liar.jar.outdial = `${'A'.repeat(43)}.1.2`;
  const no = await may(liar);
  assert.equal(no.status, 401);
  assert.equal(no.headers.location, `/login?next=${encodeURIComponent(`${NEW}/contacts`)}&why=ended`,
    'a browser is led, and told why');
  const script = await may(liar, { headers: { ...HTMX, 'hx-current-url': `http://outdial.test${NEW}/contacts` } });
  assert.equal(script.headers['hx-redirect'], no.headers.location, 'and so is a script');
  assert.equal(script.body, '');
  assert.equal((await may(b, { at: '/dashboard/x/upload' })).status, 403, 'nothing takes it');
  assert.equal(sql('SELECT COUNT(*) FROM upload'), before);
  assert.deepEqual(files(), kept, 'asking is all');
});

test('a client cannot ask in Nginx’s place', async () => {
  const got = await b.ask({ path: LIST, headers: { outdial_asked_first: '1', 'outdial-asked-first': '1' } });
  assert.equal(got.status, 200);
});

test('a file that was cancelled, discarded or replaced is gone at once', async () => {
  await begin(b);
  const kept = files();
  for (const end of [() => b.post(`${NEW}/contacts`, { go: 'cancel' }), () => b.post(`${NEW}/discard`, { confirm: 1 })]) {
    assert.equal((await b.upload(`${NEW}/upload`, FILE)).status, 303);
    assert.equal(files().length, kept.length + 1);
    await end();
    assert.deepEqual(files(), kept);
    await begin(b);
  }
  await b.upload(`${NEW}/upload`, FILE);
  sql('UPDATE upload SET state=2, ended_at=NOW(6) WHERE state=0');
  await b.upload(`${NEW}/upload`, FILE);
  assert.equal(files().length, kept.length + 1, 'the second took the place of the first');
  await b.post(`${NEW}/contacts`, { go: 'cancel' });
  assert.equal(files().length, kept.length);
});

test('a file on another node stays to be cleared up there', async () => {
  await begin(b);
  const kept = files();
  await b.upload(`${NEW}/upload`, FILE);
  sql("UPDATE upload SET node='elsewhere' WHERE state=0");
  await b.post(`${NEW}/contacts`, { go: 'cancel' });
  assert.equal(files().length, kept.length + 1);
});

test('a workspace has no more waiting than its quota', async () => {
  const small = await startWeb({ upload_quota_mb: 3 });
  const who = await new Browser(small).signIn('admin@one.test');
  const waiting = mb => sql(`DELETE FROM upload; INSERT INTO upload SET workspace_id=1, name='a', node='n',
    size=${mb * MB}, created_at=NOW(6), created_by='x'`);
  await begin(who);
  waiting(1);
  assert.equal((await may(who, { size: 2 * MB })).status, 204, 'as much as it may have');
  assert.equal((await may(who, { size: 2 * MB + 1 })).status, 429, 'and a byte more');
  waiting(3);
  const kept = files(), got = await who.upload(`${NEW}/upload`, FILE, {}, { accept: 'application/json' });
  assert.equal(got.status, 429);
  assert.match(got.body, /already has 3 MB of files waiting to be read; the limit is 3 MB\. Wait/);
  assert.deepEqual(files(), kept);
  const other = await new Browser(small).signIn('admin@two.test');
  assert.equal((await may(other, { size: 2 * MB })).status, 204, 'another workspace has its own');
  sql('UPDATE upload SET state=2');
  assert.equal((await may(who, { size: 2 * MB })).status, 204, 'what has been read counts no more');
  sql('DELETE FROM upload');
});

test('the disk is never filled: what must stay free stays free', async () => {
  const full = await startWeb({ upload_min_free_mb: 100_000_000 });
  const who = await new Browser(full).signIn('supervisor@one.test');
  assert.equal((await may(who)).status, 507);
  await begin(who);
  const got = await who.upload(`${NEW}/upload`, FILE, {}, HTMX);
  assert.equal(got.status, 507);
  assert.match(got.body, /The server has no disk space left for this file\./);
});

const memory = web => Math.max(...readFileSync(`/proc/${web.pid}/task/${web.pid}/children`, 'utf8').trim().split(' ')
  .flatMap(pid => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' '))
  .filter(Boolean).map(pid => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1])));

test('rejected rows of 48 MB go out piece by piece, and take no memory', async () => {
  await begin(b);
  await b.upload(`${NEW}/upload`, FILE);
  const id = sql('SELECT MAX(id) FROM upload');
  sql(`UPDATE upload SET state=3, rejected=1, ended_at=NOW(6) WHERE id=${id};
    INSERT INTO upload_reject SELECT ${id}, seq, REPEAT('0123456789abcde\\n', 65536) FROM seq_1_to_48`);
  const before = memory(web);
  const got = await b.get(`${NEW}/rejected/export`);
  assert.equal(got.status, 200);
  assert.equal(got.headers['content-length'], undefined);
  assert.equal(got.body.length, 48 * MB);
  assert.equal(got.body.replaceAll('0123456789abcde\n', ''), '');
  assert.ok(memory(web) - before < 12_000, `${memory(web) - before} KB more than before`);
  assert.equal((await b.ask({ method: 'HEAD', path: `${NEW}/rejected/export` })).body, '');
});

test('a line that is kept serves on after such an answer', async () => {
  const line = await connectTo(web.socket);
  for (let i = 0; i < 2; i++)
    assert.equal((await b.ask({ socket: line, path: `${NEW}/rejected/export` })).body.length, 48 * MB);
  assert.equal((await b.ask({ socket: line, path: LIST })).status, 200);
  line.destroy();
});

test('no rejected rows: there is no such file', async () => {
  sql('UPDATE upload SET rejected=0');
  assert.equal((await b.get(`${NEW}/rejected/export`)).status, 404);
});
