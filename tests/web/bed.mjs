// What the tests of the web lie in: a database with people and campaigns, and
// outdial-web started on it.  tests/lib/world.sh has started MariaDB and Redis.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync }
  from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, connect } from './fcgi.mjs';

const { env } = process;
export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
export const program = path.join(env.OUTDIAL_BUILD ?? path.join(root, 'build'), 'outdial-web');
const database = `web_${path.basename(process.argv[1], '.mjs')}`;
const dir = mkdtempSync(path.join(env.OUTDIAL_RUN, 'web-'));

export const PASSWORD = 'correct horse battery';
const HASH = '$argon2id$v=19$m=19456,t=2,p=1$vjTM83hc7bQ8YR0BYJdwew'
  + '$wrw3kidEuXFxVAeOxrC52YGH+WqqJ25wbA3TatS5Trk';
export const STATUSES = ['draft', 'running', 'paused', 'completed', 'failed', 'archived'];
export const ROLES = ['viewer', 'supervisor', 'admin'];

export function sql(text, db = database) {
  return execFileSync('mariadb', ['--no-defaults', '-S', env.MARIADB_SOCKET, '-u', 'root', '-N',
    '-B', '--raw', ...(db ? [db] : [])], { input: text, encoding: 'utf8' }).trimEnd();
}

export function redis(...args) {
  return execFileSync('redis-cli', ['-s', env.REDIS_SOCKET, ...args.map(String)],
    { encoding: 'utf8' }).trimEnd();
}

export async function until(what, fn, seconds = 10) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const got = await fn();
    if (got) return got;
    if (Date.now() > end) assert.fail(`not within ${seconds} s: ${what}`);
    await sleep(20); // between two looks
  }
}

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
export function short(id) {
  let text = '';
  for (let n = BigInt(id), i = 0; i < 10; i++, n >>= 5n) text = LETTERS[Number(n & 31n)] + text;
  return text;
}

let nextCampaign = 1000;
// Adds a campaign that passes every check of Start; returns its short id.
export function addCampaign({ ws = 1, name = 'Campaign', status = 'draft', age = 0,
  bot = ws, contacts = 10 } = {}) {
  const id = (1n << 45n) + BigInt(nextCampaign++) * 7919n;
  const state = STATUSES.indexOf(status), runs = status === 'draft' ? 0 : 1;
  sql(`
    INSERT INTO contact_list SET workspace_id=${ws}, refs=1, open=${state < 3 ? 1 : 0}, created_at=NOW(6);
    SET @own = LAST_INSERT_ID();
    INSERT INTO contact_list SET workspace_id=${ws}, refs=1, created_at=NOW(6);
    SET @list = LAST_INSERT_ID();
    INSERT INTO list_part SET list_id=@list, part=0, n=${contacts};
    INSERT INTO contact (list_id, part, ordinal, phone)
      SELECT @list, 0, seq, CONCAT('4930', 1000000 + seq) FROM seq_1_to_${contacts || 1} LIMIT ${contacts};
    INSERT INTO campaign SET id=${id}, workspace_id=${ws}, name='${name}',
      hay=CONCAT(LOWER('${name}'), '\\n', '${short(id)}'), status=${state}, runs=${runs},
      own_list=@own, bot_id=${bot}, concurrency=50, mode=1, always_on=0, window_start=0,
      window_end=1440, zone='UTC', days=127, max_attempts=3, retry_delay=30, retry_on=0,
      ring_timeout=45, callbacks=0, created_at=NOW(6) - INTERVAL ${age} SECOND, created_by='Test';
    INSERT INTO campaign_number VALUES (${id}, ${ws});
    INSERT INTO segment SET campaign_id=${id}, seg=1, list_id=@list, part=0, upto=${contacts};
  `);
  if (runs)
    sql(`
      INSERT INTO run SET workspace_id=${ws}, campaign_id=${id}, no=1, settings='{}',
        rest=${{ running: 0, paused: 0, completed: 1, failed: 4, archived: 1 }[status]},
        started_at=NOW(6), ended_at=${status === 'running' || status === 'paused' ? 'NULL' : 'NOW(6)'};
      UPDATE campaign SET current_run=LAST_INSERT_ID(), started_at=NOW(6),
        prev_status=IF(status=5, 3, NULL) WHERE id=${id};
      INSERT INTO run_cursor SELECT r.id, s.seg, s.list_id, s.part, '', s.upto, s.prio, 1
        FROM run r JOIN segment s USING (campaign_id) WHERE campaign_id=${id};
      INSERT INTO run_count (run_id, shard) SELECT id, 0 FROM run WHERE campaign_id=${id};
    `);
  return short(id);
}

// Pages of memory that outdial-web and all below it were given so far: a hash of a
// password takes 19 MB and gives them back, all else next to nothing.
export function pages(pid) {
  let sum = 0;
  for (const p of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    let stat;
    try { stat = readFileSync(`/proc/${p}/stat`, 'utf8').replace(/.*\) /, '').split(' '); } catch { continue; }
    if (Number(p) === pid) sum += Number(stat[7]);
    else if (Number(stat[1]) === pid) sum += pages(Number(p));
  }
  return sum;
}

export const rawId = text =>
  [...text].reduce((n, c) => n * 32n + BigInt(LETTERS.indexOf(c)), 0n);

export const statusOf = id =>
  STATUSES[Number(sql(`SELECT status FROM campaign WHERE id=${rawId(id)}`))];

export const runOf = id => sql(`SELECT current_run FROM campaign WHERE id = ${rawId(id)}`);

// Its first contact has ended after two attempts, the second one waits, the others were never called.
export function addCalled(name, contacts = 10) {
  const id = addCampaign({ name, contacts, status: 'running' }), run = runOf(id);
  sql(`INSERT INTO run_contact (run_id, seg, ordinal, state, class, due_at, seq, tries, outcome) VALUES
      (${run}, 1, 1, 4, 2, NULL, 2, 2, 1), (${run}, 1, 2, 2, 2, '2030-01-01', 1, 1, 3);
    UPDATE run_cursor SET next_ordinal = 3 WHERE run_id = ${run};
    INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at, ring_ms, talk_ms, outcome,
        sip, q850, counted) VALUES
      (${run}, 1, 1, 1, 7, '49301000001', 1, 1, 0, '2026-11-01 10:00:00', NULL, NULL, 3, 486, 17, 1),
      (${run}, 1, 1, 2, 7, '49301000001', 1, 1, 0, '2026-11-01 11:00:00', 5000, 61000, 1, 200, NULL, 1)`);
  return id;
}

// outdial-web may what "outdial grants" says.
function grant() {
  const root = config({ mariadb_user: 'root', mariadb_password: '' }, 'grants');
  sql(execFileSync(path.join(path.dirname(program), 'outdial'), ['--config', root.file, 'grants', 'outdial'],
    { encoding: 'utf8' }));
}

// Two workspaces; viewer@one.test ... admin@two.test, all with PASSWORD.
// Where files that were sent lie.
export const uploadDir = path.join(env.OUTDIAL_RUN, 'upload');

// A new database, in which no file is known that an earlier one has left.
export function makeDatabase() {
  rmSync(uploadDir, { recursive: true, force: true });
  mkdirSync(uploadDir, { mode: 0o700 });
  sql(`DROP DATABASE IF EXISTS ${database}; CREATE DATABASE ${database}`, null);
  for (const file of readdirSync(path.join(root, 'sql')).sort())
    if (/^\d.*\.sql$/.test(file)) sql(readFileSync(path.join(root, 'sql', file), 'utf8'));
  grant();
  for (const [ws, word] of [[1, 'one'], [2, 'two']]) {
    sql(`
      INSERT INTO workspace SET id=${ws}, name='Workspace ${word}', zone='Europe/London', created_at=NOW(6);
      INSERT INTO bot SET id=${ws}, workspace_id=${ws}, name='Bot', target='sip:bot@test', created_at=NOW(6);
      INSERT INTO carrier SET id=${ws}, workspace_id=${ws}, name='Sim', kind=0, address='/nowhere',
        cps=10, channels=10, created_at=NOW(6);
      INSERT INTO number SET id=${ws}, workspace_id=${ws}, carrier_id=${ws}, phone='4420000000${ws}';
    `);
    ROLES.forEach((role, i) => sql(`
      INSERT INTO user SET workspace_id=${ws}, email='${role}@${word}.test', name='${role} ${word}',
        role=${i}, password_hash='${HASH}', created_at=NOW(6)`));
  }
  redis('FLUSHALL');
}

function config(changes, name) {
  const base = Object.fromEntries(readFileSync(env.OUTDIAL_CONFIG, 'utf8').split('\n')
    .map(l => /^(\w+) = (.*)$/.exec(l)).filter(Boolean).map(m => [m[1], m[2]]));
  const all = { ...base, mariadb_database: database, web_socket: path.join(dir, `${name}.sock`),
    web_slow_socket: path.join(dir, `${name}-slow.sock`),
    web_login_socket: path.join(dir, `${name}-login.sock`), web_processes: 2, web_threads: 3,
    templates: path.join(root, 'templates'), ...changes };
  const file = path.join(dir, `${name}.conf`);
  writeFileSync(file, Object.entries(all).map(([k, v]) => `${k} = ${v}\n`).join(''), { mode: 0o600 });
  return { file, socket: all.web_socket, slow: all.web_slow_socket, login: all.web_login_socket };
}

let webs = 0;
const running = new Set();
// Starts outdial-web with a configuration of its own.
export async function startWeb(changes = {}) {
  assert.ok(existsSync(program), `${program} is not built`);
  const name = `w${++webs}`, conf = config(changes, name), log = path.join(dir, `${name}.log`);
  const child = spawn(program, ['--config', conf.file], { stdio: ['ignore', 'ignore', openSync(log, 'w')] });
  const web = {
    ...conf, pid: child.pid, dir,
    log: () => readFileSync(log, 'utf8'),
    ended: new Promise(resolve => child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(signal ?? code);
    })),
    kill: signal => child.kill(signal),
    stop: () => (child.kill('SIGTERM'), web.ended),
    ask: request => ask(conf.socket, request),
  };
  running.add(child);
  const over = await Promise.race([web.ended, until('it serves', () =>
    ask(conf.socket, { path: '/healthz' }).then(() => true, () => false))]);
  if (over !== true) assert.fail(`outdial-web ended with ${over}: ${web.log()}`);
  return web;
}

export async function stopAll() {
  await Promise.all([...running].map(child => new Promise(resolve => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  })));
  if (!process.exitCode) rmSync(dir, { recursive: true, force: true });
}

// A browser: keeps cookies, knows the token of the forms it has seen.
export class Browser {
  constructor(web) {
    this.web = web;
    this.jar = {};
    this.csrf = '';
  }

  async ask({ headers = {}, socket = this.web.socket, ...rest }) {
    const cookie = Object.entries(this.jar).map(([k, v]) => `${k}=${v}`).join('; ');
    const got = await ask(socket, { ...rest, headers: { ...(cookie && { cookie }), ...headers } });
    for (const [k, v] of Object.entries(got.cookies)) {
      if (v === '') delete this.jar[k];
      else this.jar[k] = v;
    }
    const token = /name="csrf" value="([0-9a-f]{128})"/.exec(got.body);
    if (token) this.csrf = token[1];
    return got;
  }

  get(at, headers = {}) {
    return this.ask({ path: at, headers });
  }

  post(at, form = {}, headers = {}) {
    return this.ask({ method: 'POST', path: at,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://outdial.test',
        'sec-fetch-site': 'same-origin', ...headers },
      body: new URLSearchParams(Array.isArray(form) ? [['csrf', this.csrf], ...form]
        : { csrf: this.csrf, ...form }).toString() });
  }

  // A form that brings a file; without a name none was chosen.
  upload(at, file, { csrf = this.csrf, rev, mode, name = 'a.csv' } = {}, headers = {}) {
    const edge = '----x1', part = 'content-disposition: form-data; name=';
    return this.ask({ method: 'POST', path: at,
      headers: { 'content-type': `multipart/form-data; boundary=${edge}`, origin: 'http://outdial.test',
        'sec-fetch-site': 'same-origin', ...headers },
      body: `--${edge}\r\n${part}"csrf"\r\n\r\n${csrf}\r\n--${edge}\r\n`
        + (rev ? `${part}"rev"\r\n\r\n${rev}\r\n--${edge}\r\n` : '')
        + (mode ? `${part}"mode"\r\n\r\n${mode}\r\n--${edge}\r\n` : '')
        + `${part}"file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${file}\r\n--${edge}--\r\n` });
  }

  htmx(at, form = {}, headers = {}) {
    return this.post(at, form, { ...HTMX, ...headers });
  }

  poll(at, tag) {
    return this.get(at, { ...HTMX, ...(tag && { 'hx-ptag': tag }) });
  }

  async signIn(email) {
    const got = await this.post('/login', { email, password: PASSWORD });
    assert.equal(got.status, 303, got.body);
    await this.get('/dashboard/campaigns');
    return this;
  }
}

export const HTMX = { 'hx-request': 'true', 'hx-request-type': 'partial',
  accept: 'text/html', 'hx-current-url': 'http://outdial.test/dashboard/campaigns?q=x' };
export const LIST = '/dashboard/campaigns';
export const rows = html => [...html.matchAll(/<tr [^>]*data-campaign-id="(\w{10})" data-status="(\w+)"/g)]
  .map(m => ({ id: m[1], status: m[2] }));
export const toasts = html => [...html.replace(/<template[^]*?<\/template>/g, '')
  .matchAll(/<div class="toast( bad)?">[^]*?<p>([^<]*?)(?: <small>([^<]*)<\/small>)?<\/p>/g)]
  .map(m => ({ bad: Boolean(m[1]), text: m[2], detail: m[3] ?? '' }));
export { connect as connectTo };
