// A button of a row: Pause and Resume by turns, each a durable change with its
// audit line, answered by the row and a toast, against a flat PHP script that
// does the same.
import { makeCampaigns } from './lib/campaigns.mjs';
import { LIST, pressHeaders, pressing } from './lib/load.mjs';
import { cpuWords, figure, rounds, wrk } from './lib/measure.mjs';
import { answer, compare, scratch, startNginx, startPhp, stopPeers }
  from './lib/peers.mjs';
import { csrfOf, holdDialler, makeWorkspace, note, pidOf, sql,
  staticPath, until, url, workers }
  from './lib/stack.mjs';

const ROUNDS = 7;
const CAMPAIGNS = 256; // many more than connections: no press meets another
const CONNECTIONS = 16;
const RUNNING = 1;

const pressed = (ws) => Number(sql(`SELECT COUNT(*) FROM audit
  WHERE workspace_id = ${ws}`)[0][0]);

// The presses that were on their way when a load ended are over.
async function settle(ws) {
  let before;

  await until(10, 'the last presses', () => before === (before = pressed(ws)));
}

// As if no press had been.
async function reset(ws) {
  await settle(ws);
  sql(`UPDATE campaign SET status = ${RUNNING}, paused_at = NULL
    WHERE workspace_id = ${ws};
    DELETE FROM audit WHERE workspace_id = ${ws}`);
}

async function press(base, ws, id, csrf) {
  await reset(ws.id);
  return answer(`${base}${LIST}/${id}/pause?from=running`, { method: 'POST',
    headers: pressHeaders(ws.cookie, base),
    body: `csrf=${csrf}` });
}

async function prepare() {
  const ws = makeWorkspace('action');
  const ids = makeCampaigns(ws.id, CAMPAIGNS, () => RUNNING);
  const html = await answer(url + LIST, { headers: { cookie: ws.cookie } });
  const csrf = csrfOf(html);
  const php = startPhp(workers(), staticPath(html));
  const nginx = startNginx();

  compare('php', await press(url, ws, ids[0], csrf),
    await press(nginx.php, ws, ids[0], csrf));
  return { ws, php, nginx, script: scratch('press.lua', pressing(ids, csrf)) };
}

async function measure({ ws, php, nginx, script }) {
  const load = async (base, pids) => {
    await reset(ws.id);
    const result = await wrk(base, { headers: pressHeaders(ws.cookie, base),
      pids, script, connections: CONNECTIONS });

    if (pressed(ws.id) < result.requests)
      throw new Error(`${result.requests} answers, ${pressed(ws.id)} changes`);
    return result;
  };
  const mine = { nginx: pidOf('nginx'), 'outdial-web': pidOf('outdial-web'),
    mariadb: pidOf('mariadb'), redis: pidOf('redis') };
  const its = { nginx: nginx.pid, php, mariadb: pidOf('mariadb') };
  const results = await rounds(ROUNDS, { ours: () => load(url, mine),
    php: () => load(nginx.php, its) });

  for (const [name, list] of Object.entries(results))
    note(`${name}: us of CPU a press: ${cpuWords(list)}`);
  for (const [name, key, unit] of [['row action', 'perSecond', 'presses/s'],
    ['row action, CPU', 'cpu', 'us/press']])
    figure({ name, unit, peer_name: 'PHP-FPM',
      ours: results.ours.map((r) => r[key]),
      peer: results.php.map((r) => r[key]) });
}

holdDialler();
try {
  await measure(await prepare());
} finally {
  await stopPeers();
}
