// A callee whose phone answers "302 Moved", or wants to be transferred: Outdial
// never calls that number.  Nor does anybody call in by the trunk.
import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import { after, before, test } from 'node:test';
import { Ami } from '../ami.mjs';
import * as pbx from '../pbx.mjs';

// trunks of sites that are less careful than asterisk/pjsip.conf
const CONTEXTS = { answers: 'inbound', dials: 'outbound', missing: 'nowhere' };
const trunks = Object.entries(CONTEXTS).map(([name, context]) => `
[${name}](outdial-trunk)
aors = trunk
context = ${context}
`).join('') + `
[careless](outdial-trunk)
aors = trunk
redirect_method = uri_core

[trunk]
type = identify
endpoint = trunk
match = 127.0.0.1
`;

let ami;

before(async () => {
  await pbx.startAll({
    pjsip: trunks,
    extensions: `
[inbound]
exten => _X.,1,Answer()
 same => n,Wait(20)
[default]
exten => _X.,1,Answer()
[outbound]
exten => _X.,1,Dial(PJSIP/\${EXTEN}@trunk)
`,
  });
  ami = await Ami.login();
});
after(pbx.endAll);

for (const trunk of ['trunk', ...Object.keys(CONTEXTS)]) {
  test(`by ${trunk} nothing is placed, and the call has failed`, async () => {
    const calls = await Promise.all(Array.from({ length: 5 }, () => {
      const to = pbx.number('302');
      return pbx.place(ami, to, { headers: { Channel: `PJSIP/${to}@${trunk}` } });
    }));
    for (const call of calls) {
      const end = await pbx.ended(ami, call);
      assert.equal(end.response, 'Failure');
      // the channel of the redirection now and then ends ours first
      assert.match(end.tech, /^SIP (302 Moved Temporarily|180 Ringing)$/);
      assert.ok([0, 23].includes(end.cause));
    }
    await pbx.nothingIsUp(ami);
    assert.deepEqual(pbx.invites().filter(i => i.called.endsWith('9200')), []);
  });
}

test('the endpoint refuses it by itself, without a variable of the call', async () => {
  const to = pbx.number('302');
  const call = await pbx.place(ami, to, { headers: { Channel: `PJSIP/${to}@dials` }, more: { FORWARD_CONTEXT: null } });
  assert.equal((await pbx.ended(ami, call)).response, 'Failure');
  await pbx.nothingIsUp(ami);
  assert.deepEqual(pbx.invites().filter(i => i.called.endsWith('9200')), []);
});

test('a callee’s REFER is refused, and the call goes on', async () => {
  const to = pbx.number('203');
  const call = await pbx.place(ami, to, { headers: { Channel: `PJSIP/${to}@dials` } });
  const end = await pbx.ended(ami, call);
  assert.deepEqual([end.cause, end.step, pbx.has(ami, call, 'HangupRequest')], [16, 'answered', true]);
  assert.deepEqual(pbx.invites().filter(i => i.called.endsWith('9203')), []);
});

test('who calls in by the trunk reaches nothing', async () => {
  const socket = dgram.createSocket('udp4');
  const said = new Promise(done => socket.on('message', text => {
    if (!text.toString().startsWith('SIP/2.0 100')) done(text.toString().split('\r\n')[0]);
  }));
  await new Promise(done => socket.bind(0, '127.0.0.1', done));
  const { port } = socket.address();
  const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n';
  socket.send(['INVITE sip:15551234@127.0.0.1:5060 SIP/2.0', `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bKstranger`, 'Max-Forwards: 70',
    'From: <sip:1@127.0.0.1>;tag=1', 'To: <sip:15551234@127.0.0.1>', 'Call-ID: stranger', 'CSeq: 1 INVITE', `Contact: <sip:1@127.0.0.1:${port}>`,
    'Content-Type: application/sdp', `Content-Length: ${sdp.length}`, '', sdp].join('\r\n'), 5060, '127.0.0.1');
  assert.equal(await said, 'SIP/2.0 404 Not Found');
  socket.close();
});

// What the settings are for: these fail when Asterisk no longer does it, and then
// the settings may go.
for (const [what, trunk, context] of [['in another context', 'dials', 'outbound'], ['by another method', 'careless', 'outdial-refuse']]) {
  test(`${what} the other number would be dialled`, async () => {
    const to = pbx.number('302');
    const before = pbx.invites().filter(i => i.called.endsWith('9200')).length;
    await pbx.place(ami, to, { headers: { Channel: `PJSIP/${to}@${trunk}`, Timeout: 1500 }, more: { FORWARD_CONTEXT: context } });
    await pbx.until('the forbidden INVITE', () => pbx.invites().filter(i => i.called.endsWith('9200')).length > before);
    await pbx.nothingIsUp(ami);
  });
}
