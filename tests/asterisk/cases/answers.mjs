// What is known of a call that was not answered: every SIP code, and silence.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ami } from '../ami.mjs';
import { CODES } from '../phones.mjs';
import * as pbx from '../pbx.mjs';

// digits, X_TECH, Q.850 cause, SIP code, reason of OriginateResponse, DialEnd
const REFUSED = [
  [479, 'SIP 480 Temporarily Unavailable', 19, 480, 0, 'NOANSWER'],
  [717, 'SIP 480 Temporarily Unavailable', 19, 480, 0, 'NOANSWER'],
  [718, 'SIP 500 Server Internal Error', 38, 500, 0, 'NOANSWER'],
  [503, 'SIP 503 Service Unavailable', 34, 503, 0, 'CONGESTION'],
  [519, 'SIP 503 CPS limit exceeded', 34, 503, 0, 'CONGESTION'],
  [184, 'SIP 486 Busy Here', 17, 486, 0, 'BUSY'],
  // 603+: the phrase is all that the manager interface has of it
  [613, 'SIP 603 Network Blocked', 21, 603, 0, 'NOANSWER'],
  [614, 'SIP 603 Network Blocked', 21, 603, 0, 'NOANSWER'],
  [615, 'SIP 603 Decline', 21, 603, 0, 'NOANSWER'],
  [616, 'SIP 603 Network Blocked', 21, 603, 0, 'NOANSWER'],
  [618, 'SIP 603 Network Blocked', 21, 603, 0, 'NOANSWER'],
  // phrases that would be headers and expressions, were they not filtered
  [620, 'SIP 603 Blocked call forged x y', 21, 603, 0, 'NOANSWER'],
  [621, 'SIP 603 Blocked CHANNEL  a c ', 21, 603, 0, 'NOANSWER'],
];
const CAUSES = { 400: 127, 402: 127, 403: 21, 404: 1, 405: 127, 406: 127, 408: 18, 410: 22, 415: 127, 420: 3, 480: 19,
  483: 19, 484: 28, 485: 1, 486: 17, 487: 127, 488: 58, 500: 38, 501: 29, 502: 27, 504: 102, 580: 34, 600: 17, 603: 21,
  604: 1, 606: 58, 607: 127, 608: 127 };
const DIAL_ENDS = { 420: 'CHANUNAVAIL', 486: 'BUSY', 580: 'CONGESTION', 600: 'BUSY' };
for (const code of CODES) {
  REFUSED.push([code, `SIP ${code} Code ${code}`, CAUSES[code], code, 0, DIAL_ENDS[code] ?? 'NOANSWER']);
}

// Nobody refused: Asterisk's own timer, which it reports as 480.  Only the last
// response tells what the far end did.
const UNANSWERED = [
  ['180', 'SIP 180 Ringing', 19, 480, 3, undefined],
  ['100', 'SIP 100 Trying', 19, 480, 3, undefined],
  ['000', '', 19, 480, 3, undefined],
];

let ami;
let silent;

before(async () => {
  await pbx.startAll();
  ami = await Ami.login();
  // SIP itself gives up after 32 s; the others go on in the meantime
  silent = await pbx.place(ami, pbx.number('000'), { ringMs: 36000 });
});
after(pbx.endAll);

async function isAsTold(call, [, tech, cause, sip, reason, dialEnd], seconds) {
  const end = await pbx.ended(ami, call, seconds);
  const dial = pbx.eventsOf(ami, call).find(e => e.get('Event') === 'DialEnd');

  assert.deepEqual([end.tech, end.reason], [tech, reason]);
  // which Asterisk 16 tells otherwise, or not at all
  if (!pbx.isOld) assert.deepEqual([end.cause, end.sip, dial?.get('DialStatus')], [cause, sip, dialEnd]);
  assert.equal(end.response, 'Failure');
  assert.equal(end.hangup.variable('X_CALL_ID'), call.id);
  assert.equal(pbx.has(ami, call, 'HangupRequest'), reason === 0);
  assert.equal(pbx.invites().filter(i => i.called === call.to).length, 1);
}

test('every refusal says its SIP code and phrase', async () => {
  const calls = await Promise.all(REFUSED.map(row => pbx.place(ami, pbx.number(row[0]))));
  for (const [i, row] of REFUSED.entries()) await isAsTold(calls[i], row);
});

test('480 to 40 calls at once ends each of them once', async () => {
  const calls = await Promise.all(Array.from({ length: 40 }, () => pbx.place(ami, pbx.number('479'))));
  for (const call of calls) await isAsTold(call, REFUSED[0]);
});

test('what rings out, only tries or says nothing differs by the last response', async () => {
  const calls = await Promise.all(UNANSWERED.map(row => pbx.place(ami, pbx.number(row[0]), { ringMs: 1500 })));
  for (const [i, row] of UNANSWERED.entries()) await isAsTold(calls[i], row);
});

test('a call that is hung up while it rings is no refusal', async () => {
  const call = await pbx.place(ami, pbx.number('180'));
  await pbx.event(ami, call, 'Newstate', e => e.get('ChannelStateDesc') === 'Ringing');
  await ami.ask('Hangup', { Channel: call.id, Cause: 16 });
  const end = await pbx.ended(ami, call);
  assert.deepEqual([end.cause, end.sip, end.tech, end.reason], [16, null, 'SIP 180 Ringing', 0]);
});

test('an unknown endpoint has no channel, an unknown extension no call', async () => {
  const nobody = await pbx.place(ami, pbx.number('201'), { headers: { Channel: 'PJSIP/15550000@nobody' } });
  const originate = await pbx.response(ami, nobody);
  assert.deepEqual([originate.get('Response'), originate.get('Reason')], ['Failure', '0']);
  assert.equal(pbx.has(ami, nobody, 'Newchannel'), false);

  const nowhere = await pbx.place(ami, pbx.number('201'), { headers: { Exten: 'nothing' } });
  assert.equal(nowhere.reply.get('Message'), 'Extension does not exist.');
  assert.equal(pbx.invites().filter(i => i.called === nowhere.to).length, 0);
});

test('the id of a live call is not dialled again', async () => {
  const call = await pbx.place(ami, pbx.number('201'));
  await pbx.joined(ami, call);
  const again = await pbx.place(ami, pbx.number('201'), { id: call.id });
  assert.equal(again.reply.get('Response'), 'Success');
  const originate = await ami.until('the second OriginateResponse', e =>
    e.get('Event') === 'OriginateResponse' && e.get('ActionID') === again.reply.get('ActionID'));
  // the Uniqueid is the live call's: only the ActionID tells
  assert.deepEqual([originate.get('Response'), originate.get('Uniqueid')], ['Failure', call.id]);
  assert.equal(pbx.invites().filter(i => i.called === again.to).length, 0);
  assert.equal((await pbx.channels(ami)).some(c => c.get('Uniqueid') === call.id), true);
  await ami.ask('Hangup', { Channel: call.id, Cause: 16 });
  const end = await pbx.ended(ami, call);
  assert.deepEqual([end.cause, end.step], [16, 'answered']);
});

test('the id of a call that has ended is dialled again', async () => {
  const call = await pbx.place(ami, pbx.number('479'));
  await pbx.ended(ami, call);
  const again = await pbx.place(ami, pbx.number('479'), { id: call.id });
  await pbx.until('a second INVITE', () => pbx.invites().some(i => i.called === again.to));
});

test('SIP gives up on a silent trunk after 32 s', async () => {
  await isAsTold(silent, ['000', '', 18, 408, 0, 'NOANSWER'], 40);
});

test('nothing is left, and nothing was complained of', async () => {
  await pbx.nothingIsUp(ami);
  assert.equal(pbx.messages().replace(/.*(endpoint 'nobody' was not found|already in use).*\n/g, ''), '');
});
