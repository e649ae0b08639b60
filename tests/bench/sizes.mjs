// The newest page of the list where the workspace has 12, 10,000 and 1,000,000
// campaigns, against the same page from a flat PHP script: the counts beside
// it grow, the rows do not.
import { makeCampaigns, makeOlder } from './lib/campaigns.mjs';
import { LIST, uncached } from './lib/load.mjs';
import { cpuWords, figure, rounds, wrk } from './lib/measure.mjs';
import { answer, compare, scratch, startNginx, startPhp, stopPeers }
  from './lib/peers.mjs';
import { makeWorkspace, note, pidOf, staticPath, url, workers }
  from './lib/stack.mjs';

const ROUNDS = 5;
const SIZES = [12, 10_000, 1_000_000];
const FULL = 60; // more than a page
// a page of the largest takes longer than a second when many are asked for
const LOAD = { seconds: 2, connections: 4 };

function makeWorkspaces() {
  return SIZES.map((size) => {
    const ws = makeWorkspace(`sizes${size}`);

    makeCampaigns(ws.id, Math.min(size, FULL));
    if (size > FULL) makeOlder(ws.id, size - FULL);
    return { ...ws, size };
  });
}

async function prepare() {
  const began = performance.now();
  const all = makeWorkspaces();

  note(`made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const headers = { cookie: all[0].cookie };
  const php = startPhp(workers(),
    staticPath(await answer(url + LIST, { headers })));
  const nginx = startNginx();

  for (const { cookie } of all)
    compare('php', await answer(url + LIST, { headers: { cookie } }),
      await answer(nginx.php + LIST, { headers: { cookie } }));
  return { all, php, nginx };
}

async function measure({ all, php, nginx }) {
  const mine = { nginx: pidOf('nginx'), 'outdial-web': pidOf('outdial-web'),
    mariadb: pidOf('mariadb'), redis: pidOf('redis') };
  const its = { nginx: nginx.pid, php, mariadb: pidOf('mariadb') };
  const script = scratch('uncached.lua', uncached());
  const cases = {};

  for (const { size, cookie } of all) {
    const headers = { cookie };

    cases[`${size}`] = () =>
      wrk(url + LIST, { ...LOAD, headers, pids: mine, script });
    cases[`${size} php`] = () =>
      wrk(nginx.php + LIST, { ...LOAD, headers, pids: its, script });
    cases[`${size} cached`] = () =>
      wrk(url + LIST, { ...LOAD, headers, pids: mine });
  }
  const results = await rounds(ROUNDS, cases);
  const of = (name, key = 'perSecond') => results[name].map((r) => r[key]);

  for (const [name, list] of Object.entries(results))
    note(`${name}: us of CPU a request: ${cpuWords(list)}`);
  for (const { size } of all) {
    const name = `list of ${size.toLocaleString('en')}`;

    figure({ name: `${name}, nothing cached`, unit: 'requests/s',
      peer_name: 'PHP-FPM', ours: of(`${size}`), peer: of(`${size} php`) });
    figure({ name: `${name}, nothing cached, CPU`, unit: 'us/request',
      peer_name: 'PHP-FPM', ours: of(`${size}`, 'cpu'),
      peer: of(`${size} php`, 'cpu') });
    figure({ name: `${name}, cached rows`, unit: 'requests/s',
      peer_name: 'PHP-FPM', ours: of(`${size} cached`), peer: of(`${size} php`) });
  }
}

try {
  await measure(await prepare());
} finally {
  await stopPeers();
}
