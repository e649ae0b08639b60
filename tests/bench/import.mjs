// A CSV file to committed contacts by the command, each number checked, against
// LOAD DATA of the same clean rows into the same table; the importer's memory
// at its peak; and the list's p99 beside an import.  With OUTDIAL_LONG also
// 5,000,000 rows, which takes minutes.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';

import { makeCampaigns } from './lib/campaigns.mjs';
import { LIST, mixed } from './lib/load.mjs';
import { budget, figure, rounds, wrk } from './lib/measure.mjs';
import { answer, scratch } from './lib/peers.mjs';
import { CAMPAIGN, holdDialler, makeWorkspace, note, shortId, sql, tagOf, url }
  from './lib/stack.mjs';

const run = promisify(execFile);
const ROUNDS = 7;
const ROWS = 300_000, FEW = 10_000, MANY = 5_000_000;
const BATCH = 100_000; // lines made at a time
const DRAFT = 2n ** 46n;
const SECONDS = 3, CONNECTIONS = 32;
const CITIES = ['York', 'Saint-Étienne', 'Köln', 'Kraków', 'A Coruña'];
// Prints the peak of a command's resident memory, in KB.
const PEAK = `import resource, subprocess, sys
subprocess.check_call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)`;

// Mobile numbers without an order, none twice; one in eight as people write
// them.
function line(i) {
  const digits = `79${String(i * 7_654_321 % 1e8).padStart(8, '0')}`;
  const phone = i % 8 ? `+44${digits}`
    : `(0)${digits.slice(0, 4)} ${digits.slice(4)}`;

  return `${phone},Name ${i},${CITIES[i % CITIES.length]},${i * 31 % 99_991}\n`;
}

function makeFile(count) {
  const path = scratch(`${count}.csv`,
    'phone_number,first_name,city,reference\n');

  for (let at = 0; at < count; at += BATCH)
    fs.appendFileSync(path, Array.from({ length: Math.min(BATCH, count - at) },
      (_, i) => line(at + i)).join(''));
  return path;
}

// A draft of nothing.
function makeDraft(ws) {
  sql(`INSERT INTO contact_list SET workspace_id = ${ws}, refs = 1,
      created_at = UTC_TIMESTAMP(6);
    SET @list = LAST_INSERT_ID();
    INSERT INTO list_part SET list_id = @list, part = 0, n = 0;
    INSERT INTO campaign SET id = ${DRAFT}, workspace_id = ${ws},
      name = 'Import', hay = 'import\n${shortId(DRAFT)}', status = 0,
      own_list = @list, concurrency = 50,
      bot_id = (SELECT id FROM bot WHERE workspace_id = ${ws}), ${CAMPAIGN},
      created_at = UTC_TIMESTAMP(6);`);
}

// Each round begins with the same table: empty, with its indexes.
function emptyContacts() {
  sql(`CREATE TABLE contact_new LIKE contact;
    RENAME TABLE contact TO contact_old, contact_new TO contact;
    DROP TABLE contact_old;`);
}

const command = (file) => [`${process.env.OUTDIAL_BUILD}/outdial`, '--config',
  process.env.OUTDIAL_CONFIG, 'import', shortId(DRAFT), file];

async function importFile(file) {
  const [program, ...args] = command(file);

  emptyContacts();
  const from = performance.now();

  await run(program, args);
  return performance.now() - from;
}

function loadData(file) {
  emptyContacts();
  const from = performance.now();

  sql(`LOAD DATA INFILE '${file}' INTO TABLE contact CHARACTER SET utf8mb4;`);
  return performance.now() - from;
}

// What the importer made of a file, as LOAD DATA reads it fastest.
async function cleanRows(file) {
  const out = scratch('clean', '');

  fs.rmSync(out);
  await importFile(file);
  sql(`SELECT * FROM contact INTO OUTFILE '${out}' CHARACTER SET utf8mb4`);
  return out;
}

async function measureRate() {
  const file = makeFile(ROWS), clean = await cleanRows(file);
  const perSecond = (times) => times.map((ms) => ROWS / ms * 1000);
  const { ours, peer } = await rounds(ROUNDS, {
    ours: () => importFile(file), peer: () => loadData(clean) });

  figure({ name: `import of ${ROWS.toLocaleString('en')} rows`, unit: 'rows/s',
    peer_name: 'LOAD DATA', ours: perSecond(ours), peer: perSecond(peer) });
  return file;
}

async function measureMemory(rows, limit) {
  const file = makeFile(rows);

  emptyContacts();
  const from = performance.now();
  const { stdout } = await run('python3', ['-c', PEAK, ...command(file)]);

  note(`${rows} rows in ${((performance.now() - from) / 1000).toFixed(1)} s`);
  budget(`peak memory, ${rows.toLocaleString('en')} rows`, 'MB',
    [stdout / 1024], limit);
  fs.rmSync(file);
}

// The list out of the cache and the poll with nothing new, while one import
// after another is at work, or none.
async function measureTail({ cookie }, file) {
  const load = async () => {
    const html = await answer(url + LIST, { headers: { cookie } });

    return wrk(url + LIST, { headers: { Cookie: cookie }, seconds: SECONDS,
      connections: CONNECTIONS,
      script: scratch('mixed.lua', mixed(tagOf(html), CONNECTIONS * 5)) });
  };
  const beside = async () => {
    let enough = false;
    const imports = (async () => {
      while (!enough) await importFile(file);
    })();
    const { p99 } = await load();

    enough = true;
    await imports;
    return p99;
  };
  const results = await rounds(ROUNDS, {
    alone: async () => (await load()).p99, beside });

  figure({ name: 'p99 beside an import', unit: 'ms', peer_name: 'without',
    ours: results.beside, peer: results.alone });
}

const ws = makeWorkspace('import');

makeCampaigns(ws.id, 60, () => 1);
makeDraft(ws.id);
holdDialler();
process.on('exit', emptyContacts);
await measureMemory(FEW, 32);
const file = await measureRate();

await measureTail(ws, file);
if (process.env.OUTDIAL_LONG) await measureMemory(MANY, 96);
