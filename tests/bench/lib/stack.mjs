// stack.mjs - the private stack that a bench runs against: its processes, its
// database, and a person who has signed in.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';

const { OUTDIAL_RUN: run, OUTDIAL_CONFIG: config, MARIADB_SOCKET: mariadb } =
  process.env;

export const url = process.env.OUTDIAL_URL;
export const note = (text) => console.error(`# ${text}`);
export const pidOf = (name) =>
  Number(fs.readFileSync(`${run}/${name}.pid`, 'utf8'));

// Rows as arrays of text.
export function sql(text) {
  return execFileSync('mariadb', ['--no-defaults', '-S', mariadb, '-u', 'root',
    '-NB', '--raw', 'outdial'], { input: text, encoding: 'utf8' })
    .split('\n').filter(Boolean).map((line) => line.split('\t'));
}

// Stops the dialler until the bench ends: what it has nothing to do with it is
// told all the same.
export function holdDialler() {
  const pid = pidOf('outdial-dialler');

  process.on('exit', () => process.kill(pid, 'SIGCONT'));
  process.kill(pid, 'SIGSTOP');
  // or each row would say that no dialler runs
  sql('UPDATE node SET lease_until = NOW(6) + INTERVAL 1 DAY');
}

// A setting of this stack, or its default.
export function setting(name) {
  const sample = new URL('../../../etc/outdial.conf', import.meta.url);
  const text = fs.readFileSync(config, 'utf8') + fs.readFileSync(sample, 'utf8');

  return text.match(new RegExp(`^#?${name} = (.*)$`, 'm'))[1];
}

// As many threads answer pages.
export const workers = () => setting('web_processes') * setting('web_threads');

// Asks until the answer is true; what takes longer has failed.
export async function until(seconds, what, ask) {
  const end = Date.now() + seconds * 1000;

  for (;;) {
    const found = await ask();

    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

export function shortId(id) {
  let text = '';

  for (let i = 0n; i < 10n; i++)
    text = LETTERS[Number(BigInt(id) >> (5n * i) & 31n)] + text;
  return text;
}

// A workspace of its own with an administrator; returns { id, cookie }.
export function makeWorkspace(name) {
  const token = randomBytes(32).toString('base64url');
  const digest = createHash('sha256').update(token).digest('hex');
  const [[id]] = sql(`
    INSERT INTO workspace SET name = '${name}', zone = 'Europe/London',
      created_at = UTC_TIMESTAMP(6);
    SET @w = LAST_INSERT_ID();
    INSERT INTO user SET workspace_id = @w, email = '${name}@bench.test',
      name = 'Priya O''Neill', role = 2, password_hash = '-',
      created_at = UTC_TIMESTAMP(6);
    INSERT INTO session SET digest = x'${digest}', user_id = LAST_INSERT_ID(),
      created_at = UTC_TIMESTAMP(6),
      expires_at = UTC_TIMESTAMP(6) + INTERVAL 1 DAY;
    SELECT @w;`);

  return { id: Number(id), cookie: `outdial=${token}.${id}.2` };
}

// htmx that wants a part of the page.
export const PART = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };

// The code of the forms of a page.
export const csrfOf = (html) => html.match(/name="csrf" value="([^"]+)"/)[1];

// What names the state that a page shows; it lives for a minute at most.
export const tagOf = (html) => html.match(/data-tag="([^"]*)"/)[1];

// Where a page's static files are: "/static/VERSION".
export const staticPath = (html) => html.match(/\/static(\/[0-9a-f]{12})?/)[0];

// Columns of a campaign that are the same in every bench: it may always dial.
export const CAMPAIGN = `mode = 1, always_on = 0, window_start = 0,
  window_end = 1440, zone = 'Europe/London', days = 127, max_attempts = 3,
  retry_delay = 30, retry_on = 0, ring_timeout = 45, callbacks = 0,
  created_by = 'Priya O''Neill'`;
