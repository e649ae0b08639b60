// What is known of calls when the manager interface was cut, or Asterisk died.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ami } from '../ami.mjs';
import * as pbx from '../pbx.mjs';

let asterisk;
let ami;

before(async () => {
  asterisk = await pbx.startAsterisk();
  await Promise.all([pbx.startPhones(), pbx.startBots()]);
  ami = await Ami.login();
});
after(pbx.endAll);

const started = async () => {
  const status = await ami.ask('CoreStatus');
  return `${status.get('CoreStartupDate')} ${status.get('CoreStartupTime')}`;
};

// The slots as hangup handlers have left them: by the call's id.
async function slots() {
  const rows = await ami.list('DBGetTree', 'DBGetTreeComplete', { Family: 'outdial' });
  return new Map(rows.map(row => {
    const [id, at, cause, tech, step, dial] = row.get('Val').split('|');
    return [id, { slot: row.get('Key').replace('/outdial/', ''), at: +at, cause: +cause, tech, step, dial }];
  }));
}

async function live() {
  const shown = await pbx.channels(ami);
  return new Map(shown.filter(c => c.get('Uniqueid').startsWith('od-od1-')).map(c => [c.get('Uniqueid'), c]));
}

// digits, its bot, what the slot says: cause, X_TECH, X_STEP, DIALSTATUS
const ENDED = [
  ['486', '201', 17, 'SIP 486 Code 486', '', ''],
  ['603', '201', 21, 'SIP 603 Code 603', '', ''],
  ['613', '201', 21, 'SIP 603 Network Blocked', '', ''],
  ['519', '201', 34, 'SIP 503 CPS limit exceeded', '', ''],
  ['209', '486', 41, 'SIP 200 OK', 'abandoned', 'BUSY'],
  ['209', '205', 16, 'SIP 200 OK', 'botend', 'ANSWER'],
];
const LIVE = [['180', '201', 'Ringing'], ['201', '201', 'Up'], ['201', '180', 'Up']];

test('after a second without a connection every call is alive or its end is known', async () => {
  const before = await started();
  const all = [...ENDED, ...LIVE];
  const calls = await Promise.all(Array.from({ length: 8 * all.length }, async (_, i) => {
    const [digits, bot] = all[i % all.length];
    return pbx.place(ami, pbx.number(digits), { bot: pbx.bot(bot), botRing: 4, ringMs: 6000 });
  }));
  await ami.close();
  await pbx.pause(1500);
  ami = await Ami.login();
  assert.equal(await started(), before);
  const [known, up] = [await slots(), await live()];
  for (const [i, call] of calls.entries()) {
    const [digits, , ...row] = all[i % all.length];
    const slot = known.get(call.id);
    if (i % all.length < ENDED.length) {
      assert.deepEqual([slot?.slot, slot?.cause, slot?.tech, slot?.step, slot?.dial], [call.slot, ...row], digits);
    } else {
      assert.deepEqual([slot, up.get(call.id)?.get('ChannelStateDesc')], [undefined, row[0]], digits);
    }
  }
  // their ends come on the new connection
  const rest = calls.filter(call => up.has(call.id));
  for (const call of rest) await ami.ask('Hangup', { Channel: call.id, Cause: 16 });
  for (const call of rest) await pbx.event(ami, call, 'Hangup');
});

test('what was written and not acknowledged may have been dialled', async () => {
  const placed = Array.from({ length: 3 }, () => pbx.number('180'));
  for (const to of placed) pbx.place(ami, to, { ringMs: 1500 }).catch(() => {});
  await pbx.pause(20);
  await ami.close();
  await pbx.until('all three are dialled', () => placed.every(to => pbx.invites().some(i => i.called === to)));
  ami = await Ami.login();
  await pbx.nothingIsUp(ami);
});

test('joined, ringing and waiting calls can be told apart in the list', async () => {
  const [joined, ringing, waiting] = await Promise.all([
    pbx.place(ami, pbx.number('201')), pbx.place(ami, pbx.number('180')),
    pbx.place(ami, pbx.number('201'), { seat: '', wait: 3 })]);
  await Promise.all([pbx.joined(ami, joined), pbx.userEvent(ami, waiting, 'OutWait')]);
  const up = await live();
  const shown = call => ['ChannelStateDesc', 'Application'].map(name => up.get(call.id).get(name))
    .concat(up.get(call.id).variable('X_STEP'), up.get(call.id).get('BridgeId') !== '');
  assert.deepEqual(shown(joined), ['Up', 'Dial', 'answered', true]);
  assert.deepEqual(shown(ringing), ['Ringing', 'AppDial2', '', false]);
  assert.deepEqual(shown(waiting), ['Up', 'Wait', 'waiting', false]);
  for (const call of [joined, ringing, waiting]) await ami.ask('Hangup', { Channel: call.id, Cause: 16 });
  await pbx.nothingIsUp(ami);
});

test('Asterisk is stopped: live calls have their slots, and it says when it began', async () => {
  const before = await started();
  const calls = await Promise.all(Array.from({ length: 5 }, () => pbx.place(ami, pbx.number('201'))));
  for (const call of calls) await pbx.joined(ami, call);
  // its start time has whole seconds
  await pbx.pause(1000);
  await Promise.all([ami.closed, pbx.end(asterisk)]);
  assert.ok(ami.events.some(e => e.get('Event') === 'Shutdown'));
  // who is there before it is ready is told when it is
  [asterisk, ami] = await Promise.all([pbx.startAsterisk(), pbx.until('it listens', () => Ami.login().catch(() => null))]);
  await ami.until('it is ready', e => e.get('Event') === 'FullyBooted');
  assert.notEqual(await started(), before);
  const known = await slots();
  // whichever channel it hangs up first
  for (const call of calls) assert.match(known.get(call.id)?.step ?? 'no slot', /^(answered|botend)$/);
  assert.equal((await live()).size, 0);
});

test('Asterisk is killed: the slots of the last second prove nothing', async () => {
  const place = () => Promise.all(Array.from({ length: 5 }, () => pbx.place(ami, pbx.number('479'))));
  const old = await place();
  for (const call of old) await pbx.ended(ami, call);
  await pbx.pause(2500);
  const fresh = await place();
  for (const call of fresh) await pbx.ended(ami, call);
  await Promise.all([ami.closed, pbx.end(asterisk, 'SIGKILL')]);
  asterisk = await pbx.startAsterisk();
  ami = await Ami.login();
  const known = await slots();
  for (const call of old) assert.equal(known.get(call.id)?.tech, 'SIP 480 Temporarily Unavailable');
  const lost = fresh.filter(call => !known.has(call.id)).length;
  console.log(`# ${lost} of ${fresh.length} that had just ended are not known`);
});
