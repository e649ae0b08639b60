// Pacing: how busy seats are, and how many callers are lost, on simulated days
// (tests/bench/pacing/sim.h), against an oracle and other rules.  No stack.
// Days with seeds 1 to 5 are for tuning; these are others.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';

import { chart } from './pacing/chart.mjs';

const run = promisify(execFile);
const { OUTDIAL_BUILD: build, OUTDIAL_BENCH_SVG: svg } = process.env;
const SEATS = [50, 10, 500];
const FIRST_SEED = 11;
const DAYS = { 10: 10, 50: 10, 500: 3 };
const PROCESSES = 2;
const OURS = 'Outdial', ORACLE = 'oracle', FIXED = 'Outdial, caution';

// The peers run where the answer rate jumps.
const CELLS = SEATS.flatMap((seats) => [...'ABCW'].map((trace) =>
  ({ seats, trace, all: 'AB'.includes(trace) })));

async function measure({ seats, trace, all }) {
  const { stdout } = await run(`${build}/tests/bench/pacing/pacing`,
    [seats, trace, FIRST_SEED, FIRST_SEED + DAYS[seats] - 1,
      ...all ? ['all'] : []].map(String));

  return stdout.trim().split('\n').map((line) => JSON.parse(line));
}

// The results of all cells in their order, by so many processes at a time.
async function measureAll() {
  const results = [], left = [...CELLS.keys()];

  await Promise.all(Array.from({ length: PROCESSES }, async () => {
    for (let i; (i = left.shift()) !== undefined;)
      results[i] = await measure(CELLS[i]);
  }));
  return results;
}

// How busy our seats are where so many percent are lost, whatever the hour:
// between the cautions on both sides, of which one call for one seat, the first
// of the peers, is the end.
function busyAt(rows, lost) {
  const points = rows.filter(({ rule }) => rule === FIXED)
    .concat(rows.find(({ rule }) => rule === 'one for one'))
    .map(({ abandoned, busy }) => [abandoned, busy])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const above = points.findIndex(([x]) => x > lost);

  if (above < 0)
    return points.at(-1)[1];
  const [[x0, y0], [x1, y1]] = [points[above - 1], points[above]];

  return y0 + (y1 - y0) * (lost - x0) / (x1 - x0);
}

const line = (name, ours, peer, peerName, unit) =>
  console.log(JSON.stringify({ name, ours, peer, peer_name: peerName,
    ratio: peer ? Number((ours / peer).toPrecision(3)) : null, unit }));

function tell(rows) {
  const { trace, seats } = rows[0];
  const ours = rows.find(({ rule }) => rule === OURS);
  const oracle = rows.find(({ rule }) => rule === ORACLE);
  const where = `${trace}, ${seats} seats`;

  console.error(`# ${where}: busy, abandoned of the day, worst hour (mean, of all),`
    + ' hours above 3 %');
  for (const r of rows.filter(({ rule }) => rule !== FIXED))
    console.error(`#   ${r.rule.padEnd(36)} ${r.busy.toFixed(3)}`
      + ` ${r.abandoned.toFixed(2).padStart(6)} ${r.worst.toFixed(1).padStart(5)}`
      + ` ${r.worst_of_all.toFixed(1).padStart(5)} ${r.above} of ${r.hours}`);
  line(`${where}: busy`, ours.busy, oracle.busy, ORACLE, 'of seat time');
  line(`${where}: hours above 3%`, ours.above, oracle.above, ORACLE,
    `of ${ours.hours} hours`);
  for (const peer of rows.filter(({ rule }) =>
    ![OURS, ORACLE, FIXED].includes(rule)))
    line(`${where}: busy at ${peer.abandoned.toFixed(2)}%`,
      Number(busyAt(rows, peer.abandoned).toFixed(4)), peer.busy, peer.rule,
      'of seat time');
}

const results = await measureAll();

results.forEach(tell);
if (svg)
  fs.writeFileSync(svg, chart(results[0]));
