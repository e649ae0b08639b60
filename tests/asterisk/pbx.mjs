// A real Asterisk with the files of asterisk/, phones and bots of SIPp around
// it, and calls placed as the dialler does, where tests/lib/pbx.sh has made
// room for them.  All ends with the namespaces of that script.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Ami, quote } from './ami.mjs';
import { scenario } from './phones.mjs';

const { PBX_ROOT: root, PBX_RUN: run } = process.env;
const project = path.resolve(import.meta.dirname, '../..');
const SIP = 5060;
const PHONES = 5070;
const BOTS = 5080;
const programs = new Set();
let said;

// What a site's own files have, and this loopback besides.
const directories = {
  astetcdir: '/srv/etc', astvarlibdir: '/srv/var', astdbdir: '/srv/db', astkeydir: '/srv/var',
  astagidir: '/srv/var', astspooldir: '/srv/spool', astrundir: '/srv/run', astlogdir: '/srv/log',
  astdatadir: '/usr/share/asterisk',
  // of Debian 11 not below the machine's name
  astmoddir: ['/usr/lib/asterisk/modules', ...readdirSync(path.join(root, 'usr/lib')).map(name => `/usr/lib/${name}/asterisk/modules`)]
    .find(dir => existsSync(path.join(root, dir))),
};
const without = ['chan_console', 'chan_unistim', 'chan_iax2', 'chan_motif', 'chan_sip', 'res_xmpp',
  'res_snmp', 'pbx_dundi', 'app_voicemail', 'res_stir_shaken', 'res_pjsip_stir_shaken', 'res_pjsip_geolocation', 'pbx_ael', 'pbx_lua'];
const loopback = 'media_address = 127.0.0.1\nbind_rtp_to_media_address = yes\n';

function files(own) {
  return {
    'asterisk.conf': `[directories]\n${Object.entries(directories).map(([k, v]) => `${k} => ${v}\n`).join('')}
[options]\nsystemname = pbx\nlive_dangerously = no\n`,
    'modules.conf': `[modules]\nautoload = yes\n${without.map(m => `noload = ${m}.so\n`).join('')}`,
    'logger.conf': '[general]\n[logfiles]\nmessages => notice,warning,error\n',
    'rtp.conf': '[general]\nrtpstart = 20000\nrtpend = 29999\n',
    'manager.conf': `[general]\nenabled = yes\nbindaddr = 127.0.0.1\nport = 5038\n
#include outdial/manager.conf\n
${['od0', 'od1'].map(n => `[${n}](outdial-account)\nsecret = ${n}-secret\neventfilter = id: od-${n}-\n`).join('')}
[spy]\nsecret = spy-secret\ndeny = 0.0.0.0/0\npermit = 127.0.0.1\nread = all\nwrite = all\n${own.manager ?? ''}`,
    'pjsip.conf': `[udp]\ntype = transport\nprotocol = udp\nbind = 127.0.0.1:${SIP}\n
#include outdial/pjsip.conf\n
[outdial-bot](+)\n${loopback}
[trunk](outdial-trunk)\naors = trunk\n${loopback}
[trunk]\ntype = aor\ncontact = sip:127.0.0.1:${PHONES}\n${own.pjsip ?? ''}`,
    'extensions.conf': `#include outdial/extensions.conf\n${own.extensions ?? ''}`,
    'hep.conf': '#include outdial/hep.conf\n',
    ...own.files,
  };
}

export async function until(what, fn, seconds = 20) {
  const stop = Date.now() + seconds * 1000;
  for (;;) {
    const got = await fn();
    if (got) return got;
    if (Date.now() > stop) assert.fail(`not within ${seconds} s: ${what}`);
    await wait(20);
  }
}

export const pause = wait;

function start(name, command, args) {
  const log = openSync(path.join(run, `${name}.out`), 'a');
  const child = spawn(command, args, { cwd: run, stdio: ['ignore', log, log] });
  const program = { name, child, ended: new Promise(done => child.on('exit', (code, signal) => done({ code, signal }))) };

  programs.add(program);
  program.ended.then(() => programs.delete(program));
  return program;
}

// Fails when it has ended, with the end of its log.
function assertRuns(program, log) {
  if (!programs.has(program)) assert.fail(`${program.name} has ended: ${readFileSync(path.join(run, log), 'utf8').slice(-500)}`);
}

export async function end(program, signal = 'SIGTERM') {
  program.child.kill(signal);
  return program.ended;
}

const inside = (...args) => execFileSync('chroot', [root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

// What its console says to a command.
export const console = command => inside('asterisk', '-C', '/srv/etc/asterisk.conf', '-rx', command);

// "22.10.1": of the Asterisk that is there.
export const version = inside('asterisk', '-V').match(/[0-9]+(\.[0-9]+)+/)[0];

// Asterisk 16 of Debian 11.
export const isOld = parseInt(version, 10) < 20;

// Its warnings and errors since it was last ready.
export const messages = () => readFileSync(path.join(run, 'log/messages'), 'utf8').slice(said);

// Somebody has the port of 127.0.0.1: of tcp a listening one.
function isTaken(protocol, port) {
  return readFileSync(`/proc/net/${protocol}`, 'utf8')
    .includes(`0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 ${protocol === 'tcp' ? '0A' : '07'}`);
}

// Starts Asterisk, or starts it again; "own" are further lines of a site's own
// files: manager, pjsip, extensions; or whole ones, by their names: files.
export async function startAsterisk(own = {}) {
  assert.ok(!isTaken('tcp', 5038), 'another Asterisk is still there');
  for (const name of ['etc', 'var', 'db', 'spool', 'run', 'log']) mkdirSync(path.join(run, name), { recursive: true });
  for (const name of ['amd.conf', 'stasis.conf', 'indications.conf']) {
    cpSync(path.join(root, 'etc/asterisk', name), path.join(run, 'etc', name));
  }
  cpSync(path.join(project, 'asterisk'), path.join(run, 'etc/outdial'), { recursive: true });
  for (const [name, text] of Object.entries(files(own))) writeFileSync(path.join(run, 'etc', name), text);
  const asterisk = start('asterisk', 'chroot', [root, 'asterisk', '-f', '-C', '/srv/etc/asterisk.conf']);
  await until('Asterisk is there', () => {
    assertRuns(asterisk, 'log/messages');
    try {
      return console('core waitfullybooted').includes('fully booted');
    } catch {
      return false;
    }
  });
  await until('the manager interface listens', () => isTaken('tcp', 5038), 5);
  said = statSync(path.join(run, 'log/messages')).size;
  return asterisk;
}

// One more of them, on a port of its own.
export async function startSipp(name, port, protocol = 'udp') {
  const file = path.join(run, `${name}.xml`);

  writeFileSync(file, scenario());
  const program = start(name, 'sipp', ['-sf', file, '-i', '127.0.0.1', '-p', port, '-t', `${protocol[0]}1`,
    '-mp', port + 1000, '-nostdin', '-trace_logs', '-log_file', path.join(run, `${name}.log`),
    '-trace_err', '-error_file', path.join(run, `${name}.err`)]);
  await until(`${name} listen`, () => {
    assertRuns(program, `${name}.out`);
    return isTaken(protocol, port);
  });
  return program;
}

export const startPhones = () => startSipp('phones', PHONES);
export const startBots = () => startSipp('bots', BOTS);

// A bot's address; its digits say what it does, as those of a phone.
export const bot = digits => `PJSIP/outdial-bot/sip:bot${digits}@127.0.0.1:${BOTS}`;

// The calls that the phones, or bots, have got: { called, caller, id, vars }.
export function invites(name = 'phones') {
  const file = path.join(run, `${name}.log`);
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(/^INVITE sip:(.*?)@ From:.*sip:(.*?)@ (?:X-Call-ID: (\S*))? (?:X-Call-Vars: (.*))?$/gm)]
    .map(([, called, caller, id, vars]) => ({ called, caller, id, vars }));
}

// All of it, for the cases of a file.
export async function startAll(own) {
  await Promise.all([startAsterisk(own), startPhones(), startBots()]);
}

export async function endAll() {
  await Promise.all([...programs].map(program => end(program, 'SIGKILL')));
}

let numbers = 0;

// A number of its own that ends in these digits.
export const number = digits => `1555${String(++numbers).padStart(4, '0')}${digits}`;

// Places a call as the dialler does: to a number, with what is different from
// the usual.  Gives the call's id, the number and the answer to Originate.
export async function place(ami, to, { node = 'od1', bot: address = bot('201'), seat = 'held', wait: seconds = 1, sorry = '',
  amd = '', vars = '', ringMs = 3000, botRing = 1.5, more = {}, headers = {}, id = `od-${node}-${randomUUID()}` } = {}) {
  const variables = {
    __X_CALL_ID: id, __X_SLOT: `${node}-${numbers}`, __X_BOT: address, X_BOT_RING: `${botRing}`, X_SEAT: seat,
    X_WAIT: `${seconds}`, X_SORRY: sorry, X_AMD: amd, X_VARS: vars, FORWARD_CONTEXT: 'outdial-refuse',
    'CHANNEL(hangup_handler_push)': 'outdial-end,s,1', ...more,
  };
  const reply = await ami.ask('Originate', {
    ChannelId: id, Channel: `PJSIP/${to}@trunk`, Context: 'outdial', Exten: 's', Priority: 1, Timeout: ringMs,
    CallerID: '<15559998888>', Async: 'true',
    Variable: Object.entries(variables).filter(([, v]) => v !== null).map(([name, value]) => `${name}=${quote(value)}`),
    ...headers,
  }, `${id}#${++numbers}`);
  return { id, to, reply, slot: variables.__X_SLOT };
}

const of = call => event => [event.get('Uniqueid'), event.get('DestUniqueid')].includes(call.id);
const named = (call, name, more = () => true) => event =>
  event.get('Event') === name && event.get('Uniqueid') === call.id && more(event);

// The event of a call's own channel, when it comes.
export const event = (ami, call, name, more, seconds) =>
  ami.until(`${name} of ${call.to}`, named(call, name, more), seconds);
export const userEvent = (ami, call, name) =>
  ami.until(`${name} of ${call.to}`, e => e.get('UserEvent') === name && e.get('call') === call.id);
export const response = (ami, call) => event(ami, call, 'OriginateResponse');
export const has = (ami, call, name) => ami.events.some(named(call, name));
export const eventsOf = (ami, call) => ami.events.filter(of(call));

// Both channels of the call are in one bridge: gives the second BridgeEnter.
export const joined = (ami, call) => ami.until(`bot joined ${call.to}`, e => e.get('Event') === 'BridgeEnter' &&
  e.get('Linkedid') === call.id && e.get('BridgeNumChannels') === '2');

// How a call ended: both Hangup and OriginateResponse have come.
export async function ended(ami, call, seconds) {
  const hangup = await event(ami, call, 'Hangup', undefined, seconds);
  const originate = await response(ami, call);
  return {
    cause: +hangup.get('Cause'), sip: hangup.get('TechCause') === undefined ? null : +hangup.get('TechCause'),
    tech: hangup.variable('X_TECH') ?? '', step: hangup.variable('X_STEP') ?? '',
    response: originate.get('Response'), reason: +originate.get('Reason'), hangup, originate,
  };
}

// The channels that are up.
export async function channels(ami) {
  return ami.list('CoreShowChannels', 'CoreShowChannelsComplete');
}

export const nothingIsUp = ami => until('no channel is left', async () => (await channels(ami)).length === 0);
