// An answered call and its bot, which has a SIP address or is an extension.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ami } from '../ami.mjs';
import * as pbx from '../pbx.mjs';

let ami;

// [outdial-bots] as a site might have it
const extensions = `
[outdial-bots]
exten => talk,1,Answer(0)
 same => n,Wait(0.4)
 same => n,Hangup()
exten => listen,1,Answer(0)
 same => n,Wait(30)
exten => sip,1,Dial(${pbx.bot('205')},5)
exten => busy,1,Busy(1)
exten => congestion,1,Congestion(1)
exten => rings,1,Ringing()
 same => n,Wait(30)
exten => refuses,1,Hangup(21)
exten => tells,1,Answer(0)
 same => n,UserEvent(Told,call: \${X_CALL_ID},vars: \${X_VARS})
 same => n,Hangup()
`;
const local = extension => `Local/${extension}@outdial-bots/n`;

before(async () => {
  await pbx.startAll({ extensions, pjsip: '\n[tcp]\ntype = transport\nprotocol = tcp\nbind = 127.0.0.1:5060\n' });
  ami = await Ami.login();
});
after(pbx.endAll);

// The events that say "joined": those of the bridge that our channel entered.
function isInOneBridge(call) {
  const enters = ami.events.filter(e => e.get('Event') === 'BridgeEnter' && e.get('Linkedid') === call.id);
  const bridge = enters.find(e => e.get('Uniqueid') === call.id)?.get('BridgeUniqueid');
  const both = enters.filter(e => e.get('BridgeUniqueid') === bridge);

  assert.deepEqual(both.map(e => e.get('BridgeNumChannels')), ['1', '2']);
  // the bot's leg comes first
  assert.deepEqual(both.map(e => e.get('Uniqueid') === call.id), [false, true]);
}

const dialEnd = call => ami.events.find(e => e.get('Event') === 'DialEnd' && e.get('Uniqueid') === call.id)?.get('DialStatus');
const whoHungUp = call => ami.events.filter(e => e.get('Event') === 'HangupRequest' && e.get('Linkedid') === call.id)
  .map(e => (e.get('Uniqueid') === call.id ? 'callee' : 'bot'));

const ENDS = [
  ['a SIP bot ends', '201', pbx.bot('205'), 'botend', 'bot'],
  ['the callee ends, with a SIP bot', '209', pbx.bot('219'), 'answered', 'callee'],
  ['an extension ends', '201', local('talk'), 'botend', 'bot'],
  ['the callee ends, with an extension', '209', local('listen'), 'answered', 'callee'],
  ['a bot that an extension dials ends', '201', local('sip'), 'botend', 'bot'],
];
for (const [what, callee, bot, step, who] of ENDS) {
  test(`${what}: joined, and who hung up`, async () => {
    const call = await pbx.place(ami, pbx.number(callee), { bot });
    const end = await pbx.ended(ami, call);
    isInOneBridge(call);
    assert.equal(dialEnd(call), 'ANSWER');
    assert.deepEqual([end.cause, end.step, end.tech, end.response, end.reason], [16, step, 'SIP 200 OK', 'Success', 4]);
    assert.equal(whoHungUp(call)[0], who);
    assert.equal(pbx.has(ami, call, 'UserEvent'), false);
  });
}

test('a SIP bot is reached by the transport that its address names', async () => {
  await pbx.startSipp('tcp', 5091, 'tcp');
  const call = await pbx.place(ami, pbx.number('201'), { bot: 'PJSIP/outdial-bot/sip:bot205@127.0.0.1:5091;transport=tcp' });
  assert.equal((await pbx.ended(ami, call)).step, 'botend');
  assert.equal(pbx.invites('tcp').length, 1);
});

test('we end: nobody asked for it', async () => {
  const call = await pbx.place(ami, pbx.number('201'), { bot: pbx.bot('201') });
  await pbx.joined(ami, call);
  await ami.ask('Hangup', { Channel: call.id, Cause: 16 });
  const end = await pbx.ended(ami, call);
  assert.deepEqual([end.cause, end.step, whoHungUp(call)], [16, 'answered', []]);
});

// bot, DIALSTATUS, DialEnd of its leg
const FAILS = [
  ['busy', pbx.bot('486'), 'BUSY', 'BUSY'],
  ['rejects', pbx.bot('603'), 'CHANUNAVAIL', 'NOANSWER'],
  ['is overloaded', pbx.bot('503'), 'CONGESTION', 'CONGESTION'],
  ['says nothing', pbx.bot('000'), 'NOANSWER', 'NOANSWER'],
  ['rings for ever', pbx.bot('180'), 'NOANSWER', 'NOANSWER'],
  ['answers too late', pbx.bot('216'), 'NOANSWER', 'NOANSWER'],
  ['is not there', 'PJSIP/outdial-bot/sip:bot@127.0.0.1:9', 'NOANSWER', 'NOANSWER'],
  ['has no endpoint', 'PJSIP/nobody/sip:bot@127.0.0.1:5080', 'CHANUNAVAIL', undefined],
  ['has no extension', local('nothing'), 'CHANUNAVAIL', undefined],
  ['is a busy extension', local('busy'), 'BUSY', 'BUSY'],
  ['is an extension without a line', local('congestion'), 'CONGESTION', 'CONGESTION'],
  ['is an extension that rings', local('rings'), 'NOANSWER', 'NOANSWER'],
];
for (const sorry of ['', 'vm-goodbye', 'no-such-file']) {
  test(`a bot that fails: abandoned, ${sorry ? `with the message ${sorry}` : 'without a message'}`, async () => {
    const calls = await Promise.all(FAILS.map(([, bot]) => pbx.place(ami, pbx.number('201'), { bot, sorry, botRing: 0.6 })));
    const step = { '': 'abandoned', 'vm-goodbye': 'abandoned-SUCCESS', 'no-such-file': 'abandoned-FAILED' }[sorry];
    for (const [i, [what, , status, leg]] of FAILS.entries()) {
      const told = await pbx.userEvent(ami, calls[i], 'OutAbandon');
      const end = await pbx.ended(ami, calls[i]);
      assert.deepEqual([told.get('status'), dialEnd(calls[i]), end.cause, end.step, end.tech],
        [status, leg, 41, step, 'SIP 200 OK'], what);
    }
  });
}

test('a bot that rejects an extension’s call: abandoned', async () => {
  const call = await pbx.place(ami, pbx.number('201'), { bot: local('refuses') });
  assert.equal((await pbx.ended(ami, call)).step, 'abandoned');
});

test('the time that a bot may ring is a fraction of a second', async () => {
  const call = await pbx.place(ami, pbx.number('201'), { bot: pbx.bot('180'), botRing: 0.7 });
  const up = await pbx.event(ami, call, 'Newstate', e => e.get('ChannelStateDesc') === 'Up');
  const told = await pbx.userEvent(ami, call, 'OutAbandon');
  const took = told.get('Timestamp') - up.get('Timestamp');
  // an old Dial has whole seconds
  const least = pbx.isOld ? 1 : 0.7;
  assert.ok(took >= least - 0.01 && took < least + 0.3, `${took} s`);
  await pbx.ended(ami, call);
});

test('a bot that has no time left is not called', async () => {
  for (const botRing of ['0', '-0.2', '']) {
    const call = await pbx.place(ami, pbx.number('201'), { bot: pbx.bot('201'), botRing });
    const end = await pbx.ended(ami, call);
    assert.deepEqual([end.cause, end.step, pbx.invites('bots').some(i => call.id.endsWith(i.id))], [41, 'abandoned', false], `“${botRing}”`);
  }
});

test('a callee who leaves while the bot rings leaves no bot behind', async () => {
  const call = await pbx.place(ami, pbx.number('205'), { bot: pbx.bot('180') });
  const end = await pbx.ended(ami, call);
  // 16 only if the BYE gave a reason
  assert.deepEqual([[0, 16].includes(end.cause), end.step, dialEnd(call), whoHungUp(call)], [true, 'answered', 'CANCEL', ['callee']]);
  await pbx.nothingIsUp(ami);
});

test('a bot whose process dies keeps nobody for longer than we say', async () => {
  const bots = await pbx.startSipp('dying', 5090);
  const call = await pbx.place(ami, pbx.number('201'), { bot: 'PJSIP/outdial-bot/sip:bot201@127.0.0.1:5090' });
  await pbx.joined(ami, call);
  await pbx.end(bots, 'SIGKILL');
  await ami.ask('Hangup', { Channel: call.id, Cause: 16 });
  assert.equal((await pbx.ended(ami, call)).step, 'answered');
  await pbx.nothingIsUp(ami);
});

test('a callee who puts the bot on hold is still joined', async () => {
  const call = await pbx.place(ami, pbx.number('202'), { bot: pbx.bot('201') });
  const end = await pbx.ended(ami, call);
  assert.deepEqual([end.cause, end.step, whoHungUp(call)], [16, 'answered', ['callee']]);
  assert.ok(pbx.has(ami, call, 'Hold'));
});

test('an extension has the id and the variables of the call', async () => {
  const vars = '{"name":"Ann \\"O’Neil\\", Jr"}';
  const call = await pbx.place(ami, pbx.number('201'), { bot: local('tells'), vars });
  // events of the bot's leg bear our id as Linkedid
  const told = await ami.until('what the extension tells', e => e.get('UserEvent') === 'Told' && e.get('Linkedid') === call.id);
  assert.equal(told.get('call'), call.id);
  await pbx.ended(ami, call);
});

test('early media is not an answer', async () => {
  const call = await pbx.place(ami, pbx.number('183'), { bot: pbx.bot('205') });
  assert.equal((await pbx.ended(ami, call)).step, 'botend');
  const progress = ami.events.findIndex(e => e.get('Event') === 'DialState' && e.get('DestUniqueid') === call.id && e.get('DialStatus') === 'PROGRESS');
  const up = ami.events.findIndex(e => e.get('Event') === 'Newstate' && e.get('Uniqueid') === call.id && e.get('ChannelStateDesc') === 'Up');
  assert.ok(progress >= 0 && progress < up);
});

test('an answer at the very end of the ring time is one or the other', async () => {
  // the phone answers after 300 ms
  const calls = [];
  for (let ms = 290; ms <= 330; ms += 2) calls.push(pbx.place(ami, pbx.number('201'), { ringMs: ms, bot: pbx.bot('205') }));
  for (const call of await Promise.all(calls)) {
    const end = await pbx.ended(ami, call);
    assert.ok(end.response === 'Success' ? end.step === 'botend' : end.reason === 3 && end.step === '', JSON.stringify([end.response, end.reason, end.step]));
  }
  await pbx.nothingIsUp(ami);
});

test('answering machine detection runs before the bot, only if asked', async () => {
  const call = await pbx.place(ami, pbx.number('201'), { amd: '1500,1200,400,800', bot: pbx.bot('205') });
  const told = await pbx.userEvent(ami, call, 'OutAmd');
  // no sound at all
  assert.deepEqual([told.get('status'), told.get('why').slice(0, 8)], ['NOTSURE', 'TOOLONG-']);
  assert.equal((await pbx.ended(ami, call)).step, 'botend');
});
