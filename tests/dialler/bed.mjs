// What the tests of the dialler lie in: a database, a simulated carrier and as
// many dialler nodes as are asked for, on the MariaDB and Redis that
// tests/lib/world.sh has started.  The carrier's log is the judge.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const { env } = process;
const build = env.OUTDIAL_BUILD ?? path.resolve(import.meta.dirname, '../../build');
const run = env.OUTDIAL_RUN;
export const WHO = 'ann@example.com';
export const simSocket = path.join(path.dirname(env.MARIADB_SOCKET), 'sim.sock');
const simLog = path.join(run, 'sim.log');
const programs = new Set();

export function sql(text) {
  return execFileSync('mariadb', ['--no-defaults', '-S', env.MARIADB_SOCKET,
    '-u', 'root', '-N', '-B', env.TEST_DATABASE], { input: text, encoding: 'utf8' }).trimEnd();
}

// MariaDB answers (again).
export function isBack() {
  try {
    execFileSync('mariadb', ['--no-defaults', '-S', env.MARIADB_SOCKET, '-u', 'root', '-e', 'SELECT 1'],
      { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function redis(...args) {
  return execFileSync('redis-cli', ['-s', env.REDIS_SOCKET, ...args],
    { encoding: 'utf8' }).trimEnd();
}

export function outdial(args, input = '') {
  return execFileSync(path.join(build, 'outdial'), args, { input, encoding: 'utf8' }).trimEnd();
}

export async function until(what, fn, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const got = await fn();
    if (got) return got;
    if (Date.now() > end) assert.fail(`not within ${seconds} s: ${what}`);
    await wait(20);
  }
}

export const pause = wait;

function start(name, args, { conf = env.OUTDIAL_CONFIG, cwd } = {}) {
  const log = path.join(run, `${name}.err`);
  const child = spawn(path.join(build, args[0]), args.slice(1), {
    cwd,
    env: { ...env, OUTDIAL_CONFIG: conf },
    stdio: ['ignore', 'ignore', openSync(log, 'a')],
  });
  const program = { child, log, name,
    ended: new Promise(done => child.on('exit', (code, signal) => done({ code, signal }))) };
  program.ended.then(() => programs.delete(program));
  programs.add(program);
  return program;
}

export const logOf = program => readFileSync(program.log, 'utf8');

export async function end(program, signal = 'SIGTERM') {
  program.child.kill(signal);
  return program.ended;
}

export async function endAll() {
  await Promise.all([...programs].map(p => end(p, 'SIGKILL')));
}

// Answers at once or not at all, and nobody leaves the carrier waiting.
export const QUICK = { speed: 500, answer: 50, voicemail: 10, no_answer: 21, congestion: 0 };

export async function startSim(settings = QUICK, socket = simSocket) {
  rmSync(socket, { force: true });
  const program = start('sim', ['outdial-sim', `socket=${socket}`, `log=${simLog}`,
    ...Object.entries(settings).map(([k, v]) => `${k}=${v}`)]);
  await until('the carrier serves', () => existsSync(socket));
  return program;
}

// 'cwd': where the address of a carrier begins, if it is a relative one; 'more':
// further lines of its configuration.
export async function startDialler(name = 'one', cwd = undefined, more = '') {
  const conf = path.join(run, `${name}.conf`);
  writeFileSync(conf, `${readFileSync(env.OUTDIAL_CONFIG, 'utf8')}\nnode_name = ${name}\n${more}\n`, { mode: 0o600 });
  return start(`dialler-${name}`, ['outdial-dialler', '--config', conf], { cwd });
}

// One of another installation on this machine, whose database does not answer.
export function startStranger(name) {
  const conf = path.join(run, `stranger-${name}.conf`);
  const text = readFileSync(env.OUTDIAL_CONFIG, 'utf8').replace(/^mariadb_socket.*$/m, 'mariadb_socket = /nowhere');
  writeFileSync(conf, `${text}\nnode_name = ${name}\n`, { mode: 0o600 });
  return start(`stranger-${name}`, ['outdial-dialler', '--config', conf]);
}

// Sends a line to tests/lib/steer.c and gives the words of its answer.
export function startSteer() {
  const log = path.join(run, 'steer.err');
  const child = spawn(path.join(build, 'tests/lib/steer'), [],
    { stdio: ['pipe', 'pipe', openSync(log, 'a')] });
  const program = { child, log, name: 'steer',
    ended: new Promise(done => child.on('exit', (code, signal) => done({ code, signal }))) };
  let text = '';

  program.ended.then(() => programs.delete(program));
  programs.add(program);
  child.stdout.on('data', chunk => { text += chunk; });
  return async (line, seconds = 10) => {
    child.stdin.write(`${line}\n`);
    const end = await until('an answer', () => text.indexOf('\n') + 1, seconds);
    const words = text.slice(0, end - 1).split('\t');

    text = text.slice(end);
    return words;
  };
}

// All shares of the carrier are given out, to so many nodes.
export const served = (nodes = 1) => until(`${nodes} nodes serve the carrier`, () => {
  const [count, least, sum, limit] = sql(`SELECT COUNT(*), COALESCE(MIN(s.cps), 0),
    COALESCE(SUM(s.cps), 0), MAX(k.cps) FROM carrier_share s JOIN node n USING (slot, boot)
    JOIN carrier k ON k.id=s.carrier_id`).split('\t').map(Number);
  return count === nodes && least > 0 && sum === limit;
});

// 'carrier': its name, address and options, when it is not the simulated one;
// 'secret': that of its account.
export function makeWorld({ cps = 5000, channels = 5000, carrier = ['Simulated', simSocket], secret = '',
  bot = 'sip:bot@example.com' } = {}) {
  outdial(['--config', env.MIGRATE_CONFIG, 'migrate']);
  sql(outdial(['--config', env.MIGRATE_CONFIG, 'grants', 'outdial']));
  outdial(['user', 'add', '--workspace', 'Test', '--email', WHO, '--name', 'Ann', '--role', 'admin'],
    'correct horse battery\n');
  outdial(['bot', 'add', 'Reminder', bot]);
  outdial(['carrier', 'add', ...carrier, '--cps', cps, '--channels', channels].map(String), secret);
  for (let i = 0; i < 4; i++) outdial(['number', 'add', '1', `44207946000${i}`]);
}

let nextPhone = 447700000000;
// 'contacts': how many, with numbers of their own; or whose.
export function makeCampaign(contacts, settings = {}) {
  const id = outdial(['campaign', 'create', '-', '--as', WHO], JSON.stringify({
    name: 'Spring', bot_id: 1, concurrency: 500, mode: 'multi_day', window_start: '00:00',
    window_end: '24:00', zone: 'UTC', days: 'mon,tue,wed,thu,fri,sat,sun', max_attempts: 1,
    ...settings })).match(/[0-9a-z]{10}/)[0];
  const phones = Array.isArray(contacts) ? contacts
    : Array.from({ length: contacts }, () => String(nextPhone++));
  outdial(['import', id, '-', '--as', WHO], `phone_number\n${phones.join('\n')}\n`);
  return { id, phones };
}

// The wall clock when the action was acknowledged, in microseconds.
export function act(action, id) {
  outdial(['campaign', action, id, '--as', WHO]);
  return now();
}
export function switchTo(word) {
  outdial(['workspace', word, '--as', WHO]);
  return now();
}
export const now = () => Date.now() * 1000;

export const statusOf = id => JSON.parse(outdial(['campaign', 'list', '--workspace', 'Test', '--json']))
  .find(c => c.id === id)?.status;

export const completes = (id, seconds = 60) =>
  until(`campaign ${id} completes`, () => statusOf(id) === 'completed', seconds);

// What the carrier was told to place: time, id, number.
export function placed() {
  if (!existsSync(simLog)) return [];
  return readFileSync(simLog, 'utf8').split('\n').slice(0, -1).map(line => { // the last may be half written
    const [at, id, number] = line.split('\t');
    return { at: Number(at), id, number };
  });
}

export function balanced(what) {
  try {
    outdial(['check', '--sim-log', simLog]);
  } catch (e) {
    assert.fail(`${what}: ${e.stdout}`);
  }
}

// Nobody forgotten, nobody called twice for one attempt.
export function judge(phones, { attempts = 1 } = {}) {
  const calls = placed();
  const ids = new Set(calls.map(c => c.id));
  const numbers = new Map();

  assert.equal(ids.size, calls.length, 'no id was placed twice');
  for (const { number } of calls) numbers.set(number, (numbers.get(number) ?? 0) + 1);
  for (const phone of phones)
    assert.ok((numbers.get(phone) ?? 0) <= attempts, `${phone}: ${numbers.get(phone)} calls`);
  return numbers;
}

export const pidOf = name => Number(readFileSync(env[`${name}_PID`], 'utf8'));
