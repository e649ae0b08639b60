// An answered call that waits for a seat, and the Redirect that brings it to its
// bot: at every moment it is safe.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ami } from '../ami.mjs';
import * as pbx from '../pbx.mjs';

let ami;

before(async () => {
  await pbx.startAll();
  ami = await Ami.login();
});
after(pbx.endAll);

const redirect = call => ami.ask('Redirect', { Channel: call.id, Context: 'outdial', Exten: 'join', Priority: 1 });
const setRing = (call, seconds) => ami.ask('Setvar', { Channel: call.id, Variable: 'X_BOT_RING', Value: seconds });
const isUp = e => e.get('ChannelStateDesc') === 'Up';
const told = (call, name) => ami.events.filter(e => e.get('UserEvent') === name && e.get('call') === call.id).length;
const hasJoined = call => ami.events.some(e => e.get('Event') === 'BridgeEnter' && e.get('Uniqueid') === call.id);
const botsOf = call => pbx.invites('bots').filter(i => call.id.endsWith(i.id)).length;

async function waits(callee, more) {
  const call = await pbx.place(ami, pbx.number(callee), { seat: '', wait: 5, bot: pbx.bot('205'), ...more });
  await pbx.userEvent(ami, call, 'OutWait');
  return call;
}

// It has ended, once, and left no channel.
async function ended(call) {
  const end = await pbx.ended(ami, call);
  await pbx.nothingIsUp(ami);
  assert.equal(ami.events.filter(e => e.get('Event') === 'Hangup' && e.get('Uniqueid') === call.id).length, 1);
  return end;
}

test('with a seat from the beginning it does not wait', async () => {
  const call = await pbx.place(ami, pbx.number('201'), { bot: pbx.bot('205') });
  assert.equal((await ended(call)).step, 'botend');
  assert.equal(told(call, 'OutWait'), 0);
});

test('it is redirected while it waits, and the bot’s time is what is left', async () => {
  const call = await waits('201', { botRing: 9 });
  assert.equal((await setRing(call, '1.2')).get('Response'), 'Success');
  assert.equal((await redirect(call)).get('Response'), 'Success');
  await pbx.joined(ami, call);
  assert.ok(ami.events.some(e => e.get('Event') === 'DialBegin' && e.get('Uniqueid') === call.id));
  const [shown] = (await pbx.channels(ami)).filter(c => c.get('Uniqueid') === call.id);
  assert.match(shown.get('ApplicationData'), pbx.isOld ? /,2,/ : /,1\.2,/);
  assert.deepEqual([(await ended(call)).step, told(call, 'OutAbandon'), botsOf(call)], ['botend', 0, 1]);
});

test('without a seat in its time it is abandoned', async () => {
  const call = await waits('201', { wait: 0.5, sorry: 'vm-goodbye' });
  const up = await pbx.event(ami, call, 'Newstate', isUp);
  const abandon = await pbx.userEvent(ami, call, 'OutAbandon');
  const took = abandon.get('Timestamp') - up.get('Timestamp');
  assert.ok(took >= 0.49 && took < 0.8, `${took} s`);
  const end = await ended(call);
  assert.deepEqual([end.cause, end.step, botsOf(call), abandon.get('status')], [41, 'abandoned-SUCCESS', 0, '']);
});

test('when the wait ends it is joined or abandoned, never both', async () => {
  const calls = await Promise.all(Array.from({ length: 60 }, async (_, i) => {
    const call = await pbx.place(ami, pbx.number('201'), { seat: '', wait: 0.4, bot: pbx.bot('205'), sorry: 'vm-goodbye' });
    const wait = await pbx.userEvent(ami, call, 'OutWait');
    await pbx.pause(Math.max(0, wait.at + 385 + i / 2 - Date.now()));
    call.redirect = await redirect(call);
    return call;
  }));
  let joined = 0;
  for (const call of calls) {
    const end = await pbx.ended(ami, call);
    const got = [hasJoined(call), botsOf(call), told(call, 'OutAbandon'), end.step];
    if (hasJoined(call)) {
      assert.deepEqual(got, [true, 1, 0, 'botend']);
      joined++;
    } else {
      // abandoned before it said so: the Hangup says it
      assert.deepEqual([got[1], got[2] <= 1, got[3]], [0, true, 'abandoned-SUCCESS'], got.join());
    }
  }
  console.log(`# ${joined} of ${calls.length} were joined`);
  await pbx.nothingIsUp(ami);
});

test('when it is too late the message is played from its beginning', async () => {
  const call = await waits('201', { wait: 0.2, sorry: 'vm-goodbye' });
  const abandon = await pbx.userEvent(ami, call, 'OutAbandon');
  await pbx.pause(150);
  await redirect(call);
  const end = await ended(call);
  assert.deepEqual([end.cause, end.step, told(call, 'OutAbandon'), botsOf(call)], [41, 'abandoned-SUCCESS', 1, 0]);
  const alone = await waits('201', { wait: 0.2, sorry: 'vm-goodbye' });
  const other = await pbx.userEvent(ami, alone, 'OutAbandon');
  const usual = (await ended(alone)).hangup.get('Timestamp') - other.get('Timestamp');
  const took = end.hangup.get('Timestamp') - abandon.get('Timestamp');
  assert.ok(took > usual + 0.1, `${took} s, and ${usual} s without a Redirect`);
});

test('the callee left in the meantime', async () => {
  const call = await waits('205');
  const end = await ended(call);
  // 16 only if the BYE gave a reason
  assert.deepEqual([[0, 16].includes(end.cause), end.step, pbx.has(ami, call, 'HangupRequest')], [true, 'waiting', true]);
  assert.match((await redirect(call)).get('Message'), /does not exist/);
  await pbx.nothingIsUp(ami);
});

test('the callee leaves at the instant of the Redirect', async () => {
  const calls = await Promise.all(Array.from({ length: 30 }, async (_, i) => {
    const call = await pbx.place(ami, pbx.number('205'), { seat: '', wait: 5, bot: pbx.bot('201') });
    const wait = await pbx.userEvent(ami, call, 'OutWait');
    await pbx.pause(Math.max(0, wait.at + 35 + i - Date.now()));
    await redirect(call);
    return call;
  }));
  for (const call of calls) assert.match((await pbx.ended(ami, call)).step, /^(waiting|answered)$/);
  await pbx.nothingIsUp(ami);
});

test('two at once are one', async () => {
  const call = await waits('201');
  const said = await Promise.all([redirect(call), redirect(call)]);
  assert.equal(said[0].get('Response'), 'Success');
  assert.deepEqual([(await ended(call)).step, told(call, 'OutAbandon')], ['botend', 0]);
  assert.ok(botsOf(call) >= 1);
});

test('a second one while the bot rings has it ring again', async () => {
  const call = await waits('201', { bot: pbx.bot('200') });
  await redirect(call);
  await pbx.until('the bot rings', () => botsOf(call) === 1);
  await redirect(call);
  assert.deepEqual([(await ended(call)).step, told(call, 'OutAbandon'), botsOf(call)], ['botend', 0, 2]);
});

test('a second one in the conversation ends it, with no other bot', async () => {
  const call = await waits('201', { bot: pbx.bot('201') });
  await redirect(call);
  await pbx.joined(ami, call);
  await redirect(call);
  const end = await ended(call);
  assert.deepEqual([end.cause, end.step, told(call, 'OutAbandon'), botsOf(call)], [41, 'answered', 0, 1]);
});

test('before it waits, a Redirect ends it: no bot, no other channel', async () => {
  const rings = await pbx.place(ami, pbx.number('201'), { seat: '' });
  await pbx.event(ami, rings, 'Newstate', e => e.get('ChannelStateDesc') === 'Ringing');
  await redirect(rings);
  const end = await ended(rings);
  assert.deepEqual([end.cause, end.response, botsOf(rings)], [41, 'Failure', 0]);

  // it has just answered, and is or is not in the dialplan
  const calls = await Promise.all(Array.from({ length: 20 }, async () => {
    const call = await pbx.place(ami, pbx.number('201'), { seat: '', wait: 1, bot: pbx.bot('205') });
    await pbx.event(ami, call, 'Newstate', isUp);
    await redirect(call);
    return call;
  }));
  for (const call of calls) {
    const { step } = await pbx.ended(ami, call);
    assert.ok(['', 'answered', 'botend'].includes(step), step);
  }
  await pbx.nothingIsUp(ami);
});

test('a Redirect during the detection of a machine brings the bot at once', async () => {
  const call = await pbx.place(ami, pbx.number('201'), { seat: '', amd: '3000,1500,400,3000', bot: pbx.bot('205') });
  await pbx.until('it listens', async () => (await pbx.channels(ami)).some(c => c.get('Uniqueid') === call.id && c.get('Application') === 'AMD'));
  await redirect(call);
  assert.deepEqual([(await ended(call)).step, told(call, 'OutAmd'), told(call, 'OutWait'), botsOf(call)], ['botend', 0, 0, 1]);
});

test('nothing was complained of, but BYEs that crossed', () => {
  assert.equal(pbx.messages().replace(/.*Session already DISCONNECTED.*\n/g, ''), '');
});
