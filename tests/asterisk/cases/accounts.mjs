// What the account of a dialler node may do at the manager interface, and what it
// hears.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ami } from '../ami.mjs';
import * as pbx from '../pbx.mjs';

let ami;
let spy;

before(async () => {
  await pbx.startAll({ manager: '\n[od2](outdial-account)\n' });
  ami = await Ami.login();
  spy = await Ami.login('spy');
});
after(pbx.endAll);

const ALLOWED = [
  ['CoreStatus'], ['CoreSettings'], ['CoreShowChannels'], ['Ping'], ['Status'],
  ['DBGetTree', { Family: 'outdial' }], ['DBGet', { Family: 'outdial', Key: 'slot' }],
  ['Getvar', { Variable: 'X' }], ['Hangup', { Channel: 'od1-none' }], ['Redirect', { Channel: 'od1-none' }],
  ['Setvar', { Channel: 'od1-none', Variable: 'X', Value: '1' }],
];
const REFUSED = [
  ['Command', { Command: 'core show version' }], ['DBPut', { Family: 'outdial', Key: 'a', Val: '1' }],
  ['DBDel', { Family: 'outdial', Key: 'a' }], ['DBDelTree', { Family: 'outdial' }], ['Filter', { Filter: 'x' }],
  ['UserEvent', { UserEvent: 'Forged' }], ['GetConfig', { Filename: 'manager.conf' }],
  ['UpdateConfig', { SrcFilename: 'manager.conf' }], ['Reload'], ['ModuleLoad', { LoadType: 'reload' }],
  ['PJSIPShowEndpoint', { Endpoint: 'trunk' }],
];
const FORBIDDEN_APPS = [['System', 'id'], ['TrySystem', 'id'], ['Exec', 'System(id)'], ['ExecIf', '1?System(id)'], ['AGI', 'x'],
  ['MixMonitor', 'a.wav,,id'], ['Originate', 'Local/x@outdial,app,System,id'], ['Playback', '${SHELL(id)}']];
if (!pbx.isOld) FORBIDDEN_APPS.push(['Set', 'DB(outdial/a)=1']);

test('what the dialler needs is allowed', async () => {
  for (const [action, headers] of ALLOWED) {
    const reply = await ami.ask(action, headers);
    assert.doesNotMatch(reply.get('Message') ?? '', /permission/i, action);
  }
});

test('everything else is refused', async () => {
  for (const [action, headers] of REFUSED) {
    const reply = await ami.ask(action, headers);
    assert.equal(`${reply.get('Response')}: ${reply.get('Message')}`, 'Error: Permission denied', action);
  }
});

test('Originate runs no program', async () => {
  for (const [Application, Data] of FORBIDDEN_APPS) {
    const reply = await pbx.place(ami, pbx.number('201'), { headers: { Application, Data } });
    assert.equal(reply.reply.get('Response'), 'Error', Application);
    assert.match(reply.reply.get('Message'), /^Originate Access Forbidden/, Application);
  }
  assert.deepEqual(pbx.invites(), []);
});

test('a wrong secret, none, or another address signs nobody in', async () => {
  const login = async (headers, from) => {
    const one = await Ami.connect(from);
    const reply = await one.ask('Login', headers);
    await one.close();
    return `${reply.get('Response')}: ${reply.get('Message')}`;
  };
  assert.equal(await login({ Username: 'od1', Secret: 'od1-secret' }), 'Success: Authentication accepted');
  for (const [headers, from] of [
    [{ Username: 'od1', Secret: 'wrong' }], [{ Username: 'od1' }],
    // an account that the site has given no secret
    [{ Username: 'od2', Secret: '' }], [{ Username: 'od2' }], [{ Username: 'od2', Secret: '(null)' }],
    [{ Username: 'outdial-account', Secret: '' }],
    [{ Username: 'od1', Secret: 'od1-secret' }, '127.0.0.2'],
  ]) assert.equal(await login(headers, from), 'Error: Authentication failed', JSON.stringify([headers, from]));
});

// What is counted below, as "name time"; a call's channels have its id at the end
// of a header.
const TOLD = ['Newchannel', 'Newstate', 'DialBegin', 'DialState', 'DialEnd', 'BridgeEnter', 'HangupRequest', 'Hangup', 'OriginateResponse'];
const about = (events, ids) => events
  .filter(e => TOLD.includes(e.get('Event')) && e.lines.some(l => ids.some(id => l.endsWith(`id: ${id}`))))
  .map(e => `${e.get('Event')} ${e.get('Timestamp')}`).sort();

test('each of two nodes hears of its own calls, all of it and nothing else', async () => {
  const other = await Ami.login('od0');
  const before = new Map([ami, other].map(one => [one, one.events.length]));
  const calls = await Promise.all(Array.from({ length: 20 }, async (_, i) => {
    const [node, one] = i % 2 ? ['od1', ami] : ['od0', other];
    const call = await pbx.place(one, pbx.number(i % 4 < 2 ? '201' : '486'), { node, bot: pbx.bot('205') });
    return { ...call, one };
  }));
  for (const call of calls) await pbx.ended(call.one, call);
  await pbx.nothingIsUp(ami);
  for (const [node, one] of [['od1', ami], ['od0', other]]) {
    const ids = calls.filter(c => c.one === one).map(c => c.id);
    // connections are not served in step
    await pbx.until('who has no filter hears the same', () => {
      const [theirs, all] = [one, spy].map(session => about(session.events, ids));
      return theirs.length === all.length && theirs.every((name, i) => name === all[i]);
    }, 5);
    const foreign = one.events.slice(before.get(one)).filter(e => !e.lines.some(l => l.includes(`id: od-${node}-`)) && e.get('ActionID') === undefined);
    assert.deepEqual(foreign.map(e => e.lines), []);
  }
  await other.close();
});

test('a list of channels has those of all nodes: the prefix tells', async () => {
  const other = await Ami.login('od0');
  const call = await pbx.place(other, pbx.number('180'), { node: 'od0' });
  await pbx.event(other, call, 'Newstate', e => e.get('ChannelStateDesc') === 'Ringing');
  assert.ok((await pbx.channels(ami)).some(c => c.get('Uniqueid') === call.id));
  await other.ask('Hangup', { Channel: call.id });
  await other.close();
});

test('who signs in is told that Asterisk is ready', () => {
  assert.ok(ami.events.some(e => e.get('Event') === 'FullyBooted'));
});
