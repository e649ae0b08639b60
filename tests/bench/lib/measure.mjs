// measure.mjs - what benches share: load by wrk, CPU time of processes,
// alternated rounds, figures.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TICK_US = 10_000; // a clock tick of /proc, as on every Linux of today

export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;

  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

// Every process as { pid, parent, ticks }, ticks of CPU with those of its ended
// children.
function processes() {
  return fs.readdirSync('/proc').filter((n) => /^\d+$/.test(n)).map((pid) => {
    try {
      const rest = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '').split(' ');

      return { pid: Number(pid), parent: Number(rest[1]),
        ticks: rest.slice(11, 15).reduce((sum, t) => sum + Number(t), 0) };
    } catch {
      return null; // it ended meanwhile
    }
  }).filter(Boolean);
}

// The processes below one, as { pid, parent }.
export function descendants(pid, all = processes()) {
  const children = all.filter(({ parent }) => parent === pid);

  return [...children, ...children.flatMap((c) => descendants(c.pid, all))];
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

const ticksOf = (pid, all) => sum([...all.filter((p) => p.pid === pid),
  ...descendants(pid, all)].map(({ ticks }) => ticks));

// The CPU time that processes and their descendants have had, in us:
// { name: pid } -> { name: us }.
export function cpuOf(pids) {
  const all = processes();

  return Object.fromEntries(Object.entries(pids).map(([name, pid]) =>
    [name, ticksOf(pid, all) * TICK_US]));
}

// What was used since cpuOf() gave 'before', for each of 'count' things.
export function cpuSince(before, pids, count) {
  const now = cpuOf(pids);
  const parts = Object.fromEntries(Object.keys(pids).map((name) =>
    [name, (now[name] - before[name]) / count]));

  return { parts, cpu: sum(Object.values(parts)) };
}

// "nginx 28, mariadb 63": the medians of the rounds.
export const cpuWords = (results) => Object.keys(results[0].parts).map((name) =>
  `${name} ${median(results.map((r) => r.parts[name])).toFixed(0)}`).join(', ');

// Waits until processes rest: what a load before has left to them is not of the
// next one.
async function rest(pids) {
  for (let i = 0; i < 200; i++) {
    const before = cpuOf(pids);

    await new Promise((resolve) => setTimeout(resolve, 100));
    if (cpuSince(before, pids, 1).cpu <= 2 * TICK_US) return;
  }
}

/*
 * One second of load: { requests, perSecond, p99, cpu, parts }, where p99 is in
 * ms, cpu is us a request of the processes named, and parts that of each.  A
 * Lua script may make each request another one.
 */
export async function wrk(url, { headers = {}, script, pids = {}, seconds = 1,
  connections = 32 } = {}) {
  const args = ['-t1', '--latency', '--timeout', '20s',
    `-c${connections}`, `-d${seconds}s`];

  for (const [name, value] of Object.entries(headers))
    args.push('-H', `${name}: ${value}`);
  if (script) args.push('-s', script);
  await rest(pids);
  const before = cpuOf(pids);
  const { stdout } = await run('wrk', [...args, url]);
  const requests = Number(stdout.match(/(\d+) requests in/)[1]);

  if (/Non-2xx or 3xx responses|Socket errors/.test(stdout))
    throw new Error(`${url}: ${stdout}`);
  const [, p99, unit] = stdout.match(/99%\s+([\d.]+)(us|ms|s)/);

  const used = cpuSince(before, pids, requests);

  // what still waits in a server's queue is answered before this one
  await (await fetch(url, { headers })).arrayBuffer();
  return { requests, p99: p99 * { us: 1e-3, ms: 1, s: 1e3 }[unit],
    perSecond: Number(stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    ...used };
}

// rounds(5, { ours: f, peer: g }) runs them by turns, after one round that
// does not count; gives the results of each as a list.
export async function rounds(count, cases) {
  const results = Object.fromEntries(Object.keys(cases).map((n) => [n, []]));

  for (let round = 0; round <= count; round++)
    for (const [name, measure] of Object.entries(cases)) {
      const result = await measure();

      if (round > 0) results[name].push(result);
    }
  return results;
}

// Prints a figure.  The ratio is the median of the ratios of the rounds.
export function figure({ name, ours, peer, peer_name: peerName, unit }) {
  const ratios = ours.map((value, i) => value / peer[i]);

  console.log(JSON.stringify({ name, ours: median(ours), peer: median(peer),
    peer_name: peerName, ratio: Number(median(ratios).toPrecision(3)), unit }));
}

// The same against a number that must not be passed.
export function budget(name, unit, values, limit, peerName = 'budget') {
  figure({ name, unit, ours: values, peer: values.map(() => limit),
    peer_name: peerName });
}
