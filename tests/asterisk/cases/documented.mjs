// What doc/asterisk.md says of a site's own files, as it stands there, with the
// addresses of this test.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import dgram from 'node:dgram';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { Ami } from '../ami.mjs';
import * as pbx from '../pbx.mjs';

const text = readFileSync(path.resolve(import.meta.dirname, '../../../doc/asterisk.md'), 'utf8');

// The indented lines that follow where the text says this.
function block(says) {
  const [, lines] = text.slice(text.indexOf(says)).match(/\n\n((?: {4}.*\n|\n)+)/) ?? [];
  assert.ok(lines, `doc/asterisk.md has no lines after “${says}”`);
  return lines.replace(/^ {4}/gm, '');
}

const secret = user => text.match(new RegExp(`\\[${user}\\].*\\n *secret = (\\S+)`))[1];
const keys = path.join(process.env.PBX_RUN, 'keys');

let ami;
let audio;
const heard = [];

before(async () => {
  // a certificate of its own
  execFileSync('sh', ['-c', `mkdir ${keys} && openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=pbx.example.com \
    -addext subjectAltName=DNS:pbx.example.com -keyout ${keys}/pbx.key -out ${keys}/pbx.crt`], { stdio: 'ignore' });
  const tlsLines = block('In `[general]` of `manager.conf`').replaceAll('/etc/asterisk/keys', '/srv/keys').replace('0.0.0.0', '127.0.0.1');
  audio = net.createServer(socket => socket.on('data', chunk => {
    heard.push(chunk);
    // kind 0: hang up
    socket.write(Buffer.from([0, 0, 0]));
  }).on('error', () => {}));
  await new Promise(done => audio.listen(9092, '127.0.0.1', done));
  await Promise.all([pbx.startPhones(), pbx.startBots(), pbx.startAsterisk({ files: {
    'manager.conf': block('`manager.conf`:').replace('[general]\n', `[general]\n${tlsLines}`),
    'pjsip.conf': block('`pjsip.conf`:').replace('0.0.0.0', '127.0.0.1').replace('carrier.example.com', '127.0.0.1:5070'),
    'extensions.conf': block('`extensions.conf`:'),
    'hep.conf': block('`hep.conf`, optional:'),
  } })]);
  ami = await Ami.login('outdial', secret('outdial'));
});
after(async () => {
  audio.close();
  await pbx.endAll();
});

test('a call by the trunk to a bot with a SIP address', async () => {
  const call = await pbx.place(ami, pbx.number('201'), { bot: pbx.bot('205') });
  assert.equal((await pbx.ended(ami, call)).step, 'botend');
});

test('a call to a bot that is an extension, by AudioSocket', { skip: pbx.isOld && 'Asterisk 16 has no AudioSocket' }, async () => {
  const call = await pbx.place(ami, pbx.number('201'), { bot: 'Local/assistant@outdial-bots/n' });
  await pbx.joined(ami, call);
  assert.equal((await pbx.ended(ami, call)).step, 'botend');
  // kind 1, 16 bytes: the UUID
  assert.deepEqual([...heard[0].subarray(0, 3)], [1, 0, 16]);
  assert.equal(heard[0].subarray(3, 19).toString('hex'), call.id.slice('od-od1-'.length).replaceAll('-', ''));
});

test('the manager interface by TLS, with the certificate checked', async () => {
  const ca = readFileSync(path.join(keys, 'pbx.crt'));
  const socket = tls.connect({ port: 5039, host: '127.0.0.1', ca, servername: 'pbx.example.com' });
  const greeting = await new Promise((done, failed) => socket.once('data', done).once('error', failed));
  assert.match(greeting.toString(), /^Asterisk Call Manager/);
  socket.destroy();
});

test('why a call was refused is copied by HEP', async () => {
  const copies = [];
  const socket = dgram.createSocket('udp4', copy => copies.push(copy.toString('latin1')));
  await new Promise(done => socket.bind(9060, '127.0.0.1', done));
  for (const [digits, says] of [['613', /^Reason: SIP;cause=603;text="v=analytics1;/m], ['503', /^Retry-After: 5\r$/m]]) {
    const call = await pbx.place(ami, pbx.number(digits));
    await pbx.ended(ami, call);
    await pbx.until(`a copy with ${says}`, () => copies.some(copy => copy.startsWith('HEP3') && says.test(copy)), 5);
  }
  socket.close();
});

test('each name of a context or file is right', () => {
  for (const context of ['outdial', 'outdial-bots', 'outdial-end', 'outdial-refuse']) {
    assert.match(pbx.console(`dialplan show ${context}`), new RegExp(`Context '${context}' created`));
  }
  assert.match(pbx.console('database show outdial'), /botend/);
  assert.match(pbx.console('manager show user outdial'), /username: outdial/);
  assert.match(pbx.console('pjsip show endpoint trunk'), /Endpoint: +trunk/);
});
