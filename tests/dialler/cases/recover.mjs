// Nodes that lose sight of the carrier, of MariaDB or of each other: calls that
// are up go on, with whoever can look after them.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { act, balanced, completes, end, endAll, isBack, judge, logOf, makeCampaign, makeWorld, pause, pidOf, placed,
  simSocket, sql, startDialler, startSim, until } from '../bed.mjs';

const CALLS = 20;
const TALK_MS = 40_000;
const room = path.dirname(simSocket);
const events = path.join(process.env.OUTDIAL_RUN, 'events.log');
const doors = [];

// A node's own way to the carrier, which can be shut: the carrier's address is
// relative, and each node begins elsewhere.
class Door {
  constructor(name) {
    this.dir = path.join(room, name);
    this.links = new Set();
    mkdirSync(this.dir);
    doors.push(this);
  }

  open() {
    this.server = net.createServer(node => {
      const sim = net.connect(simSocket);
      node.once('data', text => { this.hello = text.toString().split('\n')[0].split('\t'); });
      for (const [from, to] of [[node, sim], [sim, node]]) {
        this.links.add(from);
        from.pipe(to);
        from.on('error', () => {});
        from.on('close', () => { this.links.delete(from); to.destroy(); });
      }
    });
    return new Promise(done => this.server.listen(path.join(this.dir, 'carrier.sock'), done));
  }

  shut() {
    this.server?.close();
    for (const link of this.links) link.destroy();
  }
}

async function node(name, { sees = true } = {}) {
  const door = new Door(name);
  if (sees) await door.open();
  return Object.assign(await startDialler(name, door.dir), { door });
}

before(async () => {
  makeWorld();
  sql("UPDATE carrier SET address='carrier.sock'");
  await startSim({ speed: 1, answer: 100, voicemail: 0, no_bot: 0, busy: 0, no_answer: 0, rejected: 0, unreachable: 0,
    invalid: 0, congestion: 0, ring_min_ms: 100, ring_max_ms: 200, talk_min_ms: TALK_MS, talk_mean_ms: TALK_MS,
    talk_max_ms: TALK_MS, events_log: events });
});
after(async () => {
  for (const door of doors) door.shut();
  await endAll();
});

const slotOf = name => sql(`SELECT slot FROM node WHERE name LIKE '${name} %'`);
const heldBy = name => Number(sql(`SELECT COUNT(*) FROM live_call l JOIN node n USING (boot)
  WHERE n.name LIKE '${name} %'`));
const up = n => until(`${n} calls are answered`, () => sql('SELECT COUNT(*) FROM live_call WHERE state=3') === String(n));

// Every call that was up ended as it should: nobody hung up, nothing is lost.
// Orders that a slow machine delivers too late are refused, and come again.
function unharmed(run) {
  assert.equal(sql(`SELECT outcome, COUNT(*) FROM attempt WHERE run_id=${run} AND outcome<>12 GROUP BY outcome`),
    `1\t${CALLS}`);
  assert.doesNotMatch(readFileSync(events, 'utf8'), /\thangup/);
}

let blind, sees;

test('a node that cannot reach the carrier takes no calls over', async () => {
  const victim = await node('victim');
  blind = await node('blind', { sees: false });
  const { id, phones } = makeCampaign(CALLS);
  act('start', id);
  await up(CALLS);
  assert.equal(heldBy('victim'), CALLS);
  await end(victim, 'SIGKILL');
  await until('it is declared dead', () => / is dead/.test(logOf(blind)));
  await pause(2500); // two beats of the node that is left
  assert.equal(heldBy('blind'), 0);
  sees = await node('sees');
  await until('a node that sees them takes them over', () => heldBy('sees') === CALLS);
  await completes(id);
  judge(phones);
  unharmed(1);
  balanced('at the end');
});

test('a node that loses the carrier leaves its calls to who reaches it', async () => {
  const { id } = makeCampaign(CALLS);
  act('start', id);
  await up(CALLS);
  assert.equal(heldBy('sees'), CALLS);
  sees.door.shut();
  await pause(3000); // the carrier may be restarting
  assert.equal(heldBy('sees'), CALLS, 'with nobody else there, it keeps them');
  await blind.door.open();
  await until('the other has them', () => heldBy('blind') === CALLS);
  await sees.door.open(); // what it let go of is not its own any more
  await completes(id);
  unharmed(2);
  balanced('at the end');
  assert.match(logOf(sees), /20 calls are left to nodes/);
});

// Says to the carrier what a node would say.
async function order(site, id, number) {
  const link = net.connect(simSocket);
  link.write(`HELLO\tlost\t${site}\t3\nPLACE\t${id}\t${number}\t49\tbot\t30000\t7200000\t${'9'.repeat(18)}\t1\t\n`);
  await until('the carrier has placed it', () => placed().some(c => c.id === id));
  link.destroy();
}

test('a call without a row is hung up, another installation’s is not', async () => {
  const orphan = '7fffffff-0001-8001-8000-000000000001', theirs = '7fffffff-0001-8001-8000-000000000002';
  await order(sees.door.hello[2], orphan, '4930001');
  await order('elsewhere', theirs, '4930002');
  const late = await node('late');
  await until('it is hung up', () => readFileSync(events, 'utf8').includes(`${orphan}\t4930001\thangup`));
  await end(late);
  assert.ok(!readFileSync(events, 'utf8').includes(`${theirs}\t4930002\thangup`));
});

// Whoever renews first after an outage sees everybody else's lease run out: with a new connection, or in answer to
// what it asked when the outage began, if that is over before it gives up (10 s).
for (const outage of [12_000, 9_700]) test(`after ${outage} ms without MariaDB everybody renews before anybody is declared dead`, async () => {
  await until('both have renewed', () => sql('SELECT COUNT(*) FROM node WHERE lease_until > NOW(6)') === '2');
  const slots = [slotOf('blind'), slotOf('sees')], had = [logOf(sees).length, logOf(blind).length];
  await until('the other is about to renew', () =>
    sql(`SELECT lease_until BETWEEN NOW(6) + INTERVAL 4 SECOND AND NOW(6) + INTERVAL 4.3 SECOND FROM node WHERE name LIKE 'blind %'`) === '1');
  process.kill(pidOf('MARIADB'), 'SIGSTOP');
  blind.child.kill('SIGSTOP');
  await pause(outage);
  process.kill(pidOf('MARIADB'), 'SIGCONT');
  await until('MariaDB is back', isBack);
  await until('one node has renewed', () => sql(`SELECT lease_until > NOW(6) FROM node WHERE name LIKE 'sees %'`) === '1');
  await pause(2500); // two beats, in which the other's lease is over for long
  blind.child.kill('SIGCONT');
  await until('both have renewed', () => sql('SELECT COUNT(*) FROM node WHERE lease_until > NOW(6)') === '2');
  assert.deepEqual([slotOf('blind'), slotOf('sees')], slots);
  assert.doesNotMatch(logOf(sees).slice(had[0]), / is dead/);
  assert.doesNotMatch(logOf(blind).slice(had[1]), /starts over/);
});
