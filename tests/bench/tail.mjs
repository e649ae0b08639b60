// The slowest in a hundred of other requests (the list out of the cache, the
// poll with nothing new), while one request after another waits 0.5 s in the
// database, and while clients upload and read slowly, against the same without
// (goal 5).
import { spawn } from 'node:child_process';
import { setMaxListeners } from 'node:events';

import { makeCampaigns } from './lib/campaigns.mjs';
import { readSlowly, upload } from './lib/clients.mjs';
import { LIST, mixed, pressHeaders } from './lib/load.mjs';
import { figure, rounds, wrk } from './lib/measure.mjs';
import { answer, scratch } from './lib/peers.mjs';
import { csrfOf, holdDialler, makeWorkspace, note, sql, tagOf, url }
  from './lib/stack.mjs';

const ROUNDS = 7;
const SECONDS = 3;
const CONNECTIONS = 32;
const BLOCKED_MS = 500;
const LARGE = 100 * 1024 * 1024;
const ACCEPTED = 128 * 1024; // what Nginx takes where no upload is handled
const RUNNING = 1;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Holds the row of a campaign in the database; resolves when it is held.
function holdRow(id) {
  const client = spawn('mariadb', ['--no-defaults', '-S',
    process.env.MARIADB_SOCKET, '-u', 'root', '-N', '-n', 'outdial']);

  client.stdin.end(`BEGIN; SELECT id FROM campaign WHERE RIGHT(hay, 10) = '${id}'
    FOR UPDATE; SELECT SLEEP(${BLOCKED_MS / 1000}); ROLLBACK;\n`);
  return new Promise((resolve) => { client.stdout.once('data', resolve); });
}

// Presses the button of one campaign every 0.5 s, or each press takes as long.
async function press({ id, csrf, headers, held, took }, signal) {
  let word = 'pause?from=running';

  while (!signal.aborted) {
    if (held) await holdRow(id);
    const from = performance.now();
    const text = await answer(`${url}${LIST}/${id}/${word}`,
      { method: 'POST', headers, body: `csrf=${csrf}` });

    took.push(performance.now() - from);
    if (!/Campaign (paused|resumed)/.test(text))
      throw new Error(`a press was refused: ${text}`);
    word = word.startsWith('p') ? 'resume?from=paused' : 'pause?from=running';
    if (!held) await wait(BLOCKED_MS);
  }
}

// As large as an upload may be.
async function uploads(path, cookie) {
  const said = await upload(path, cookie, LARGE, LARGE / 262144,
    AbortSignal.timeout(2000));

  if (!said.includes(' 413 '))
    return { clients: 2, bytes: LARGE, pieces: LARGE / 2 ** 20 };
  note(`an upload of 100 MB is refused at once; 8 clients send ${ACCEPTED} bytes`);
  return { clients: 8, bytes: ACCEPTED, pieces: 16 };
}

async function prepare() {
  const ws = makeWorkspace('tail');
  const [id] = makeCampaigns(ws.id, 60, () => RUNNING);
  const html = await answer(url + LIST, { headers: { cookie: ws.cookie } });
  const path = `${LIST}/${id}/upload`;

  return { ws, id, csrf: csrfOf(html), path,
    size: await uploads(path, ws.cookie) };
}

async function measure({ ws, id, csrf, path, size }) {
  const { cookie } = ws;
  const waited = [];
  const presses = (held) => (signal) => press({ id, csrf, held,
    headers: pressHeaders(cookie, url), took: held ? waited : [] }, signal);
  const traffic = (signal) => Promise.all([
    ...Array.from({ length: size.clients }, async () => {
      while (!signal.aborted)
        await upload(path, cookie, size.bytes, size.pieces, signal);
    }), readSlowly(cookie, signal), readSlowly(cookie, signal)]);
  const beside = async (what) => {
    const enough = new AbortController();

    setMaxListeners(0, enough.signal);
    sql(`UPDATE campaign SET status = ${RUNNING} WHERE workspace_id = ${ws.id}`);
    const other = what(enough.signal);
    const html = await answer(url + LIST, { headers: { cookie } });
    const result = await wrk(url + LIST, { headers: { Cookie: cookie },
      script: scratch('mixed.lua', mixed(tagOf(html), CONNECTIONS * 5)),
      seconds: SECONDS, connections: CONNECTIONS });

    enough.abort();
    await other;
    return result.p99;
  };
  const results = await rounds(ROUNDS, {
    alone: () => beside(async () => {}),
    traffic: () => beside(traffic),
    presses: () => beside(presses(false)),
    blocked: () => beside(presses(true)),
  });

  note(`presses that waited: ${waited.length}, the shortest for ${
    Math.min(...waited).toFixed(0)} ms`);
  figure({ name: 'p99 beside requests of 0.5 s', unit: 'ms',
    peer_name: 'requests that wait for nothing', ours: results.blocked,
    peer: results.presses });
  figure({ name: 'p99 beside slow uploads and readers', unit: 'ms',
    peer_name: 'without', ours: results.traffic, peer: results.alone });
}

holdDialler();
await measure(await prepare());
