// The memory that eight web workers have for themselves, after load, against
// eight workers of Django that show the same page.
import fs from 'node:fs';

import { makeCampaigns } from './lib/campaigns.mjs';
import { LIST, uncached } from './lib/load.mjs';
import { descendants, figure, rounds, wrk } from './lib/measure.mjs';
import { answer, compare, scratch, startDjango, startNginx, stopPeers }
  from './lib/peers.mjs';
import { makeWorkspace, note, pidOf, setting, staticPath, until, url }
  from './lib/stack.mjs';

const ROUNDS = 5;
const WORKERS = 8;
const { OUTDIAL_CONFIG: config } = process.env;

// Megabytes that a process shares with no other.
function privateMb(pid) {
  const text = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kb = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)];

  return kb.reduce((sum, [, n]) => sum + Number(n), 0) / 1024;
}

// A parent and a generation keep them; behind them comes one of the slow pool.
function ourWorkers() {
  const all = descendants(pidOf('outdial-web'));
  const parents = new Set(all.map(({ parent }) => parent));

  return all.map(({ pid }) => pid).filter((pid) => !parents.has(pid));
}

const perWorker = () =>
  ourWorkers().map((pid) => privateMb(pid).toFixed(1)).join(' ');

// A new generation with so many workers, when the old one is gone.
async function setWorkers(count) {
  const text = fs.readFileSync(config, 'utf8');
  const before = new Set(ourWorkers());

  fs.writeFileSync(config,
    text.replace(/^web_processes = .*/m, `web_processes = ${count}`));
  process.kill(pidOf('outdial-web'), 'SIGHUP');
  await until(30, `${count} new workers`, () => {
    const now = ourWorkers();

    return now.length >= count && !now.some((pid) => before.has(pid));
  });
  return () => fs.writeFileSync(config, text);
}

async function measure(django, nginx, headers) {
  const script = scratch('uncached.lua', uncached());
  const options = { headers, script, seconds: 2 };
  const all = (pids) => pids.slice(0, WORKERS).reduce((sum, pid) =>
    sum + privateMb(pid), 0);
  const results = await rounds(ROUNDS, {
    ours: async () => {
      await wrk(url + LIST, options);
      return all(ourWorkers());
    },
    django: async () => {
      await wrk(nginx.django + LIST, options);
      return all(descendants(django).map(({ pid }) => pid));
    },
  });

  figure({ name: `private memory of ${WORKERS} web workers`, unit: 'MB',
    peer_name: 'Django', ours: results.ours, peer: results.django });
}

const ws = makeWorkspace('memory');
const headers = { cookie: ws.cookie };
const restore = await setWorkers(WORKERS);

try {
  makeCampaigns(ws.id, 60);
  const html = await answer(url + LIST, { headers });
  const django = startDjango(WORKERS, staticPath(html));
  const nginx = startNginx();

  compare('django', html, await answer(nginx.django + LIST, { headers }));
  note(`MB of ours before the load: ${perWorker()}`);
  await measure(django, nginx, headers);
  note(`MB of ours after it: ${perWorker()}; each has ${
    setting('web_threads')} threads`);
} finally {
  restore();
  await stopPeers();
}
