// The slowest in a hundred of other requests (the list out of the cache, the
// poll with nothing new), while one request after another waits 0.5 s in the
// database, and while clients upload and read slowly, against the same without.
import { spawn } from 'node:child_process';
import { once, setMaxListeners } from 'node:events';

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

// Holds a row of campaigns in the database; resolves when it is held, to
// what resolves when it is free.
async function holdRow(id) {
  const client = spawn('mariadb', ['--no-defaults', '-S',
    process.env.MARIADB_SOCKET, '-u', 'root', '-N', '-n', 'outdial']);

  client.stdin.end(`BEGIN; SELECT id FROM campaign WHERE id = ${id} FOR UPDATE;
    SELECT SLEEP(${BLOCKED_MS / 1000}); ROLLBACK;\n`);
  const free = once(client, 'exit');

  await once(client.stdout, 'data');
  return { free };
}

// Presses the button of one campaign while its row is held for 0.5 s, or that
// of another one.
async function press({ id, hold, csrf, headers, took }, signal) {
  let word = 'pause?from=running';

  while (!signal.aborted) {
    const { free } = await holdRow(hold);
    const from = performance.now();
    const text = await answer(`${url}${LIST}/${id}/${word}`,
      { method: 'POST', headers, body: `csrf=${csrf}` });

    took.push(performance.now() - from);
    if (!/Campaign (paused|resumed)/.test(text))
      throw new Error(`a press was refused: ${text}`);
    word = word.startsWith('p') ? 'resume?from=paused' : 'pause?from=running';
    await free;
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
  const rows = sql(`SELECT id FROM campaign WHERE workspace_id = ${ws.id}
    ORDER BY RIGHT(hay, 10) = '${id}' DESC LIMIT 2`).flat();
  const html = await answer(url + LIST, { headers: { cookie: ws.cookie } });
  const path = `${LIST}/${id}/upload`;

  return { ws, id, rows, csrf: csrfOf(html), path,
    size: await uploads(path, ws.cookie) };
}

async function measure({ ws, id, rows, csrf, path, size }) {
  const { cookie } = ws;
  const waited = [];
  const presses = (hold, took) => (signal) => press({ id, hold, csrf, took,
    headers: pressHeaders(cookie, url) }, signal);
  const traffic = (signal) => Promise.all([
    ...Array.from({ length: size.clients }, async () => {
      while (!signal.aborted)
        await upload(path, cookie, size.bytes, size.pieces, signal);
    }), readSlowly(cookie, signal), readSlowly(cookie, signal)]);
  const beside = async (what) => {
    const enough = new AbortController();

    setMaxListeners(0, enough.signal);
    sql(`UPDATE campaign SET status = ${RUNNING} WHERE workspace_id = ${ws.id}`);
    const running = what(enough.signal);
    const html = await answer(url + LIST, { headers: { cookie } });
    const result = await wrk(url + LIST, { headers: { Cookie: cookie },
      script: scratch('mixed.lua', mixed(tagOf(html), CONNECTIONS * 5)),
      seconds: SECONDS, connections: CONNECTIONS });

    enough.abort();
    await running;
    return result.p99;
  };
  const results = await rounds(ROUNDS, {
    alone: () => beside(async () => {}),
    traffic: () => beside(traffic),
    presses: () => beside(presses(rows[1], [])),
    blocked: () => beside(presses(rows[0], waited)),
  });

  note(`presses that waited: ${waited.length}, the shortest for ${
    Math.min(...waited).toFixed(0)} ms`);
  figure({ name: 'p99 beside requests of 0.5 s', unit: 'ms',
    peer_name: 'that wait for nothing', ours: results.blocked,
    peer: results.presses });
  figure({ name: 'p99 beside slow uploads and readers', unit: 'ms',
    peer_name: 'without', ours: results.traffic, peer: results.alone });
}

holdDialler();
await measure(await prepare());
