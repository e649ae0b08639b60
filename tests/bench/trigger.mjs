// Contacts by the API while their campaign dials: eight programs send requests
// of 1,000 contacts, one after another.  Nothing is lost and nothing is there
// twice; then the same rows by LOAD DATA into an empty table.  With OUTDIAL_LONG
// for 60 seconds.
import { execFileSync } from 'node:child_process';
import assert from 'node:assert/strict';
import fs from 'node:fs';

import { makeRoom } from './lib/campaigns.mjs';
import { budget, figure, rounds } from './lib/measure.mjs';
import { scratch } from './lib/peers.mjs';
import { CAMPAIGN, makeWorkspace, note, shortId, sql, url } from './lib/stack.mjs';

const SECONDS = process.env.OUTDIAL_LONG ? 60 : 15;
const CLIENTS = 8, EACH = 1000, ROUNDS = 3;
const ID = 2n ** 47n;
const P99_MS = 2000;

const outdial = (...args) => execFileSync(`${process.env.OUTDIAL_BUILD}/outdial`,
  ['--config', process.env.OUTDIAL_CONFIG, ...args], { encoding: 'utf8' });

// A campaign that is open for contacts and has none.
function makeCampaign(ws) {
  makeRoom(ws.id);
  sql(`INSERT INTO contact_list SET workspace_id = ${ws.id}, refs = 0, open = 1,
      created_at = UTC_TIMESTAMP(6);
    SET @list = LAST_INSERT_ID();
    INSERT INTO campaign SET id = ${ID}, workspace_id = ${ws.id},
      name = 'Trigger', hay = 'trigger\n${shortId(ID)}', status = 0,
      own_list = @list, concurrency = 200,
      bot_id = (SELECT id FROM bot WHERE workspace_id = ${ws.id}), ${CAMPAIGN},
      created_at = UTC_TIMESTAMP(6);
    UPDATE campaign SET always_on = 1, max_attempts = 1 WHERE id = ${ID};
    INSERT INTO campaign_number SELECT ${ID}, id FROM number
      WHERE workspace_id = ${ws.id};`);
  outdial('campaign', 'start', shortId(ID));
}

// A number of its own for each contact of each client.
const contact = (client, i) => ({
  phone_number: `+4479${String(client * 10_000_000 + i).padStart(8, '0')}`,
  variables: { first_name: `Name ${i}`, balance: String(i % 997) },
  external_id: `${client}-${i}`,
});

// Sends until the time is over; returns how long each request took, in ms.
async function send(key, client, until) {
  const took = [];

  for (let at = 0; performance.now() < until; at += EACH) {
    const contacts = Array.from({ length: EACH }, (_, i) => contact(client, at + i));
    const from = performance.now();
    const got = await fetch(`${url}/api/v1/campaigns/${shortId(ID)}/trigger`, {
      method: 'POST', body: JSON.stringify({ contacts }),
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } });
    const { accepted } = await got.json();

    assert.equal(got.status, 202);
    assert.equal(accepted, EACH);
    took.push(performance.now() - from);
  }
  return took;
}

const count = (what) => Number(sql(`SELECT ${what} FROM contact x
  JOIN campaign c ON c.own_list = x.list_id WHERE c.id = ${ID}`)[0][0]);

function balance(sent) {
  assert.equal(count('COUNT(*)'), sent, 'none is lost');
  assert.equal(count('COUNT(DISTINCT x.phone)'), sent, 'none is there twice');
  outdial('campaign', 'stop', shortId(ID));
  note(outdial('check', '--sim-log', `${process.env.OUTDIAL_RUN}/sim.log`).trim());
}

// The rows that came, as LOAD DATA reads them fastest, into an empty table.
function loadData() {
  const file = scratch('triggered', '');

  fs.rmSync(file);
  sql(`SELECT x.* FROM contact x JOIN campaign c ON c.own_list = x.list_id
    WHERE c.id = ${ID} INTO OUTFILE '${file}' CHARACTER SET utf8mb4;
    CREATE TABLE contact_loaded LIKE contact;`);
  const from = performance.now();

  sql(`LOAD DATA INFILE '${file}' INTO TABLE contact_loaded CHARACTER SET utf8mb4`);
  const ms = performance.now() - from;

  sql('DROP TABLE contact_loaded');
  return ms;
}

const ws = makeWorkspace('trigger');

makeCampaign(ws);
const keys = Array.from({ length: CLIENTS }, (_, i) => JSON.parse(outdial('key', 'add',
  `Client ${i}`, '--scopes', 'trigger', '--workspace', 'trigger', '--json')).key);
const from = performance.now();
const took = (await Promise.all(keys.map((key, i) =>
  send(key, i, from + SECONDS * 1000)))).flat().sort((a, b) => a - b);
const ms = performance.now() - from, sent = took.length * EACH;

note(`${sent} contacts in ${took.length} requests, ${count('COUNT(*)')} rows; ` +
  `${sql(`SELECT COUNT(*) FROM attempt`)[0][0]} calls ended meanwhile`);
balance(sent);
const { peer } = await rounds(ROUNDS, { peer: loadData });

figure({ name: `contacts by ${CLIENTS} clients`, unit: 'rows/s', peer_name: 'LOAD DATA',
  ours: peer.map(() => sent / ms * 1000), peer: peer.map((t) => sent / t * 1000) });
budget(`p99 of ${EACH.toLocaleString('en')} contacts`, 'ms',
  [took[Math.ceil(took.length * 0.99) - 1]], P99_MS);
