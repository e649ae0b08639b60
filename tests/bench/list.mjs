// The campaign list: the whole page with session, role, counts and 25 escaped
// rows, against the same page from a flat PHP script and from Django, and
// against Nginx serving the same bytes from a file; and the poll that has
// nothing new, against PHP that makes the list again.
import { makeCampaigns } from './lib/campaigns.mjs';
import { LIST, future, uncached } from './lib/load.mjs';
import { cpuWords, figure, rounds, wrk } from './lib/measure.mjs';
import { answer, compare, putFile, scratch, startDjango, startNginx, startPhp,
  stopPeers } from './lib/peers.mjs';
import { PART, makeWorkspace, note, pidOf, staticPath, tagOf, url,
  workers }
  from './lib/stack.mjs';

const ROUNDS = 7;

async function prepare() {
  const ws = makeWorkspace('list');
  const headers = { cookie: ws.cookie };

  makeCampaigns(ws.id, 60);
  const html = await answer(url + LIST, { headers });
  const php = startPhp(workers(), staticPath(html));
  const django = startDjango(workers(), staticPath(html));
  const nginx = startNginx();

  putFile('list.html', html);
  for (const name of ['php', 'django']) {
    for (const address of [LIST, future(3000000000000001n)])
      compare(name, await answer(url + address, { headers }),
        await answer(nginx[name] + address, { headers }));
    compare(name, await answer(url + LIST, { headers: { ...headers, ...PART } }),
      await answer(nginx[name] + LIST, { headers: { ...headers, ...PART } }));
  }
  note(`the page: ${Buffer.byteLength(html)} bytes, ` +
    `${html.split('<tr class="row').length - 1} rows; ${workers()} workers`);
  return { ws, headers, php, django, nginx };
}

async function pollHeaders(headers) {
  const html = await answer(url + LIST, { headers });

  return { ...headers, ...PART, 'HX-PTag': tagOf(html) };
}

async function measure({ ws, headers, php, django, nginx }) {
  const mariadb = pidOf('mariadb');
  const mine = { nginx: pidOf('nginx'), 'outdial-web': pidOf('outdial-web'),
    mariadb, redis: pidOf('redis') };
  const itsPhp = { nginx: nginx.pid, php, mariadb };
  const itsDjango = { nginx: nginx.pid, django, mariadb };
  const script = scratch('uncached.lua', uncached());
  const results = await rounds(ROUNDS, {
    live: () => wrk(url + LIST, { headers, pids: mine, script }),
    php: () => wrk(nginx.php + LIST, { headers, pids: itsPhp, script }),
    django: () => wrk(nginx.django + LIST, { headers, pids: itsDjango, script }),
    cached: () => wrk(url + LIST, { headers, pids: mine }),
    file: () => wrk(`${nginx.files}/list.html`,
      { headers, pids: { nginx: nginx.pid } }),
    poll: async () => wrk(url + LIST,
      { headers: await pollHeaders(headers), pids: mine }),
    phpPoll: () => wrk(nginx.php + LIST,
      { headers: { ...headers, ...PART }, pids: itsPhp }),
  });
  for (const [name, list] of Object.entries(results))
    note(`${name}: us of CPU a request: ${cpuWords(list)}`);
  const both = (name, ours, peer, peerName) => {
    figure({ name, unit: 'requests/s', peer_name: peerName,
      ours: results[ours].map((r) => r.perSecond),
      peer: results[peer].map((r) => r.perSecond) });
    figure({ name: `${name}, CPU`, unit: 'us/request', peer_name: peerName,
      ours: results[ours].map((r) => r.cpu),
      peer: results[peer].map((r) => r.cpu) });
  };

  both('list, nothing cached', 'live', 'php', 'PHP-FPM');
  both('list, cached rows', 'cached', 'php', 'PHP-FPM');
  both('list, nothing cached', 'live', 'django', 'Django');
  both('list, cached rows', 'cached', 'django', 'Django');
  both('list out of the cache', 'cached', 'file', 'Nginx, the same bytes in a file');
  both('poll, nothing new', 'poll', 'phpPoll', 'PHP-FPM makes the list again');
}

try {
  await measure(await prepare());
} finally {
  await stopPeers();
}
