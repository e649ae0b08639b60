// A callee whose phone answers "302 Moved": Outdial never calls that number.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ami } from '../ami.mjs';
import * as pbx from '../pbx.mjs';

// trunks of sites that are less careful than asterisk/pjsip.conf
const CONTEXTS = { answers: 'inbound', dials: 'outbound', missing: 'nowhere' };
const trunks = Object.entries(CONTEXTS).map(([name, context]) => `
[${name}](outdial-trunk)
aors = trunk
context = ${context}
`).join('');

let ami;

before(async () => {
  await pbx.startAll({
    pjsip: trunks,
    extensions: `
[inbound]
exten => _X.,1,Answer()
 same => n,Wait(20)
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

// What FORWARD_CONTEXT is for: this fails when Asterisk no longer does it, and
// then the variable may go.
test('without FORWARD_CONTEXT the other number would be dialled', async () => {
  const to = pbx.number('302');
  await pbx.place(ami, to, { headers: { Channel: `PJSIP/${to}@dials`, Timeout: 2500 }, more: { FORWARD_CONTEXT: 'outbound' } });
  await pbx.until('the forbidden INVITE', () => pbx.invites().some(i => i.called.endsWith('9200')));
  await pbx.nothingIsUp(ami);
});
