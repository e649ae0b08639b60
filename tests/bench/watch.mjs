// 1,000 browsers with the list open, in which nothing changes: the CPU time of
// their polls, against PHP-FPM that makes the list again at each.
import { makeCampaigns } from './lib/campaigns.mjs';
import { LIST, watching } from './lib/load.mjs';
import { cpuWords, figure, rounds, wrk } from './lib/measure.mjs';
import { answer, compare, scratch, startNginx, startPhp, stopPeers }
  from './lib/peers.mjs';
import { PART, makeWorkspace, note, pidOf, staticPath, tagOf, url, workers }
  from './lib/stack.mjs';

const ROUNDS = 5;
const BROWSERS = 1000;
const EVERY_S = 1.5;
const SECONDS = 5;

async function prepare() {
  const ws = makeWorkspace('watch');
  const headers = { Cookie: ws.cookie };

  makeCampaigns(ws.id, 60);
  const html = await answer(url + LIST, { headers });
  const php = startPhp(workers(), staticPath(html));
  const nginx = startNginx();
  const part = { headers: { ...headers, ...PART } };

  compare('php', await answer(url + LIST, part),
    await answer(nginx.php + LIST, part));
  return { ws, headers, php, nginx };
}

async function measure({ ws, headers, php, nginx }) {
  const watch = async (base, pids) => {
    const html = await answer(url + LIST, { headers });
    const script = scratch('watch.lua', watching(tagOf(html)));

    return wrk(base + LIST, { headers, pids, script, seconds: SECONDS,
      connections: BROWSERS });
  };
  const mine = { nginx: pidOf('nginx'), 'outdial-web': pidOf('outdial-web'),
    mariadb: pidOf('mariadb'), redis: pidOf('redis') };
  const its = { nginx: nginx.pid, php, mariadb: pidOf('mariadb') };
  const results = await rounds(ROUNDS, { ours: () => watch(url, mine),
    php: () => watch(nginx.php, its) });
  // of one core; a server that cannot keep up is asked less, so that what it
  // did answer counts
  const percent = ({ cpu }) => cpu * BROWSERS / EVERY_S / 1e4;

  for (const [name, list] of Object.entries(results))
    note(`${name}: us of CPU a poll: ${cpuWords(list)}; polls/s: ${
      list.map((r) => r.perSecond.toFixed(0)).join(' ')}`);
  figure({ name: `${BROWSERS} browsers, nothing new, CPU`, unit: '% of a core',
    peer_name: 'PHP-FPM', ours: results.ours.map(percent),
    peer: results.php.map(percent) });
}

try {
  await measure(await prepare());
} finally {
  await stopPeers();
}
