// The list in a real browser against its budgets: bytes and requests of a first
// visit, polls, how soon it is painted here and on a slow line, what jumps, and
// how soon a button is answered.
import { execFileSync } from 'node:child_process';

import { close } from '../e2e/browser.mjs';
import { makeCampaigns } from './lib/campaigns.mjs';
import { bytesOf } from './lib/clients.mjs';
import { LIST } from './lib/load.mjs';
import { budget } from './lib/measure.mjs';
import { answer } from './lib/peers.mjs';
import { PART, holdDialler, makeWorkspace, note, sql, tagOf, url }
  from './lib/stack.mjs';
import { SLOW, newVisitor, pressAndSee, visit } from './lib/visit.mjs';

const RUNS = 5;
const PRESSES = 11;
const GUARD_MS = 700; // a row that has just changed takes no press
const FETCHED_MS = 800; // then everything has come
const LIVE_MS = 5000, CHANGE_MS = 700;
const KB = 1024;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ENCODINGS = { 'Accept-Encoding': 'gzip, deflate, br' };

function makeRoomFor(count) {
  const ws = makeWorkspace(`front${count}`);

  return { ...ws, ids: makeCampaigns(ws.id, count) };
}

// What a dialler does to the running campaigns, and to the list's version.
function callsEnd(ws) {
  sql(`UPDATE run_count SET processed = processed + 3, connected = connected + 1,
      ended = ended + 3, answered = answered + 2 WHERE shard = 1 AND run_id IN
      (SELECT current_run FROM campaign
       WHERE workspace_id = ${ws.id} AND status = 1)`);
  execFileSync('redis-cli', ['-s', process.env.REDIS_SOCKET, 'EVAL',
    'return redis.call("EXISTS", KEYS[1]) == 1 and redis.call("INCR", KEYS[1])',
    '1', `list:${ws.id}`]);
}

const live = (ws) => async () => {
  for (let t = 0; t < LIVE_MS; t += CHANGE_MS) {
    await wait(CHANGE_MS);
    callsEnd(ws);
  }
};

const bytes = (files, ...types) => files.reduce((sum, file) =>
  sum + (!types.length || types.includes(file.type) ? file.bytes : 0), 0);

// A visit by somebody who has never been here, and one more by the same.
async function visits(ws, options) {
  const visitor = await newVisitor(ws);
  const first = await visit(visitor, options);

  await first.page.close();
  const second = await visit(visitor, { ...options, during: undefined });

  await visitor.close();
  return { first, second };
}

async function weigh({ ws8, ws25, ws50 }) {
  for (const [ws, rows, limit, query = ''] of [[ws8, 8, 48], [ws25, 25, 32],
    [ws50, 50, 48, '?size=50']]) {
    const { first: { files, nodes } } = await visits(ws, { query,
      during: () => wait(FETCHED_MS) });

    note(`${rows} rows: ${files.map((f) =>
      `${f.path.split('/').pop()} ${f.bytes}`).join(', ')}`);
    budget(`first visit, ${rows} rows`, 'bytes', [bytes(files)], limit * KB);
    budget(`requests of it, ${rows} rows`, 'requests', [files.length], 8);
    if (rows !== 50) continue;
    budget('page of 50 rows', 'bytes', [bytes(files, 'Document')], 14 * KB);
    budget('JavaScript', 'bytes', [bytes(files, 'Script')], 20 * KB);
    budget('CSS', 'bytes', [bytes(files, 'Stylesheet')], 12 * KB);
    budget('DOM, 50 rows', 'elements', [nodes], 3500);
  }
}

async function polls(ws) {
  const address = `${LIST}?size=50`;
  const headers = { cookie: ws.cookie, ...PART, ...ENCODINGS };
  const idle = [], busy = [];

  for (let i = 0; i < RUNS; i++) {
    const tag = tagOf(await answer(url + address,
      { headers: { cookie: ws.cookie } }));
    const poll = () => bytesOf(address, { ...headers, 'HX-PTag': tag });

    idle.push(await poll());
    callsEnd(ws);
    busy.push(await poll());
  }
  budget('poll, nothing new', 'bytes', idle, 200);
  budget('poll, ten of 50 rows changed', 'bytes', busy, 4 * KB);
}

async function paint(ws) {
  const fast = [], slow = [];

  for (let i = 0; i <= RUNS; i++) {
    const results = [await visits(ws, {}), await visits(ws, { limits: SLOW })];

    if (i === 0) continue; // does not count
    fast.push(results[0]);
    slow.push(results[1]);
  }
  const of = (list, which, key) => list.map((v) => v[which][key]);

  budget('first paint', 'ms', of(fast, 'first', 'first'), 800);
  budget('first paint, slow line', 'ms', of(slow, 'first', 'first'), 1800);
  budget('first paint, slow line, second visit', 'ms',
    of(slow, 'second', 'first'), 1200);
  budget('blocked, slow line', 'ms', of(slow, 'first', 'blocked'), 400);
  note(`largest paint, slow line: first ${of(slow, 'first', 'largest')
    .map(Math.round).join(' ')} ms, second ${of(slow, 'second', 'largest')
    .map(Math.round).join(' ')} ms`);
}

async function jumps(ws) {
  const fast = [], slow = [];

  for (let i = 0; i < 3; i++) {
    fast.push((await visits(ws, { during: live(ws) })).first.shift);
    slow.push((await visits(ws, { during: live(ws), limits: SLOW })).first.shift);
  }
  budget('layout shift in 5 s of updates, worst', 'CLS', [Math.max(...fast)], 0.01);
  budget('layout shift, slow line, worst', 'CLS', [Math.max(...slow)], 0.01);
}

async function presses(ws) {
  const visitor = await newVisitor(ws);
  const { page } = await visit(visitor);
  const took = [];

  for (let i = 0; i <= PRESSES; i++) {
    const ms = await pressAndSee(page, ws.ids[1]);

    if (i > 0) took.push(ms);
    await wait(GUARD_MS);
  }
  await visitor.close();
  budget('click to repainted row', 'ms', took, 50);
  budget('click to repainted row, slowest', 'ms', [Math.max(...took)], 100);
}

holdDialler();
try {
  const all = { ws8: makeRoomFor(8), ws25: makeRoomFor(25), ws50: makeRoomFor(50) };

  await weigh(all);
  await polls(all.ws50);
  await paint(all.ws25);
  await jumps(all.ws25);
  await presses(all.ws25);
} finally {
  await close();
}
