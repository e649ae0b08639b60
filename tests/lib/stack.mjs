// A stack of its own for one test file: ./dev up in a temporary directory, and
// what a person, an administrator and a fault do to it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export const wait = (ms) => new Promise((r) => setTimeout(r, ms));

/* Asks until the answer is true; what took longer has failed. */
export async function until(seconds, what, condition) {
  const end = Date.now() + seconds * 1000;

  for (;;) {
    const found = await condition();
    if (found) return found;
    assert.ok(Date.now() < end, `not within ${seconds} s: ${what}`);
    await wait(20);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();

    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function run(command, args, options = {}) {
  const done = spawnSync(command, args, {
    encoding: 'utf8', maxBuffer: 1 << 28, ...options,
  });

  if (done.error) throw done.error;
  return done;
}

function readEnv(file) {
  const pairs = fs.readFileSync(file, 'utf8').matchAll(/^(\w+)='(.*)'$/gm);

  return Object.fromEntries([...pairs].map(([, k, v]) => [k, v]));
}

/*
 * sim: options of the simulated carrier ("speed=100"); demo: without it nobody is
 * there.  The stack goes away with down(); after a failure its directory stays to
 * be looked at.
 */
export async function stackUp({ sim = '', demo = true } = {}) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outdial-chaos.'));
  fs.writeFileSync(path.join(dir, 'outdial-stack'), '');
  const env = {
    ...process.env, OUTDIAL_RUN: dir, OUTDIAL_SIM: sim,
    OUTDIAL_PORT: String(await freePort()), OUTDIAL_NO_DEMO: demo ? '' : '1',
  };
  const dev = (word) => run(path.join(root, 'dev'), [word], { env });
  const up = dev('up');
  assert.equal(up.status, 0, `./dev up: ${up.stdout}${up.stderr}`);
  const stack = new Stack(dir, dev, readEnv(path.join(dir, 'dev.env')));
  stack.sql('UPDATE carrier SET cps = 3000, channels = 20000');
  return stack;
}

class Stack {
  constructor(dir, dev, env) {
    Object.assign(this, { dir, dev, env, url: env.OUTDIAL_URL });
  }

  down(keep = false) {
    const done = this.dev('down');

    assert.equal(done.status, 0, `./dev down: ${done.stdout}${done.stderr}`);
    if (!keep) fs.rmSync(this.dir, { recursive: true, force: true });
  }

  /* Rows of a query as arrays of text. */
  sql(query) {
    const done = run('mariadb', ['--no-defaults', '-S',
      this.env.MARIADB_SOCKET, '-u', 'root', '-NB', 'outdial', '-e', query]);

    assert.equal(done.status, 0, done.stderr);
    return done.stdout.split('\n').filter(Boolean).map((l) => l.split('\t'));
  }

  one(query) {
    return this.sql(query)[0]?.[0];
  }

  /* The administrator's command; 'input' is its standard input. */
  outdial(args, { input, status = 0 } = {}) {
    const done = run(path.join(process.env.OUTDIAL_BUILD ??
      path.join(root, 'build'), 'outdial'),
    ['--config', path.join(this.dir, 'outdial.conf'), ...args], { input });

    if (status !== null)
      assert.equal(done.status, status,
        `outdial ${args.join(' ')}: ${done.stdout}${done.stderr}`);
    return done;
  }

  pid(name) {
    return Number(fs.readFileSync(path.join(this.dir, `${name}.pid`), 'utf8'));
  }

  /* Ends a program of the stack as a crash would, and waits for the keeper. */
  async kill(name) {
    const was = this.pid(name);

    process.kill(was, 'SIGKILL');
    await until(10, `${name} is started again`, () => {
      try {
        const now = this.pid(name);
        return now !== was && fs.existsSync(`/proc/${now}`);
      } catch {
        return false;
      }
    });
  }

  /* Worker processes of outdial-web: children of its generation. */
  workers() {
    const children = (pid) =>
      fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
        .trim().split(/\s+/).filter(Boolean).map(Number);

    return children(this.pid('outdial-web')).flatMap(children);
  }

  /* Peak resident memory in MB. */
  peak(pid) {
    const text = fs.readFileSync(`/proc/${pid}/status`, 'utf8');

    return Number(text.match(/^VmHWM:\s+(\d+) kB/m)[1]) / 1024;
  }

  /* A draft with 'count' contacts and settings of its own. */
  campaign(name, count, settings = {}) {
    const file = path.join(this.dir, `${name}.json`);
    const csv = path.join(this.dir, `${name}.csv`);

    fs.writeFileSync(file, JSON.stringify({
      name, bot_id: Number(this.one('SELECT MIN(id) FROM bot')),
      concurrency: 2000, window_start: '00:00', window_end: '24:00',
      days: 'mon,tue,wed,thu,fri,sat,sun', mode: 'multi_day', zone: 'UTC',
      max_attempts: 1, ...settings,
    }));
    const id = this.outdial(['campaign', 'create', file]).stdout.trim();
    const rows = ['phone_number,first_name'];
    for (let i = 0; i < count; i++)
      rows.push(`+4477${String(10000000 + i * 7).slice(-8)},Name ${i}`);
    fs.writeFileSync(csv, `${rows.join('\n')}\n`);
    this.outdial(['import', id, csv]);
    return id;
  }

  action(word, id) {
    return this.outdial(['campaign', word, id, '--as', this.env.OUTDIAL_EMAIL]);
  }

  status(id) {
    return this.one(`SELECT status FROM campaign WHERE
      hay LIKE CONCAT('%\\n', '${id}')`);
  }

  runOf(id) {
    return this.one(`SELECT r.id FROM run r JOIN campaign c
      ON c.id = r.campaign_id WHERE c.hay LIKE CONCAT('%\\n', '${id}')
      ORDER BY r.id DESC LIMIT 1`);
  }

  finished(run_) {
    return Number(this.one(`SELECT COALESCE(SUM(processed), 0)
      FROM run_count WHERE run_id = ${run_}`));
  }

  /* Orders that the simulated carrier took: [microseconds, id, number]; without
   * a last line that is being written. */
  placed() {
    return fs.readFileSync(path.join(this.dir, 'sim.log'), 'utf8')
      .split('\n').slice(0, -1).map((l) => l.split('\t'));
  }

  /* The books balance, and the carrier's log agrees with them. */
  balanced() {
    const done = this.outdial(['check', '--sim-log',
      path.join(this.dir, 'sim.log')], { status: null });

    assert.equal(done.status, 0, `outdial check: ${done.stdout}${done.stderr}`);
  }

  /* Nobody was called twice for one attempt, nobody was forgotten. */
  judge(run_, contacts) {
    const ids = this.placed().map(([, id]) => id);

    assert.equal(new Set(ids).size, ids.length, 'an attempt placed twice');
    const states = this.sql(`SELECT state, COUNT(*) FROM run_contact
      WHERE run_id = ${run_} GROUP BY state`);
    const open = states.filter(([s]) => Number(s) < 4);
    assert.deepEqual(open, [], 'contacts that are not final');
    assert.equal(states.reduce((n, [, k]) => n + Number(k), 0), contacts);
    this.balanced();
  }

  async signIn() {
    const page = new Page(this.url);

    await page.signIn(this.env.OUTDIAL_EMAIL, this.env.OUTDIAL_PASSWORD);
    return page;
  }
}

/* A browser's requests, without a browser. */
class Page {
  constructor(url) {
    this.url = url;
    this.cookies = new Map();
  }

  async ask(path_, { form, headers = {} } = {}) {
    const cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
    const answer = await fetch(this.url + path_, {
      method: form ? 'POST' : 'GET',
      body: form ? new URLSearchParams(form) : undefined,
      headers: { cookie, origin: this.url, ...headers },
      redirect: 'manual',
    });

    for (const line of answer.headers.getSetCookie()) {
      const [, k, v] = line.match(/^([^=]+)=([^;]*)/);
      this.cookies.set(k, v);
    }
    return answer;
  }

  async signIn(email, password) {
    const done = await this.ask('/login', { form: { email, password } });
    assert.equal(done.status, 303, await done.text());
    const html = await (await this.ask('/dashboard/campaigns')).text();
    [, this.csrf] = html.match(/name="csrf" value="([^"]+)"/);
  }

  /* A row button as htmx presses it. */
  press(word, id, from) {
    return this.ask(`/dashboard/campaigns/${id}/${word}?from=${from}`, {
      form: { csrf: this.csrf },
      headers: { 'hx-request': 'true', 'hx-request-type': 'partial' },
    });
  }
}

