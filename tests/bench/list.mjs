// The campaign list: the whole page with session, role, counts and 25 escaped
// rows, against the same page from a flat PHP script (goal 1), and against
// Nginx serving the same bytes from a file (goal 2); and the poll that has
// nothing new, against PHP that makes the list again (part of goal 4).
import { cpuWords, figure, rounds, wrk } from './lib/measure.mjs';
import { answer, putFile, scratch, startNginx, startPhp, stopPeers }
  from './lib/peers.mjs';
import { CAMPAIGN, makeWorkspace, note, pidOf, setting, shortId, sql, url }
  from './lib/stack.mjs';

const ROUNDS = 7;
const PAGE = '/dashboard/campaigns';
const PART = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
const NAMES = ['Winter boiler service reminders', 'Q4 renewals: "gold" customers',
  'O\'Brien & Sons — appointments', 'Réengagement clients <2 ans>',
  'تذكير بمواعيد العيادة', 'Survey after support, wave 3'];

// Campaigns in all five statuses, with books as after some hours of dialling.
// Their runs are closed, so that no dialler touches them.
function makeCampaigns(ws, count) {
  const text = [];

  for (let i = 0; i < count; i++) {
    const id = 10n ** 14n + BigInt(i) * 7919n, status = i % 5;
    const name = `${NAMES[i % NAMES.length]} ${i}`.replace(/'/g, '\'\'');
    const n = 1000 + i * 37, done = Math.floor(n * (i % 11) / 10);

    text.push(`INSERT INTO contact_list SET workspace_id = ${ws}, refs = 1,
        created_at = UTC_TIMESTAMP(6);
      SET @l = LAST_INSERT_ID();
      INSERT INTO list_part SET list_id = @l, part = 0, n = ${n};
      INSERT INTO segment SET campaign_id = ${id}, seg = 1, list_id = @l,
        part = 0, upto = ${n};
      INSERT INTO campaign SET id = ${id}, workspace_id = ${ws},
        name = '${name}', hay = '${name.toLowerCase()}\n${shortId(id)}',
        status = ${status}, runs = ${status ? 1 : 0}, own_list = @l,
        bot_id = 1, concurrency = 50, ${CAMPAIGN},
        created_at = UTC_TIMESTAMP(6) - INTERVAL ${i * 7001} SECOND;`);
    if (i % 7 === 3)
      text.push(`UPDATE campaign SET restarted_by = 'J. "Jo" Smith',
        restarted_at = UTC_TIMESTAMP(6) WHERE id = ${id};`);
    if (status)
      text.push(`INSERT INTO run SET workspace_id = ${ws}, campaign_id = ${id},
          no = 1, settings = '{}', rest = ${[0, 0, 0, 1, 4][status]},
          reason = '${status === 4 ? 'No carrier took calls for 5 minutes' : ''}',
          started_at = UTC_TIMESTAMP(6), ended_at = UTC_TIMESTAMP(6);
        SET @r = LAST_INSERT_ID();
        UPDATE campaign SET current_run = @r WHERE id = ${id};
        INSERT INTO run_cursor SET run_id = @r, seg = 1, list_id = @l, part = 0,
          upto = ${n}, prio = 1, next_ordinal = ${done + 1};
        INSERT INTO run_count (run_id, shard, processed, connected, ended,
          answered, completed, exhausted) VALUES
          (@r, 0, 0, 0, 0, 0, 0, 0),
          (@r, 1, ${done}, 0, 0, 0, 0, ${Math.floor(done / 3)}),
          (@r, 2, 0, ${Math.floor(done / 2)}, ${done * 2},
           ${Math.floor(done / 1.5)}, ${Math.floor(done / 2)}, 0);`);
  }
  sql(text.join('\n'));
}

// They have counters, but no calls: not for "outdial check" in a later bench.
function dropCampaigns(ws) {
  const runs = `(SELECT id FROM run WHERE workspace_id = ${ws})`;

  sql(`DELETE FROM run_count WHERE run_id IN ${runs};
    DELETE FROM run_cursor WHERE run_id IN ${runs};
    DELETE FROM segment WHERE campaign_id IN
      (SELECT id FROM campaign WHERE workspace_id = ${ws});
    DELETE FROM list_part WHERE list_id IN
      (SELECT id FROM contact_list WHERE workspace_id = ${ws});
    DELETE FROM contact_list WHERE workspace_id = ${ws};
    DELETE FROM campaign WHERE workspace_id = ${ws};
    DELETE FROM run WHERE workspace_id = ${ws};`);
}

// A page after a time to come is the first page, but under an address that
// was never asked for: the same statements, and nothing of it is cached.
const future = (n) => `${PAGE}?after=c${n}.zzzzzzzzzz`;
const uncached = () => scratch('uncached.lua', `local n = 3000000000000000
  + math.floor(os.time() % 100000) * 1000000000
request = function()
  n = n + 1003
  return wrk.format(nil, string.format("${PAGE}?after=c%.0f.zzzzzzzzzz", n))
end
`);

// The pages are the same but for the spelling of an apostrophe and the tag.
// What templates got since lib/list.php was written is told, and a page that
// became another one is refused.
function compare(ours, theirs) {
  const lines = (text) => text.replaceAll('&#039;', '&#39;')
    .replace(/data-tag="[^"]*"/, '').split('\n').filter(Boolean);
  const rows = (text) => text.split('<tr class="row').length;
  const known = new Set(lines(theirs));
  const other = lines(ours).filter((line) => !known.has(line));

  if (other.length > 0)
    note(`lines of our page that PHP's has not: ${other.length}, as ${other[0]}`);
  if (rows(ours) !== rows(theirs) ||
      Math.abs(theirs.length / ours.length - 1) > 0.1)
    throw new Error('the pages differ too much to be compared');
}

async function prepare() {
  const ws = makeWorkspace('list');
  const headers = { cookie: ws.cookie };

  makeCampaigns(ws.id, 60);
  const html = await answer(url + PAGE, { headers });
  const workers = setting('web_processes') * setting('web_threads');
  const php = startPhp(workers, html.match(/\/static(\/[0-9a-f]{12})?/)[0]);
  const nginx = startNginx();

  putFile('list.html', html);
  for (const address of [PAGE, future(3000000000000001n)])
    compare(await answer(url + address, { headers }),
      await answer(nginx.base + address, { headers }));
  compare(await answer(url + PAGE, { headers: { ...headers, ...PART } }),
    await answer(nginx.base + PAGE, { headers: { ...headers, ...PART } }));
  note(`the page: ${Buffer.byteLength(html)} bytes, ` +
    `${html.split('<tr class="row').length - 1} rows; ${workers} workers`);
  return { ws, headers, php, nginx, tag: html.match(/data-tag="([^"]*)"/)[1] };
}

async function measure({ ws, headers, php, nginx, tag }) {
  const mine = { nginx: pidOf('nginx'), 'outdial-web': pidOf('outdial-web'),
    mariadb: pidOf('mariadb'), redis: pidOf('redis') };
  const its = { nginx: nginx.pid, php, mariadb: pidOf('mariadb') };
  const poll = { ...headers, ...PART, 'HX-PTag': tag };
  const script = uncached();
  const results = await rounds(ROUNDS, {
    live: () => wrk(url + PAGE, { headers, pids: mine, script }),
    php: () => wrk(nginx.base + PAGE, { headers, pids: its, script }),
    cached: () => wrk(url + PAGE, { headers, pids: mine }),
    file: () => wrk(`${nginx.base}/files/list.html`,
      { headers, pids: { nginx: nginx.pid } }),
    poll: () => wrk(url + PAGE, { headers: poll, pids: mine }),
    phpPoll: () => wrk(nginx.base + PAGE, { headers: poll, pids: its }),
  });
  dropCampaigns(ws.id);
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
  both('list out of the cache', 'cached', 'file', 'Nginx, the same bytes in a file');
  both('poll, nothing new', 'poll', 'phpPoll', 'PHP-FPM makes the list again');
}

try {
  await measure(await prepare());
} finally {
  await stopPeers();
}
