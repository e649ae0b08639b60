// Three nodes, five campaigns that share their phones, every fault and every
// action at random.  The carrier's log and the books are the judges: no attempt
// is placed twice, nothing later than 250 ms after an acknowledged Pause, Stop
// or hold, and the books balance at any moment.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { QUICK, WHO, balanced, end, endAll, makeCampaign, makeWorld, now, pause, pidOf, placed,
  redis, sql, startDialler, startSim, until } from '../../dialler/bed.mjs';

const { env } = process;
const SEED = Number(env.OUTDIAL_SEED ?? Math.floor(Math.random() * 1e9));
const ROUNDS = 3;
const ROUND_S = 40;
const PHONES = 6000;
const CONTACTS = 4000;
const BOUND_US = 250_000;
const TABLES = ['live_call', 'run', 'run_count', 'run_contact', 'campaign', 'carrier_share', 'node', 'number_use'];

// Mulberry32: a stream of choices for each who chooses.
function dice(seed) {
  let a = seed >>> 0;
  const roll = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    between: (from, to) => from + roll() * (to - from),
    one: list => list[Math.floor(roll() * list.length)],
    chance: share => roll() < share,
  };
}

const nodes = [{ name: 'one' }, { name: 'two' }, { name: 'three' }];
const counts = {};
const quiet = []; // { run, from, to }: nothing of this run, or of all (0), is placed
let campaigns, sim, holding, refusal;

const note = what => { counts[what] = (counts[what] ?? 0) + 1; };

before(async () => {
  console.log(`# seed ${SEED}: OUTDIAL_SEED=${SEED} chooses the same again`);
  makeWorld({ cps: 400, channels: 300 });
  await carrier();
  const d = dice(SEED);
  const pool = Array.from({ length: PHONES }, (_, i) => String(447700000000 + i));
  campaigns = Array.from({ length: 5 }, () => {
    const from = Math.floor(d.between(0, PHONES - CONTACTS));
    return makeCampaign(pool.slice(from, from + CONTACTS), { concurrency: 80, max_attempts: 3, retry_delay: 1 });
  });
  for (const c of campaigns) c.key = sql(`SELECT id FROM campaign WHERE hay LIKE CONCAT('%', CHAR(10), '${c.id}')`);
  for (const node of nodes) node.program = await startDialler(node.name);
});
after(endAll);

async function carrier() {
  sim = await startSim({ ...QUICK, speed: 50, congestion: 1, no_answer: 20, seed: SEED % 1000 });
}

// The administrator's command; true: it was acknowledged.  It may take long,
// and everything else goes on.
function outdial(args, input = '') {
  return new Promise(done => {
    const child = execFile(path.join(env.OUTDIAL_BUILD, 'outdial'), [...args, '--as', WHO], { timeout: 30_000 },
      (error, out, said) => {
        if (error) refusal = `${args.join(' ')}: ${said}`;
        done(!error);
      });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

// What the database says, or null while it does not.
function ask(text) {
  return new Promise(done => {
    execFile('mariadb', ['--no-defaults', '-S', env.MARIADB_SOCKET, '-u', 'root', '-N', '-B', env.TEST_DATABASE,
      '-e', text], { timeout: 5000 }, (error, out) => done(error ? null : out.trim().split('\t')));
  });
}

// Nobody waits here for a server that another fault has frozen.
const mariadbIsBack = () => until('MariaDB is back', () => ask('SELECT 1'), 60);

/* Faults */

async function stopped(pid, ms) {
  process.kill(pid, 'SIGSTOP');
  try {
    await pause(ms);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

// A node to do something to; nothing else is done to it meanwhile.
async function withNode(d, fn) {
  const node = d.one(nodes);
  if (node.busy) return;
  node.busy = true;
  try {
    await fn(node);
  } finally {
    node.busy = false;
  }
}

async function ended(node, signal) {
  const late = setTimeout(() => node.program.child.kill('SIGKILL'), 10_000);
  await end(node.program, signal);
  clearTimeout(late);
}

let simBusy = false;
async function withSim(fn) {
  if (simBusy) return;
  simBusy = true;
  try {
    await fn();
  } finally {
    simBusy = false;
  }
}

// Somebody at the database who takes his time.
function lock(d) {
  const table = d.one(TABLES), seconds = d.between(0.5, 3).toFixed(1);
  const child = spawn('mariadb', ['--no-defaults', '-S', env.MARIADB_SOCKET, '-u', 'root', env.TEST_DATABASE,
    '-e', `BEGIN; SELECT * FROM ${table} LIMIT 50 FOR UPDATE; SELECT SLEEP(${seconds}); ROLLBACK`],
  { stdio: 'ignore' });
  return new Promise(done => child.on('exit', done));
}

const faults = {
  'node killed': d => withNode(d, async node => {
    await end(node.program, 'SIGKILL');
    await pause(d.between(0, 4000));
    node.program = await startDialler(node.name);
  }),
  'node ended': d => withNode(d, async node => {
    await ended(node, 'SIGTERM');
    await pause(d.between(0, 1000));
    node.program = await startDialler(node.name);
  }),
  'node frozen': d => withNode(d, node => stopped(node.program.child.pid, d.one([50, 150, 400, 2000, 6000, 13_000]))),
  'Redis killed': () => process.kill(pidOf('REDIS'), 'SIGKILL'),
  'Redis frozen': d => stopped(pidOf('REDIS'), d.between(50, 4000)),
  'Redis emptied': () => new Promise(done => {
    execFile('redis-cli', ['-s', env.REDIS_SOCKET, 'FLUSHALL'], { timeout: 3000 }, done);
  }),
  'MariaDB killed': async () => {
    process.kill(pidOf('MARIADB'), 'SIGKILL');
    await mariadbIsBack();
  },
  'MariaDB frozen': d => stopped(pidOf('MARIADB'), d.between(50, 5000)),
  'carrier restarted': d => withSim(async () => {
    await end(sim, 'SIGKILL');
    await pause(d.between(0, 2000));
    await carrier();
  }),
  'carrier frozen': d => withSim(() => stopped(sim.child.pid, d.one([30, 120, 400, 3000]))),
  'rows locked': lock,
};

async function breakThings(d, until_) {
  while (Date.now() < until_) {
    const what = d.one(Object.keys(faults));
    note(what);
    try {
      await faults[what](d);
    } catch (error) {
      if (error.code !== 'ESRCH' && error.code !== 'ENOENT') throw error; // killed by another fault
    }
    await pause(d.between(100, 2500));
  }
}

/* People */

const shut = (run, from) => quiet.push({ run, from: from + BOUND_US, to: Infinity });
// Before anybody is asked to open it again.
function open(run) {
  for (const q of quiet) if (q.run === run && q.to === Infinity && !q.last) q.to = now();
}

async function act(c, action, run) {
  if (action === 'resume') open(run);
  const done = await outdial(action === 'change' ? ['campaign', 'change', c.id, '-'] : ['campaign', action, c.id],
    action === 'change' ? JSON.stringify({ concurrency: 60 + quiet.length % 40 }) : '');
  note(`${action}${done ? '' : ', refused or unknown'}`);
  if (done && (action === 'pause' || action === 'stop')) {
    shut(run, now());
    quiet.at(-1).last = action === 'stop';
  }
}

async function hold(d) {
  if (await outdial(['workspace', 'hold'])) {
    note('hold');
    shut(0, now());
  }
  holding = true;
  await pause(d.between(200, 1500));
  await release();
}

async function release() {
  open(0);
  await outdial(['workspace', 'release']); // refused when it was not held after all
  holding = (await ask('SELECT MAX(held_at IS NOT NULL) FROM workspace'))?.[0] !== '0';
}

const ACTIONS = { // by the status in the database
  0: ['start'], 1: ['pause', 'pause', 'pause', 'pause', 'stop'], 2: ['resume', 'resume', 'resume', 'change', 'stop'],
  3: ['restart'], 4: ['restart'],
};

async function work(d, until_) {
  while (Date.now() < until_) {
    const c = d.one(campaigns);
    if (holding) await release();
    else if (d.chance(0.06)) await hold(d);
    const [status, run] = await ask(`SELECT status, COALESCE(current_run, 0) FROM campaign WHERE id=${c.key}`) ?? [];
    if (status !== undefined) await act(c, d.one(ACTIONS[status]), Number(run));
    await pause(d.between(50, 1200));
  }
}

/* Judges */

// Everything is well again: everybody dials, within seconds.
async function heal() {
  await mariadbIsBack();
  await until('Redis is back', () => {
    try {
      return redis('PING') === 'PONG';
    } catch {
      return false;
    }
  });
  await until('the workspace is released', async () => {
    if (holding) await release();
    return !holding;
  });
  for (const c of campaigns)
    await until(`${c.id} runs; last refused: ${refusal}`, async () => {
      const [status, run] = sql(`SELECT status, COALESCE(current_run, 0) FROM campaign WHERE id=${c.key}`).split('\t');
      c.run = Number(run);
      if (status !== '1') await act(c, ACTIONS[status][0], c.run);
      return status === '1';
    }, 60);
  const had = placed().length;
  await until('every campaign dials', () => {
    const runs = new Set(placed().slice(had).map(runOf));
    return campaigns.every(c => runs.has(c.run) ||
      sql(`SELECT status FROM campaign WHERE id=${c.key}`) === '3'); // it had nobody left
  }, 60);
}

const runOf = ({ id }) => parseInt(id.slice(0, 8), 16);

function judge() {
  const calls = placed();
  const ids = new Set(calls.map(c => c.id));
  let latest = -Infinity;

  assert.equal(ids.size, calls.length, 'no attempt was placed twice');
  for (const call of calls)
    for (const { run, from, to } of quiet)
      if ((run === 0 || run === runOf(call)) && call.at > from - BOUND_US && call.at < to) {
        latest = Math.max(latest, call.at - from + BOUND_US);
        assert.ok(call.at <= from, `${call.id} was placed ${(call.at - from + BOUND_US) / 1000} ms after the answer`);
      }
  return { calls: calls.length, quiet: quiet.length, latest: latest / 1000 };
}

for (let round = 1; round <= ROUNDS; round++)
  test(`round ${round} of faults, then every campaign dials and the books balance`, async () => {
    const until_ = Date.now() + ROUND_S * 1000;
    await Promise.all([breakThings(dice(SEED + 10 * round), until_), breakThings(dice(SEED + 10 * round + 1), until_),
      work(dice(SEED + 10 * round + 2), until_)]);
    await heal();
    balanced(`after round ${round}`);
    judge();
  });

test('stopped: nothing is up, nobody was called too often, the books balance', async () => {
  for (const c of campaigns) await act(c, 'stop', c.run);
  await until('every run is stamped', () => sql('SELECT COUNT(*) FROM run WHERE ended_at IS NULL') === '0', 90);
  assert.equal(sql('SELECT COUNT(*) FROM live_call'), '0');
  assert.ok(Number(sql('SELECT MAX(tries) FROM run_contact')) <= 3);
  balanced('at the end');
  const { calls, quiet: intervals, latest } = judge();
  const late = latest > 0 ? `the latest call ${latest} ms after an answer` : 'no call after an answer';
  console.log(`# seed ${SEED}: ${calls} calls, ${intervals} quiet intervals, ${late}`);
  console.log(`# ${Object.entries(counts).map(([what, n]) => `${what}: ${n}`).join(', ')}`);
});
