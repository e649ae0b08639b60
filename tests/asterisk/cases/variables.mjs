// Texts of strangers in an Originate: names, bots' addresses, variables of a
// contact.  They come through unchanged, and none is a command.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ami, quote } from '../ami.mjs';
import * as pbx from '../pbx.mjs';

let ami;

before(async () => {
  await pbx.startAll();
  ami = await Ami.login();
});
after(pbx.endAll);

const variable = async (call, name) => (await ami.ask('Getvar', { Channel: call.id, Variable: name })).get('Value');
const rows = () => ami.list('DBGetTree', 'DBGetTreeComplete', { Family: 'outdial' });
const ringing = call => pbx.event(ami, call, 'Newstate', e => e.get('ChannelStateDesc') === 'Ringing');

const HOSTILE = [
  ',', 'a,b=c', '"', '\\', '\\\\"', '"a","b"', '(a)[b]{c};|~&^', '$', '${EPOCH}', '$[1+1]', '${SHELL(id)}', '%0d%0a',
  'tab\there', 'Ünïcödé 你好', "O'Neil", ' led and trailed ', 'X=a,DB(outdial/evil)=1', '=', '',
];

test('what is quoted comes back unchanged and unevaluated', async () => {
  const more = Object.fromEntries(HOSTILE.map((value, i) => [`X_HOSTILE${i}`, value]));
  const call = await pbx.place(ami, pbx.number('180'), { more });
  await ringing(call);
  for (const [i, value] of HOSTILE.entries()) assert.equal(await variable(call, `X_HOSTILE${i}`), value, `value ${i}`);
  await ami.ask('Hangup', { Channel: call.id, Cause: 16 });
  await pbx.ended(ami, call);
  assert.deepEqual((await rows()).filter(r => r.get('Key').includes('evil')), []);
});

test('unquoted, a comma sets another variable and writes the database', async () => {
  const call = await pbx.place(ami, pbx.number('180'), { headers: { Variable: ['X_A=a,X_B=b', 'X_C=c,DB(outdial/evil)=1', 'FORWARD_CONTEXT=outdial-refuse'] } });
  await ringing(call);
  assert.deepEqual([await variable(call, 'X_A'), await variable(call, 'X_B')], ['a', 'b']);
  assert.equal((await rows()).filter(r => r.get('Key') === '/outdial/evil').length, 1);
  await ami.ask('Hangup', { Channel: call.id });
});

test('a line feed begins a header, also a quoted one: the client refuses it', async () => {
  const call = await pbx.place(ami, pbx.number('180'), { headers: { Variable: 'X_A="a\nVariable: X_B=injected"' } });
  await ringing(call);
  assert.equal(await variable(call, 'X_B'), 'injected');
  await ami.ask('Hangup', { Channel: call.id });
  assert.throws(() => quote('a\nb'));
});

test('a line of 1024 bytes is refused by name, and the session goes on', async () => {
  const fits = 'x'.repeat(1024 - 'Variable: X_A=""\r\n'.length - 1);
  const call = await pbx.place(ami, pbx.number('180'), { more: { X_A: fits } });
  await ringing(call);
  assert.equal(await variable(call, 'X_A'), fits);
  await ami.ask('Hangup', { Channel: call.id });
  const longer = pbx.place(ami, pbx.number('180'), { more: { X_A: `${fits}xx` } });
  assert.match((await longer).reply.get('Message'), /line too long/i);
  assert.equal((await ami.ask('Ping')).get('Response'), 'Success');
});

test('the variables of a contact reach the bot as they are', async () => {
  const vars = JSON.stringify({ name: 'Ann "O\'Neil", Jr', note: '\\ ${EPOCH} $[1+1] ; & | , ü', n: 1 });
  const call = await pbx.place(ami, pbx.number('201'), { bot: pbx.bot('205'), vars });
  const end = await pbx.ended(ami, call);
  assert.equal(end.step, 'botend');
  const [invite] = pbx.invites('bots').filter(i => call.id.endsWith(i.id));
  assert.equal(invite.vars, vars);
});

test('a bot’s address is one destination without options', async () => {
  const evil = pbx.number('201');
  for (const address of [`${pbx.bot('205')}&PJSIP/${evil}@trunk`, `${pbx.bot('205')},1,G(outdial^s^1)`,
    `Local/talk@outdial&PJSIP/${evil}@trunk`, '${SHELL(id)}', '"']) {
    const call = await pbx.place(ami, pbx.number('201'), { bot: address, botRing: 0.3 });
    const end = await pbx.ended(ami, call);
    assert.equal(end.step, 'abandoned', address);
  }
  assert.equal(pbx.invites().filter(i => i.called === evil).length, 0);
  assert.equal(pbx.invites('bots').filter(i => i.called === 'bot205').length, 1);
});
