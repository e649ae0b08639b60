// What dies while calls are up: no attempt gets a second INVITE, no channel is
// left, and the books balance.  ROUNDS says how often each is tried.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import * as bed from '../../dialler/bed.mjs';
import { Ami } from '../ami.mjs';
import * as pbx from '../pbx.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 1);
const CALLS = 50;
const site = {
  manager: '\n[outdial](+)\nsecret = open-sesame\n',
};
const links = new Set();
let asterisk, door, numbers = 0;

// The dialler's way to the PBX, which can be shut.
function open() {
  door = net.createServer(dialler => {
    const ami = net.connect(5038, '127.0.0.1');
    for (const [from, to] of [[dialler, ami], [ami, dialler]]) {
      links.add(from);
      from.pipe(to);
      from.on('error', () => {});
      from.on('close', () => { links.delete(from); to.destroy(); });
    }
  });
  return new Promise(done => door.listen(5039, '127.0.0.1', done));
}

function shut() {
  const closed = new Promise(done => door.close(done));
  for (const link of links) link.destroy();
  return closed;
}

const count = text => Number(bed.sql(text));
const talking = () => count('SELECT COUNT(*) FROM live_call WHERE state = 3');
const outcomesOf = run => bed.sql(`SELECT outcome, COUNT(*) FROM attempt WHERE run_id=${run} GROUP BY outcome`);
const lastRun = () => count('SELECT MAX(id) FROM run');

async function withPbx(what) {
  const ami = await Ami.login('spy');
  try {
    return await what(ami);
  } finally {
    await ami.close();
  }
}
const hangUpAll = () => withPbx(ami => ami.ask('Hangup', { Channel: '/^PJSIP\\/trunk-.*$/', Cause: 16 }));

// So many people who talk to their bots until somebody hangs up.
async function converse() {
  const phones = Array.from({ length: CALLS }, () => `4475${String(numbers++).padStart(5, '0')}201`);
  const { id } = bed.makeCampaign(phones, { concurrency: CALLS, ring_timeout: 15, max_attempts: 1 });
  bed.act('start', id);
  await bed.until(`${CALLS} talk`, () => talking() === CALLS);
  return { id, phones, run: lastRun() };
}

// One INVITE each, nothing is up, and all is in the books.
async function settled({ phones, run }) {
  await bed.until('no call is up', () => count('SELECT COUNT(*) FROM live_call') === 0, 60);
  await withPbx(pbx.nothingIsUp);
  const called = pbx.invites().map(i => i.called);
  for (const phone of phones) assert.equal(called.filter(number => number === phone).length, 1, phone);
  assert.equal(count(`SELECT COUNT(*) FROM attempt WHERE run_id=${run}`), CALLS);
  bed.outdial(['check']);
}

before(async () => {
  [asterisk] = await Promise.all([pbx.startAsterisk(site), pbx.startPhones(), pbx.startBots(), open()]);
  bed.makeWorld({ cps: 100, channels: 200, secret: 'open-sesame\n', bot: 'sip:bot219@127.0.0.1:5080',
    carrier: ['Trunk', '127.0.0.1:5039', '--kind', 'ami', '--user', 'outdial', '--secret', '-', '--dial', 'PJSIP/{number}@trunk'] });
});
after(async () => {
  await bed.endAll();
  await shut();
  await pbx.endAll();
});

let dialler;

for (let round = 1; round <= ROUNDS; round++) {
  test(`kill -9 of the dialler: its calls go on, and the next one has them (${round})`, async () => {
    dialler ??= await bed.startDialler('one');
    await bed.served();
    const they = await converse();
    await bed.end(dialler, 'SIGKILL');
    dialler = await bed.startDialler('one');
    await bed.served();
    await bed.until('it has them', () => bed.sql('SELECT COUNT(DISTINCT n.boot) FROM live_call l JOIN node n USING (boot)') === '1');
    assert.equal(talking(), CALLS);
    await hangUpAll();
    await settled(they);
    assert.equal(outcomesOf(they.run), `1\t${CALLS}`);
  });

  test(`the manager interface is cut for 10 s, in which calls end: their outcomes are known (${round})`, async () => {
    const they = await converse();
    await shut();
    await hangUpAll();
    await bed.pause(10_000);
    assert.equal(count('SELECT COUNT(*) FROM live_call'), CALLS, 'nothing is guessed');
    await open();
    await settled(they);
    assert.equal(outcomesOf(they.run), `1\t${CALLS}`);
  });

  test(`Asterisk is killed: what was up is over, and nobody is called again (${round})`, async () => {
    const they = await converse();
    await pbx.end(asterisk, 'SIGKILL');
    asterisk = await pbx.startAsterisk(site);
    await settled(they);
    assert.match(outcomesOf(they.run), /^(1|11)\t/);
  });

  test(`two nodes, and one is killed: the other has its calls (${round})`, async () => {
    const other = await bed.startDialler('two');
    await bed.served(2);
    const they = await converse();
    await bed.end(dialler, 'SIGKILL');
    dialler = null;
    await bed.until('the other has them', () => bed.sql(`SELECT COUNT(DISTINCT l.boot), MAX(n.name) LIKE 'two%' FROM live_call l
      LEFT JOIN node n USING (boot)`) === '1\t1', 60);
    assert.equal(talking(), CALLS);
    await hangUpAll();
    await settled(they);
    assert.equal(outcomesOf(they.run), `1\t${CALLS}`);
    await bed.end(other);
  });
}
