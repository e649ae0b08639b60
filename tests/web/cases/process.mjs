// Workers that die, reloads, and leaving.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Browser, LIST, addCampaign, connectTo, makeDatabase, program, rawId, root, sql, startWeb, statusOf,
  stopAll, until } from '../bed.mjs';

let templates;
before(() => {
  makeDatabase();
  for (let i = 0; i < 30; i++) addCampaign({ name: `Number ${i}` });
});
after(stopAll);

const children = pid => readdirSync('/proc').filter(p => /^\d+$/.test(p)).map(Number).filter(p => {
  try {
    return Number(readFileSync(`/proc/${p}/stat`, 'utf8').replace(/.*\) /, '').split(' ')[1]) === pid;
  } catch { return false; }
});
const generation = web => children(web.pid)[0];
const workers = web => children(generation(web) ?? -1);
const kill = pid => { try { process.kill(pid, 'SIGKILL'); } catch { /* it was faster */ } };
const alive = pid => { try { process.kill(pid, 0); return true; } catch { return false; } };

// Asks all the time, on connections of its own and on a kept one; what failed.
function load(web, b) {
  const failed = [];
  let on = true, done = 0;
  const loop = async keep => {
    let line = keep ? await connectTo(web.socket) : undefined;
    while (on) {
      try {
        const got = await b.ask({ path: LIST, ...(line && { socket: line }) });
        if (got.status !== 200) failed.push(got.status);
        done++;
      } catch (e) {
        if (line) { line.destroy(); line = await connectTo(web.socket); }
        else failed.push(e.message);
      }
    }
    line?.destroy();
  };
  const loops = [loop(false), loop(false), loop(true)];
  return { failed, begun: () => until('requests are answered', () => done > 20), end: async () => { on = false; await Promise.all(loops); return done; } };
}

test('a worker that is killed is replaced, and the others go on', async () => {
  const web = await startWeb(), b = await new Browser(web).signIn('viewer@one.test');
  const before = workers(web);
  assert.equal(before.length, 4, 'two of the fast pool, one of the slow, one for sign-ins');
  process.kill(before[0], 'SIGKILL');
  for (let i = 0; i < 20; i++) assert.equal((await b.get(LIST)).status, 200);
  await until('another came', () => workers(web).length === 4 && !workers(web).includes(before[0]), 2);
  assert.match(web.log(), new RegExp(`Worker ${before[0]} of the fast pool was killed by signal 9`));
});

test('a worker that dies again and again is started with growing pauses', async () => {
  const web = await startWeb({ web_processes: 1 });
  // each once: one that is killed is there until its parent has looked
  const killed = new Set();
  const end = Date.now() + 3000;
  while (Date.now() < end) {
    for (const pid of workers(web).filter(p => !killed.has(p))) { kill(pid); killed.add(pid); }
    await new Promise(setImmediate);
  }
  assert.ok(killed.size >= 4 && killed.size < 24, `${killed.size} in 3 s`);
  await until('it serves again', () => web.ask({ path: '/login' }).then(r => r.status === 200, () => false));
});

test('the generation killed: another is there, and what was in flight is answered', async () => {
  const web = await startWeb(), b = await new Browser(web).signIn('viewer@one.test');
  const old = generation(web), theirs = workers(web), work = load(web, b);
  await work.begun();
  process.kill(old, 'SIGKILL');
  await until('another came', () => generation(web) !== old && workers(web).length === theirs.length, 3);
  await until('the old ones left', () => theirs.every(p => !alive(p)), 3);
  assert.ok(await work.end() > 50);
  assert.deepEqual(work.failed, []);
});

test('the parent killed: all leave, and the next takes the sockets over', async () => {
  const web = await startWeb(), b = await new Browser(web).signIn('viewer@one.test');
  const orphans = [generation(web), ...workers(web)];
  web.kill('SIGKILL');
  const next = spawn(program, ['--config', web.file], { stdio: 'ignore' });
  await until('it serves', () => b.get(LIST).then(r => r.status === 200, () => false));
  await until('the orphans left', () => orphans.every(p => !alive(p)));
  assert.equal((await b.get(LIST)).status, 200);
  next.kill('SIGTERM');
  await new Promise(resolve => next.once('exit', resolve));
});

test('SIGHUP under load: new templates, no request fails', async () => {
  templates = path.join((await startWeb()).dir, 'templates');
  cpSync(path.join(root, 'templates'), templates, { recursive: true });
  const web = await startWeb({ templates }), b = await new Browser(web).signIn('viewer@one.test');
  const work = load(web, b), page = path.join(templates, 'page_login.tpl');
  for (let i = 0; i < 3; i++) {
    const old = generation(web);
    writeFileSync(page, readFileSync(page, 'utf8').replace(/<h1>.*<\/h1>/, `<h1>Sign in ${i}</h1>`));
    web.kill('SIGHUP');
    await until('the new page', async () => (await web.ask({ path: '/login' })).body.includes(`Sign in ${i}`));
    await until('the old generation left', () => !alive(old));
  }
  assert.ok(await work.end() > 100);
  assert.deepEqual(work.failed, []);
});

test('SIGHUP with a broken template or configuration changes nothing', async () => {
  const web = await startWeb({ templates }), old = generation(web);
  const page = path.join(templates, 'page_login.tpl'), good = readFileSync(page, 'utf8');
  const list = path.join(templates, 'page_campaigns.tpl');
  for (const [file, bad, word] of [[page, good + '{{#OPEN}}', 'page_login.tpl'],
    [path.join(templates, 'part_toast.tpl'), null, 'part_toast.tpl'],
    [list, readFileSync(list, 'utf8').replace('{{LIST:none}}', ''), 'LIST'],
    [web.file, readFileSync(web.file, 'utf8') + 'web_threads = many\n', 'web_threads']]) {
    const was = readFileSync(file, 'utf8'), log = web.log().length;
    if (bad === null) rmSync(file);
    else writeFileSync(file, bad);
    web.kill('SIGHUP');
    await until('it says so', () => /The reload failed/.test(web.log().slice(log)));
    assert.match(web.log().slice(log), new RegExp(word));
    assert.equal(generation(web), old);
    assert.equal((await web.ask({ path: '/login' })).status, 200);
    writeFileSync(file, was);
  }
  web.kill('SIGHUP');
  await until('it reloads again', () => generation(web) !== old);
});

test('a broken start says why and leaves', async () => {
  for (const [change, word] of [[{ templates: '/nowhere' }, '/nowhere'], [{ web_threads: 99 }, 'web_threads'],
    [{ colour: 'blue' }, 'colour'], [{ web_socket: '/nowhere/web.sock' }, '/nowhere/web.sock'],
    [{ web_socket: `/tmp/${'x'.repeat(99)}` }, 'web_socket']])
    await assert.rejects(startWeb(change), e => e.message.includes(`ended with 1`) && e.message.includes(word), word);
  for (const [args, code] of [[['--help'], 0], [['--nonsense'], 2]]) {
    const child = spawn(program, args, { stdio: 'ignore' });
    assert.equal(await new Promise(resolve => child.once('exit', resolve)), code);
  }
});

test('SIGTERM finishes what is in flight', async () => {
  const web = await startWeb(), b = await new Browser(web).signIn('supervisor@one.test');
  const id = addCampaign({ name: 'Slow', status: 'running' });
  const holder = spawn('mariadb', ['--no-defaults', '-n', '-S', process.env.MARIADB_SOCKET, '-u', 'root',
    sql('SELECT DATABASE()')], { stdio: ['pipe', 'pipe', 'inherit'] });
  holder.stdin.write(`SET innodb_lock_wait_timeout=10; BEGIN; SELECT id FROM campaign WHERE id=${rawId(id)} FOR UPDATE; SELECT 'held';\n`);
  await new Promise(resolve => holder.stdout.on('data', d => /held/.test(d) && resolve()));
  const press = b.htmx(`${LIST}/${id}/pause?from=running`);
  await until('it waits for the row', () => Number(sql(
    "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'UPDATE campaign%'")) === 1);
  web.kill('SIGTERM');
  await until('the others have left', () => workers(web).length === 1);
  holder.stdin.end('COMMIT;\n');
  assert.equal((await press).status, 200);
  assert.equal(statusOf(id), 'paused');
  assert.equal(await web.ended, 0);
});

test('SIGTERM does not wait for connections that say nothing', async () => {
  const web = await startWeb(), line = await connectTo(web.socket);
  const b = new Browser(web);
  await b.ask({ socket: line, path: '/login' });
  const start = Date.now();
  assert.equal(await web.stop(), 0);
  assert.ok(Date.now() - start < 3000);
  line.destroy();
});

test('the sockets are for the owner and the group', async () => {
  const web = await startWeb();
  for (const socket of [web.socket, web.slow, web.login]) assert.equal(statSync(socket).mode & 0o777, 0o660);
  assert.equal((await web.ask({ path: '/login' })).status, 200);
  rmSync(templates, { recursive: true, force: true });
  assert.equal((await web.ask({ path: '/login' })).status, 200, 'templates are in memory');
});

test('memory stays small under all kinds of requests', async () => {
  const web = await startWeb(), b = await new Browser(web).signIn('supervisor@one.test');
  for (let i = 0; i < 40; i++)
    await Promise.all([b.get(LIST), b.get(`${LIST}?q=${i}`), b.poll(LIST), b.get('/nowhere'),
      b.post('/login', { email: `x${i}@one.test`, password: 'wrong' }),
      b.get(LIST, { 'x-large': 'x'.repeat(1 << 20) })]);
  const most = readFileSync(program).includes('__asan_init') ? 512 : 64; // MB
  for (const pid of workers(web)) {
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
    assert.ok(peak < most * 1024, `worker ${pid}: ${peak} kB`);
  }
});
