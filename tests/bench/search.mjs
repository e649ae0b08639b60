// A million campaigns in one workspace: a keystroke of search, which counts the
// matches and shows a page of them, against counting the table in the same
// MariaDB; and the deepest page of the list against its first.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { figure, rounds } from './lib/measure.mjs';
import { CAMPAIGN, makeWorkspace, note, setting, sql, until, url }
  from './lib/stack.mjs';

const ROUNDS = 9;
const REQUESTS = 8; // a round; the figure is their mean
const CAMPAIGNS = 1_000_000;
const A_STATEMENT = 50_000;
const PAGE = '/dashboard/campaigns';
const PART = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
// Each is in one of eleven names; so are all parts of it.
const PHRASES = ['winter boiler service reminders', 'renewals of gold customers',
  'quarterly satisfaction survey', 'appointments at the main clinic',
  'overdue invoices, first notice', 'delivery windows for tomorrow',
  'feedback about the new website', 'unfinished applications, kind nudge',
  'members whose card expires soon', 'volunteers needed on Saturday',
  'upgrade offers for long contracts'];
const FREQUENT = PHRASES[0];
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

// The columns that every campaign has, and their values.
const [COLUMNS, VALUES] = [0, 1].map((side) => CAMPAIGN.split(/,\s+/)
  .map((pair) => pair.split(' = ')[side]).join());

// A short id as SQL makes it out of a number.
const SHORT = `CONCAT(${[...Array(10).keys()].map((i) =>
  `SUBSTR('0123456789abcdefghjkmnpqrstvwxyz', (id >> ${45 - 5 * i} & 31) + 1, 1)`)
  .join()})`;

// As they would be after years: nothing was touched within the last hour.
function makeCampaigns(ws) {
  const list = PHRASES.map((p) => `'${p}'`).join();

  for (let from = 1; from <= CAMPAIGNS; from += A_STATEMENT)
    sql(`INSERT INTO campaign (id, workspace_id, name, hay, status, own_list,
        bot_id, concurrency, ${COLUMNS}, created_at, touched_at)
      SELECT id, ${ws}, name, CONCAT(LOWER(name), '\\n', ${SHORT}), seq % 5, 0,
        1, 50, ${VALUES},
        UTC_TIMESTAMP(6) - INTERVAL ${CAMPAIGNS} - seq + 4000 SECOND,
        UTC_TIMESTAMP(6) - INTERVAL 1 HOUR
      FROM (SELECT seq, 1 << 48 | seq * 7919 AS id,
          CONCAT(ELT(1 + seq % 11, ${list}), ' wave ', LPAD(seq % 2003, 4, 0))
            AS name
        FROM seq_${from}_to_${from + A_STATEMENT - 1}) s;`);
}

function dropCampaigns(ws) {
  for (let from = 0; from <= CAMPAIGNS; from += A_STATEMENT)
    sql(`DELETE FROM campaign WHERE workspace_id = ${ws}
      LIMIT ${A_STATEMENT + 1}`);
}

// One request: { ms, body }.
function ask(at, headers) {
  const begun = process.hrtime.bigint();

  return new Promise((resolve, reject) => {
    const request = http.get(url + at, { agent, headers }, (answer) => {
      const pieces = [];

      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => resolve({ status: answer.statusCode,
        ms: Number(process.hrtime.bigint() - begun) / 1e6,
        body: Buffer.concat(pieces).toString() }));
    });

    request.on('error', reject);
  });
}

// What the server needs for it, without the client's way to it.
const countTable = () => Number(sql(`SET @from = SYSDATE(6);
  SELECT COUNT(*) FROM campaign;
  SELECT TIMESTAMPDIFF(MICROSECOND, @from, SYSDATE(6)) / 1000;`)[1][0]);

// The mean of some requests, each for something that was never asked before.
async function mean(headers, next, found) {
  let sum = 0;

  for (let i = 0; i < REQUESTS; i++) {
    const { ms, body, status } = await ask(next(), headers);

    if (status !== 200 || !found.test(body))
      throw new Error(`not what was asked for: ${status} ${body.slice(0, 2000)}`);
    sum += ms;
  }
  return sum / REQUESTS;
}

// Parts of a phrase, each once, from long to short.
function* partsOf(phrase) {
  for (let length = phrase.length; length > 4; length--)
    for (let at = 0; at + length <= phrase.length; at++) {
      const part = phrase.slice(at, at + length);

      if (part.trim() === part) yield part;
    }
}

// Keys of places in the list, at least that many rows from its end.
function deepKeys(ws) {
  return sql(`SELECT CAST(UNIX_TIMESTAMP(created_at) * 1000000 AS SIGNED),
      SUBSTR(hay, -10)
    FROM campaign WHERE workspace_id = ${ws} ORDER BY created_at, id
    LIMIT 300 OFFSET 30`).map(([at, id]) => `c${at}.${id}`);
}

async function prepare() {
  const ws = makeWorkspace('search');
  const headers = { cookie: ws.cookie, ...PART };
  const begun = Date.now();

  makeCampaigns(ws.id);
  note(`${CAMPAIGNS} campaigns in ${(Date.now() - begun) / 1000} s`);
  const file = path.join(path.dirname(setting('web_socket')), 'search',
    `campaigns-${ws.id}`);
  const asked = Date.now();

  await ask(`${PAGE}?q=first`, headers);
  await until(300, 'an index', () => fs.existsSync(file));
  note(`an index of ${(fs.statSync(file).size / 1e6).toFixed(0)} MB in ` +
    `${(Date.now() - asked) / 1000} s`);
  // Whoever serves, maps it.
  for (let i = 0; i < 20; i++) await ask(`${PAGE}?q=second${i}`, headers);
  return { ws, headers, deep: deepKeys(ws.id) };
}

async function measure({ ws, headers, deep }) {
  const parts = partsOf(FREQUENT);
  let n = 0;
  const q = (text) => `${PAGE}?q=${encodeURIComponent(text)}`;
  const hits = (count) => new RegExp(`${count} of 1,000,000 campaigns`);
  const cases = {
    count: countTable,
    frequent: () => mean(headers, () => q(parts.next().value),
      hits('90,909')),
    rare: () => mean(headers,
      () => q(`wave ${String(++n).padStart(4, '0')}`), hits('(499|500)')),
    none: () => mean(headers, () => q(`~${++n}`), /No campaigns found/),
    first: () => mean(headers,
      () => `${PAGE}?after=c${3n * 10n ** 15n + BigInt(++n)}.zzzzzzzzzz`,
      />1,000,000 campaigns/),
    deepest: () => mean(headers, () => `${PAGE}?after=${deep[++n % deep.length]}`,
      />1,000,000 campaigns/),
  };
  const results = await rounds(ROUNDS, cases);

  for (const [name, what] of [['frequent', '9 %'], ['rare', '0.05 %'],
    ['none', 'none']])
    figure({ name: `keystroke, hits ${what}`, unit: 'ms', ours: results[name],
      peer: results.count, peer_name: 'SELECT COUNT(*)' });
  figure({ name: 'deepest page', unit: 'ms', ours: results.deepest,
    peer: results.first, peer_name: 'page 1' });
}

const all = await prepare();

try {
  await measure(all);
} finally {
  agent.destroy();
  dropCampaigns(all.ws.id);
}
