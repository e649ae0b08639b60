// The page of one campaign: 500 browsers that watch it dial, against PHP-FPM
// that reads it at each poll; and what it costs, with its Attempt Report, after
// 10,000,000 attempts against after 1,000.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

import { LIST } from './lib/load.mjs';
import { cpuWords, descendants, figure, rounds, wrk } from './lib/measure.mjs';
import { answer, putFile, scratch, startNginx, startPhp, stopPeers } from './lib/peers.mjs';
import { makeRoom } from './lib/campaigns.mjs';
import { CAMPAIGN, PART, holdDialler, makeWorkspace, note, pidOf, shortId, sql, staticPath, tagOf, url, workers }
  from './lib/stack.mjs';

const ROUNDS = 5;
const BROWSERS = 500;
const EVERY_S = 1.5;
const SECONDS = 6;
const SIZES = { small: 1000, large: Number(process.env.BENCH_ATTEMPTS ?? 10_000_000) };

// A running campaign with so many attempts behind it, and all that is counted of
// them; its newest attempts are a minute old.
function makeRun(ws, i, attempts) {
  const id = (BigInt(ws) << 38n) + BigInt(i) * 7919n;

  sql(`SET @minute = UNIX_TIMESTAMP() DIV 60;
    INSERT INTO contact_list SET workspace_id = ${ws}, refs = 1, created_at = UTC_TIMESTAMP(6);
    SET @l = LAST_INSERT_ID();
    INSERT INTO list_part SET list_id = @l, part = 0, n = ${2 * attempts};
    INSERT INTO segment SET campaign_id = ${id}, seg = 1, list_id = @l, part = 0, upto = ${2 * attempts};
    INSERT INTO campaign SET id = ${id}, workspace_id = ${ws}, name = 'Of ${attempts}', hay = 'of', status = 1, runs = 1, own_list = @l,
      bot_id = (SELECT id FROM bot WHERE workspace_id = ${ws}), concurrency = 50, ${CAMPAIGN}, goal_dispositions = 'sold',
      created_at = UTC_TIMESTAMP(6), started_at = UTC_TIMESTAMP(6) - INTERVAL 20 DAY;
    INSERT INTO campaign_number SELECT ${id}, id FROM number WHERE workspace_id = ${ws};
    INSERT INTO run SET workspace_id = ${ws}, campaign_id = ${id}, no = 1, settings = '{}', started_at = UTC_TIMESTAMP(6) - INTERVAL 20 DAY;
    SET @r = LAST_INSERT_ID();
    UPDATE campaign SET current_run = @r WHERE id = ${id};
    INSERT INTO run_cursor SET run_id = @r, seg = 1, list_id = @l, part = 0, upto = ${2 * attempts}, prio = 1, next_ordinal = ${attempts + 1};
    INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at, ring_ms, talk_ms, outcome, counted)
      SELECT @r, 1, seq, 1, 7, 447700000000 + seq, 1, 1 + seq % 10, 0, UTC_TIMESTAMP(6) - INTERVAL seq SECOND, 5000,
        IF(seq % 2, 30000, NULL), 1 + seq % 2, 1 FROM seq_1_to_${attempts};
    INSERT INTO run_count (run_id, shard, processed, connected, ended, answered, completed, o_1, o_2, active)
      VALUES (@r, 1, ${attempts}, ${attempts / 2}, ${attempts}, ${attempts / 2}, ${attempts / 2}, ${attempts / 2}, ${attempts / 2}, 20);
    INSERT INTO run_minute (run_id, minute, slot, ended, answered, handled, connected, ring_ms, talk_ms)
      SELECT @r, @minute - seq, s.slot, 40, 20, 20, 18, 200000, 600000 FROM seq_0_to_${Math.min(20 * 1440, attempts)}
      JOIN (SELECT 0 AS slot UNION SELECT 1) s;
    INSERT INTO campaign_period SELECT ${id}, 15, @minute DIV 15 * 15 - 15 * seq, s.slot, 90, 40, 50, 1
      FROM seq_0_to_${Math.min(30 * 96, attempts)} JOIN (SELECT 0 AS slot UNION SELECT 1) s;
    INSERT INTO campaign_period SELECT ${id}, 1440, (@minute DIV 1440 - seq) * 1440, s.slot, 9000, 4000, 5000, 10
      FROM seq_0_to_30 JOIN (SELECT 0 AS slot UNION SELECT 1) s;
    INSERT INTO run_disposition SELECT @r, CONCAT('word_', seq % 6), seq % 16, seq FROM seq_1_to_96 ON DUPLICATE KEY UPDATE n = n + 1;
    INSERT INTO run_breakdown SELECT @r, s.slot, 1, 1 + n.seq, p.seq, 1000, 500, 400, 10, 1, 2, 100000, NOW(6) - INTERVAL 1 HOUR, NOW(6)
      FROM (SELECT 0 AS slot UNION SELECT 1) s JOIN seq_0_to_9 n JOIN seq_1_to_3 p;
    INSERT INTO live_call (id, workspace_id, phone, campaign_id, run_id, seg, ordinal, seq, class, epoch, state, carrier_id, number_id, boot,
        queued_at, not_after, sent_at)
      SELECT UNHEX(CONCAT(LPAD(HEX(@r), 8, '0'), '000180018000', LPAD(HEX(seq), 4, '0'), '00000007')), ${ws}, ${i}0000 + seq, ${id}, @r, 1,
        ${attempts} + seq, 1, 1, 0, 1 + seq % 3, 1, 1, 1, NOW(6), NOW(6), NOW(6) FROM seq_1_to_20`);
  return shortId(id);
}

// A call ends every half second, and the pages are told.
function dial(ws, id) {
  const each = setInterval(() => {
    sql(`UPDATE run_count SET ended = ended + 1, o_2 = o_2 + 1 WHERE run_id = (SELECT MIN(id) FROM run WHERE workspace_id = ${ws})`);
    execFileSync('redis-cli', ['-s', process.env.REDIS_SOCKET, 'INCR', `list:${ws}`]);
  }, 500);

  return () => clearInterval(each);
}

const watching = (path, tag) => `local tag = "${tag}"
request = function()
  return wrk.format("GET", "${path}", { ["Cookie"] = wrk.headers["Cookie"], ["HX-Request"] = "true",
    ["HX-Request-Type"] = "partial", ["HX-PTag"] = tag })
end
delay = function() return math.random(0, 3000) end
response = function(status, headers)
  tag = headers["HX-PTag"] or tag
end
`;

async function watch({ ws, headers, path, nginx, php }) {
  const load = async (base, pids) => {
    const stop = dial(ws.id);

    try {
      return await wrk(base + path, { headers, pids, seconds: SECONDS, connections: BROWSERS,
        script: scratch('watch.lua', watching(new URL(base).pathname.replace(/\/$/, '') + path, tagOf(await answer(url + path, { headers })))) });
    } finally {
      stop();
    }
  };
  const mine = { nginx: pidOf('nginx'), 'outdial-web': pidOf('outdial-web'), mariadb: pidOf('mariadb'), redis: pidOf('redis') };
  const its = { nginx: nginx.pid, php, mariadb: pidOf('mariadb') };
  const results = await rounds(ROUNDS, { ours: () => load(url, mine), php: () => load(`${nginx.php}/monitor`, its) });
  const percent = ({ cpu }) => cpu * BROWSERS / EVERY_S / 1e4;

  for (const [name, list] of Object.entries(results))
    note(`${name}: us of CPU a poll: ${cpuWords(list)}; polls/s: ${list.map((r) => r.perSecond.toFixed(0)).join(' ')}`);
  figure({ name: `${BROWSERS} browsers watch a campaign that dials, CPU`, unit: '% of a core', peer_name: 'PHP-FPM',
    ours: results.ours.map(percent), peer: results.php.map(percent) });
  figure({ name: 'the same, p99', unit: 'ms', peer_name: 'PHP-FPM', ours: results.ours.map((r) => r.p99), peer: results.php.map((r) => r.p99) });
}

async function cost(headers, small, large) {
  const pids = { 'outdial-web': pidOf('outdial-web'), mariadb: pidOf('mariadb') };

  for (const tab of ['', '/performance', '/contacts', '/runs']) {
    const load = (id) => wrk(`${url}${LIST}/${id}${tab}`, { headers, pids, connections: 8 });
    const results = await rounds(ROUNDS, { large: () => load(large), small: () => load(small) });

    figure({ name: `${tab || '/overview'} of ${SIZES.large} attempts, CPU a page`, unit: 'us', peer_name: `of ${SIZES.small}`,
      ours: results.large.map((r) => r.cpu), peer: results.small.map((r) => r.cpu) });
  }
}

// The most memory that a worker ever had, in KB.
const peak = () => Math.max(...descendants(pidOf('outdial-web')).map(({ pid }) =>
  Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1])));

async function report(headers, id) {
  const outfile = `${process.env.OUTDIAL_RUN}/outfile.csv`;
  const timed = async (work) => {
    const from = performance.now();

    await work();
    return (performance.now() - from) / 1000;
  };
  const results = await rounds(1, {
    ours: () => timed(async () => {
      for await (const chunk of (await fetch(`${url}${LIST}/${id}/report`, { headers })).body) void chunk;
    }),
    outfile: () => timed(async () => {
      sql(`SELECT a.ordinal, a.seq, a.nonce, a.phone, a.sent_at, a.ring_ms, a.talk_ms, a.outcome, a.q850, a.sip, a.hung_by, a.counted,
          x.external_id, n.phone, k.name, e.disposition, e.answered_by INTO OUTFILE '${outfile}'
        FROM attempt a LEFT JOIN number n ON n.id = a.number_id LEFT JOIN carrier k ON k.id = a.carrier_id
        LEFT JOIN contact x ON x.list_id = (SELECT list_id FROM run_cursor WHERE run_id = a.run_id) AND x.part = 0 AND x.ordinal = a.ordinal
        LEFT JOIN call_result e ON e.run_id = a.run_id AND e.seg = a.seg AND e.ordinal = a.ordinal AND e.seq = a.seq AND e.nonce = a.nonce
        WHERE a.run_id = (SELECT MAX(run_id) FROM run_cursor) ORDER BY a.seg, a.ordinal, a.seq`);
      fs.rmSync(outfile);
    }),
  });

  figure({ name: 'attempts reported', unit: 'rows/s', peer_name: 'SELECT … INTO OUTFILE',
    ours: results.ours.map((s) => SIZES.large / s), peer: results.outfile.map((s) => SIZES.large / s) });
  note(`the most memory of a worker: ${peak()} KB`);
}

try {
  const ws = makeWorkspace('monitor'), headers = { Cookie: ws.cookie };

  holdDialler();
  makeRoom(ws.id);
  const small = makeRun(ws.id, 1, SIZES.small), path = `${LIST}/${small}`;
  const html = await answer(url + path, { headers });
  const php = startPhp(workers(), staticPath(html)), nginx = startNginx();

  putFile('part.html', await answer(url + path, { headers: { ...headers, ...PART } }));
  await watch({ ws, headers, path, nginx, php });
  note(`making ${SIZES.large} attempts`);
  const large = makeRun(ws.id, 2, SIZES.large);

  await cost(headers, small, large);
  await report(headers, large);
} finally {
  await stopPeers();
}
