// MariaDB or Redis away: at start, in between, and back again.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Browser, HTMX, LIST, addCampaign, makeDatabase, redis, rows, startWeb, statusOf, stopAll, until }
  from '../bed.mjs';

let web, b;
const { env } = process;
before(async () => {
  makeDatabase();
  addCampaign({ name: 'One' });
  web = await startWeb();
  b = await new Browser(web).signIn('supervisor@one.test');
});
after(stopAll);

const toast = html => /<div class="toast[^]*?<p>([^<]*)/.exec(html.replace(/<template[^]*?<\/template>/g, ''))?.[1].trim();
const banner = html => /class="banner">.*?The job queue cannot be reached/s.test(html);
const killed = async file => {
  const pid = Number(readFileSync(file, 'utf8'));
  process.kill(pid, 'SIGKILL');
  await until('another one runs', () => Number(readFileSync(file, 'utf8')) !== pid);
};

test('without Redis: sign in, list, Start, Pause, Resume and Stop work, and pages say what is wrong', async () => {
  const lone = await startWeb({ redis_socket: '/nowhere/redis.sock' });
  const p = await new Browser(lone).signIn('supervisor@one.test');
  const page = await p.get(LIST);
  assert.equal(page.status, 200);
  assert.ok(banner(page.body));
  assert.ok(!banner((await b.get(LIST)).body));
  const id = addCampaign({ name: 'Lone' });
  for (const [action, to, text] of [['start', 'running', 'Campaign started'], ['pause', 'paused', 'Campaign paused'],
    ['resume', 'running', 'Campaign resumed'], ['stop', 'completed', 'Campaign stopped']]) {
    const got = await p.post(`${LIST}/${id}/${action}`);
    assert.equal(got.status, 303);
    assert.equal(statusOf(id), to);
    assert.equal(toast((await p.get(LIST)).body), text, 'the toast came in the cookie');
    assert.equal(toast((await p.get(LIST)).body), undefined, 'once');
  }
  await p.post('/logout');
  assert.equal((await p.get(LIST)).status, 303);
});

test('a database that has frozen: nothing is said to be up to date any more', async () => {
  const id = addCampaign({ name: 'Frozen', status: 'running' });
  const pid = Number(readFileSync(env.MARIADB_PID, 'utf8'));
  for (const at of [LIST, `${LIST}/${id}`]) {
    const tag = /id="poll" data-tag="([^"]*)"/.exec((await b.get(at)).body)[1];
    const upToDate = async () => (await b.poll(at, tag)).status === 304;
    await until('nothing is new', upToDate);
    process.kill(pid, 'SIGSTOP');
    const frozen = performance.now();
    try {
      // each asks as a browser would: a new poll, whether or not the one before was answered
      let last = 0, answers = [];
      // longer than who asks MariaDB waits for its answer
      while (performance.now() - frozen < 12000) {
        const sent = performance.now() - frozen;
        answers.push(upToDate().then(ok => { if (ok) last = Math.max(last, sent); }, () => {}));
        await wait(100);
      }
      assert.ok(last < 2500, `${at}: up to date ${last} ms after it froze`);
      process.kill(pid, 'SIGCONT');
      await Promise.all(answers);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await until('it is live again', upToDate);
  }
});

test('a toast in a cookie cannot be forged or borrowed', async () => {
  const lone = await startWeb({ redis_socket: '/nowhere/redis.sock' });
  const p = await new Browser(lone).signIn('supervisor@one.test');
  const id = addCampaign({ name: 'Cookie' });
  await p.post(`${LIST}/${id}/start`);
  const real = p.jar.outdial_toast;
  for (const forged of [real.replace('started', 'forged'), 'x', `${'0'.repeat(64)}.%2Bforged%0A`, '.', real.slice(0, 64)]) {
    p.jar.outdial_toast = forged;
    assert.equal(toast((await p.get(LIST)).body), undefined, forged);
  }
  const other = await new Browser(lone).signIn('admin@one.test');
  other.jar.outdial_toast = real;
  assert.equal(toast((await other.get(LIST)).body), undefined);
  p.jar.outdial_toast = real;
  assert.equal(toast((await p.get(LIST)).body), 'Campaign started');
});

test('a poll shows that Redis went, and that it is back', async () => {
  const socket = path.join(web.dir, 'redis.link');
  symlinkSync(env.REDIS_SOCKET, socket);
  const linked = await startWeb({ redis_socket: socket });
  const p = await new Browser(linked).signIn('supervisor@one.test');
  let got = await p.poll(LIST);
  assert.doesNotMatch(got.body, /#banner/);
  unlinkSync(socket);
  redis('CLIENT', 'KILL', 'TYPE', 'normal');
  got = await until('a poll notices', async () => {
    const poll = await p.poll(LIST, got.headers['hx-ptag']);
    return banner(poll.body) && poll;
  });
  assert.equal(rows(got.body).length > 0, true, 'with the rows, from MariaDB');
  assert.equal(got.headers['hx-ptag'], 'away');
  symlinkSync(env.REDIS_SOCKET, socket);
  got = await until('it is back', async () => {
    const poll = await p.poll(LIST, 'away');
    return poll.headers['hx-ptag'] !== 'away' && poll;
  });
  assert.match(got.body, /hx-target="#banner" hx-swap="innerHTML"><\/hx-partial>/);
});

test('Redis killed in between: nobody notices but the log', async () => {
  await killed(env.REDIS_PID);
  for (let i = 0; i < 20; i++) assert.equal((await b.get(LIST)).status, 200);
  await until('it is used again', async () => !banner((await b.get(LIST)).body));
});

test('MariaDB away at start: 503 with Retry-After, and recovery without a restart', async () => {
  const socket = path.join(web.dir, 'mariadb.link');
  const early = await startWeb({ mariadb_socket: socket });
  const p = new Browser(early);
  p.jar = { ...b.jar };
  assert.equal((await p.get('/healthz')).status, 503);
  redis('FLUSHALL');
  for (const headers of [{}, HTMX, { accept: 'application/json' }]) {
    const got = await p.get(LIST, headers);
    assert.equal(got.status, 503);
    assert.equal(got.headers['retry-after'], '5');
    assert.ok(got.body.length < 8000);
  }
  assert.equal((await p.get('/login')).status, 200, 'what needs no database is there');
  assert.equal((await p.post('/login', { email: 'viewer@one.test', password: 'x' })).status, 503);
  symlinkSync(env.MARIADB_SOCKET, socket);
  await until('it serves', async () => (await p.get(LIST)).status === 200);
  assert.equal((await p.get('/healthz')).status, 200);
  await early.stop();
});

test('a press while MariaDB is away says so, and changes nothing', async () => {
  const socket = path.join(web.dir, 'mariadb.press');
  symlinkSync(env.MARIADB_SOCKET, socket);
  const flaky = await startWeb({ mariadb_socket: socket, web_processes: 1, web_threads: 1 });
  const p = await new Browser(flaky).signIn('supervisor@one.test');
  const id = addCampaign({ name: 'Press' });
  await p.get(LIST);
  unlinkSync(socket);
  await killed(env.MARIADB_PID);
  const got = await p.htmx(`${LIST}/${id}/start?from=draft`);
  assert.equal(got.status, 503);
  assert.match(got.body, /<hx-partial hx-target="#toasts"/);
  assert.equal(toast(got.body), 'Failed to start');
  assert.match(got.body, /<small>The database is not available\. Please try again soon\. Request [0-9a-z]{10}<\/small>/);
  symlinkSync(env.MARIADB_SOCKET, socket);
  await until('it works', async () => (await p.htmx(`${LIST}/${id}/start?from=draft`)).status === 200);
  assert.equal(statusOf(id), 'running');
});

test('MariaDB killed in between: pages come back by themselves', async () => {
  assert.ok(existsSync(env.MARIADB_SOCKET));
  await killed(env.MARIADB_PID);
  await until('every thread reconnects', async () => {
    for (let i = 0; i < 12; i++) {
      redis('FLUSHALL');
      if ((await b.get(LIST)).status !== 200) return false;
    }
    return true;
  }, 20);
});
