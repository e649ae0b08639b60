// Dialling, end to end: contacts planned, queued, placed on the simulated
// carrier and recorded, against the same row changes by raw array binding in
// the same MariaDB; how soon calls follow a Start and a freed seat; memory.
// One attempt a contact: a retry waits a minute at least.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

import { makeRoom } from './lib/campaigns.mjs';
import { budget, cpuOf, cpuSince, cpuWords, figure, median, rounds }
  from './lib/measure.mjs';
import { CAMPAIGN, makeWorkspace, note, pidOf, shortId, sql, until, url }
  from './lib/stack.mjs';

const { MARIADB_SOCKET: mariadb, OUTDIAL_BUILD: build, OUTDIAL_RUN: run,
  OUTDIAL_CONFIG: config } = process.env;
const ROUNDS = 5;
const CONTACTS = 30_000;
const LANES = 4; // as many connections as were fastest
const BATCH = 500;
const RAW_TABLES = ['live_call', 'run_contact', 'attempt', 'run_count',
  'run_minute', 'run_cursor', 'number_use'];
const LIMITS = { start: 300, seat: 50, memory: 64 };

let campaigns = 0n, rawRuns = 0;

// A workspace that can dial, and the tables of the peer.
function prepare() {
  const ws = makeWorkspace('dial');

  makeRoom(ws.id);
  sql(`CREATE DATABASE raw;
    ${RAW_TABLES.map((t) => `CREATE TABLE raw.${t} LIKE ${t};`).join('\n')}`);
  return ws;
}

// A draft with its own contacts; returns its short id.
function makeCampaign(ws, contacts, seats) {
  const id = 2n ** 48n + ++campaigns;

  sql(`INSERT INTO contact_list SET workspace_id = ${ws.id}, refs = 1,
      created_at = UTC_TIMESTAMP(6);
    SET @l = LAST_INSERT_ID();
    INSERT INTO list_part SET list_id = @l, part = 0, n = ${contacts};
    INSERT INTO contact (list_id, part, ordinal, phone, vars)
      SELECT @l, 0, seq, 447700000000 + seq,
        CONCAT('{"first_name":"Name ', seq, '","balance":"', seq % 997, '"}')
      FROM seq_1_to_${contacts};
    INSERT INTO campaign SET id = ${id}, workspace_id = ${ws.id},
      name = 'Dial ${campaigns}', hay = '${shortId(id)}', status = 0,
      own_list = @l, concurrency = ${seats},
      bot_id = (SELECT id FROM bot WHERE workspace_id = ${ws.id}), ${CAMPAIGN},
      created_at = UTC_TIMESTAMP(6);
    UPDATE campaign SET max_attempts = 1 WHERE id = ${id};
    INSERT INTO campaign_number SELECT ${id}, id FROM number
      WHERE workspace_id = ${ws.id};
    INSERT INTO segment SET campaign_id = ${id}, seg = 1, list_id = @l,
      part = 0, upto = ${contacts};`);
  return { id, short: shortId(id), contacts };
}

// What the carrier was told to place since 'from': [us, run] each.
function placedSince(from) {
  const fd = fs.openSync(`${run}/sim.log`);
  const text = Buffer.alloc(fs.fstatSync(fd).size - from);

  fs.readSync(fd, text, 0, text.length, from);
  fs.closeSync(fd);
  return text.toString().split('\n').filter(Boolean).map((line) => {
    const [us, id] = line.split('\t');

    return { us: Number(us), run: parseInt(id.slice(0, 8), 16),
      ordinal: ordinalOf(id) };
  });
}

// Bits 64 to 127 of a call's id: two of the variant, 32 of the ordinal.
const ordinalOf = (id) =>
  Number(BigInt(`0x${id.slice(19).replace('-', '')}`) >> 30n & 0xffffffffn);

// Presses Start as a browser does, and waits for the end of the run.
async function dial(ws, campaign) {
  const headers = { cookie: ws.cookie };
  const page = `${url}/dashboard/campaigns`;
  const csrf = (await (await fetch(page, { headers })).text())
    .match(/name="csrf" value="([^"]+)"/)[1];
  const from = fs.statSync(`${run}/sim.log`).size;
  const pressed = (performance.timeOrigin + performance.now()) * 1000;
  const answer = await fetch(`${page}/${campaign.short}/start?from=draft`, {
    method: 'POST', redirect: 'manual', headers: { ...headers, origin: url,
      'HX-Request': 'true', 'HX-Request-Type': 'partial' },
    body: new URLSearchParams({ csrf }) });

  if (answer.status !== 200)
    throw new Error(`Start answered ${answer.status}: ${await answer.text()}`);
  const [id, us, attempts] = await until(120, 'the end of the run', () => sql(`
    SELECT r.id, TIMESTAMPDIFF(MICROSECOND, r.started_at, r.ended_at),
      (SELECT COUNT(*) FROM attempt a WHERE a.run_id = r.id)
    FROM run r WHERE r.campaign_id = ${campaign.id} AND r.ended_at IS NOT NULL
    `)[0]);
  const placed = placedSince(from).filter((p) => p.run === Number(id));

  if (Number(attempts) !== campaign.contacts)
    throw new Error(`${attempts} attempts for ${campaign.contacts} contacts`);
  return { run: id, seconds: us / 1e6, placed, firstMs: (placed[0].us - pressed) / 1000 };
}

const commits = () => Number(sql(`SHOW GLOBAL STATUS LIKE 'Com_commit'`)[0][1]);

async function ours(ws) {
  const campaign = makeCampaign(ws, CONTACTS, 10_000);
  const pids = { dialler: pidOf('outdial-dialler'), mariadb: pidOf('mariadb'),
    redis: pidOf('redis') };
  const before = cpuOf(pids), committed = commits();
  const done = await dial(ws, campaign);

  return { ...done, perSecond: CONTACTS / done.seconds,
    batch: CONTACTS / (commits() - committed),
    ...cpuSince(before, pids, CONTACTS) };
}

async function raw() {
  const pids = { mariadb: pidOf('mariadb') };
  const before = cpuOf(pids);
  const out = execFileSync(`${build}/tests/bench/raw_dial`, [mariadb, 'raw',
    ...[1 + LANES * rawRuns++, LANES, CONTACTS, BATCH].map(String)],
    { encoding: 'utf8' });
  const [seconds, us] = out.split(' ').map(Number);
  const { parts } = cpuSince(before, pids, CONTACTS);

  parts.client = us / CONTACTS;
  return { perSecond: CONTACTS / seconds, parts,
    cpu: parts.mariadb + parts.client };
}

// One seat, and too few calls for any to be presumed: each call waits for the
// one before to end.  Answered ones only: their length is known.
async function freeSeats(ws) {
  const gaps = [];

  for (let i = 0; i < 4; i++) {
    const { run: id, placed } = await dial(ws, makeCampaign(ws, 20, 1));
    const ms = new Map(sql(`SELECT ordinal, ring_ms + talk_ms FROM attempt
      WHERE run_id = ${id} AND talk_ms > 0`).map((row) => row.map(Number)));

    placed.slice(1).forEach(({ us }, at) => {
      const was = placed[at], lasted = ms.get(was.ordinal);

      if (lasted !== undefined) gaps.push((us - was.us) / 1000 - lasted);
    });
  }
  return gaps;
}

const peakMb = (name) => Number(fs.readFileSync(`/proc/${pidOf(name)}/status`,
  'utf8').match(/^VmHWM:\s+(\d+)/m)[1]) / 1024;

const against = (name, unit, value, limit) =>
  budget(name, unit, [value], limit, 'the goal');

async function measure() {
  const ws = prepare();
  const gaps = await freeSeats(ws);
  const results = await rounds(ROUNDS, { ours: () => ours(ws), raw });
  const of = (name, key) => results[name].map((r) => r[key]);
  const peer = { peer_name: `raw array binding, ${LANES} connections` };

  for (const name of ['ours', 'raw'])
    note(`${name}: us of CPU an attempt: ${cpuWords(results[name])}`);
  note(`attempts a transaction: ${median(of('ours', 'batch')).toFixed(0)}`);
  note(`memory: sim ${peakMb('outdial-sim').toFixed(0)} MB`);
  figure({ name: 'durable attempts', unit: 'attempts/s', ...peer,
    ours: of('ours', 'perSecond'), peer: of('raw', 'perSecond') });
  figure({ name: 'durable attempts, CPU', unit: 'us/attempt', ...peer,
    ours: of('ours', 'cpu'), peer: of('raw', 'cpu') });
  against('Start to first call', 'ms', median(of('ours', 'firstMs')), LIMITS.start);
  against('Start to first call, slowest', 'ms', Math.max(...of('ours', 'firstMs')),
    LIMITS.start);
  against('free seat to next call', 'ms', median(gaps), LIMITS.seat);
  against('free seat to next call, slowest', 'ms', Math.max(...gaps), LIMITS.seat);
  against('memory of outdial-dialler, peak', 'MB', peakMb('outdial-dialler'),
    LIMITS.memory);
}

await measure();
note(execFileSync(`${build}/outdial`, ['--config', config, 'check'],
  { encoding: 'utf8' }).trim());
