// The phones and bots of the tests: one SIPp scenario in which the last three
// digits of the called number, or of a bot's address, say what it does.
//
// Each call is written to SIPp's log when it arrives, which makes the log the
// judge of a test: no second INVITE, none to a number that nobody may call.

const head = `[last_Via:]
[last_From:]
[last_To:];tag=[pid]p[call_number]
[last_Call-ID:]
[last_CSeq:]`;
const contact = 'Contact: <sip:[local_ip]:[local_port];transport=[transport]>';
const sdp = `v=0
o=phone 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio [auto_media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
a=sendrecv
`;
const END = 999;

const message = text => `<![CDATA[\n\n${text}\n\n]]>`;
const send = (line, headers = [contact]) =>
  `<send>${message([`SIP/2.0 ${line}`, head, ...headers, 'Content-Length: 0'].join('\n'))}</send>`;
const sendMedia = (line, again = '') =>
  `<send${again}>${message(`SIP/2.0 ${line}\n${head}\n${contact}\nContent-Type: application/sdp\nContent-Length: [len]\n\n${sdp}`)}</send>`;
const pause = ms => `<pause milliseconds="${ms}"/>`;
const end = `<nop next="${END}"/>`;

const ring = ms => send('180 Ringing') + pause(ms);
const early = ms => sendMedia('183 Session Progress') + pause(ms);
const reject = (line, ...headers) =>
  `${send(line, [contact, ...headers])}<recv request="ACK" next="${END}"/>`;
const accept = `${sendMedia('200 OK', ' retrans="500"')}<recv request="ACK"><action>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="me"/>
<ereg regexp=".*" search_in="hdr" header="From:" assign_to="peer"/>
</action></recv>`;
const ours = (method, number, body = 'Content-Length: 0') => `<send retrans="500">${message(`${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: [$me]
To: [$peer]
Call-ID: [call_id]
CSeq: ${number} ${method}
${contact}
Max-Forwards: 70
${body}`)}</send>`;
const hangUp = `${ours('BYE', 9)}<recv response="200" next="${END}"/>`;
const untilBye = `<recv request="BYE" timeout="60000" ontimeout="${END}"/>${send('200 OK')}${end}`;
const untilCancel = `<recv request="CANCEL" timeout="60000" ontimeout="${END}"/>${send('200 OK')}
<send>${message(`SIP/2.0 487 Request Terminated\n${head.replace('[last_CSeq:]', 'CSeq: [cseq] INVITE')}\nContent-Length: 0`)}</send>
<recv request="ACK" timeout="5000" ontimeout="${END}" next="${END}"/>`;
const holds = `${ours('INVITE', 2, `Content-Type: application/sdp\nContent-Length: [len]\n\n${sdp.replace('sendrecv', 'sendonly')}`)}
<recv response="100" optional="true"/><recv response="200"/>
<send>${message(`ACK [next_url] SIP/2.0\n[last_Via:]\nFrom: [$me]\nTo: [$peer]\nCall-ID: [call_id]\nCSeq: 2 ACK\nContent-Length: 0`)}</send>`;

// "Transfer me", which has to be refused.
const refers = `${ours('REFER', 2, 'Refer-To: <sip:15550009203@[remote_ip]:[remote_port]>\nContent-Length: 0')}<recv response="603"/>`;

// What carriers that follow ATIS-1000099 say of a call that was blocked for
// what its caller number is known for: "603+".
const analytics = 'text="v=analytics1;url=https://redress.example.com/r;tel=+18005550100;email=r@example.com;id=abc"';

const KINDS = {
  // answered
  200: ring(300) + accept + pause(500) + hangUp,
  201: ring(300) + accept + untilBye,
  202: ring(100) + accept + pause(200) + holds + pause(300) + hangUp,
  203: ring(100) + accept + pause(200) + refers + pause(300) + hangUp,
  205: ring(100) + accept + pause(50) + hangUp,
  209: accept + pause(1000) + hangUp,
  216: ring(1500) + accept + untilBye,
  219: accept + untilBye,
  183: early(300) + accept + untilBye,
  // not answered
  '000': untilCancel.replace('60000', '40000'),
  100: send('100 Trying') + untilCancel,
  180: send('180 Ringing') + untilCancel,
  184: early(200) + reject('486 Busy Here'),
  302: ring(100) + reject('302 Moved Temporarily').replace(contact, 'Contact: <sip:15550009200@[local_ip]:[local_port]>'),
  // refused, with more than a code
  479: reject('480 Temporarily Unavailable'),
  717: ring(50) + reject('480 Temporarily Unavailable', 'Reason: Q.850;cause=20;text="subscriber absent"'),
  718: reject('500 Server Internal Error', 'Reason: Q.850;cause=1;text="unallocated number"'),
  503: reject('503 Service Unavailable', 'Retry-After: 5'),
  519: reject('503 CPS limit exceeded', 'Retry-After: 30'),
  613: reject('603 Network Blocked', `Reason: SIP;cause=603;${analytics};location=RLN`),
  614: reject('603 Network Blocked', `Reason: Q.850;cause=21;${analytics};location=TN`),
  615: reject('603 Decline', `Reason: SIP;cause=603;${analytics};location=RLN`),
  616: reject('603 Network Blocked'),
  618: ring(100) + reject('603 Network Blocked', `Reason: SIP;cause=603;${analytics};location=RLN`),
  620: reject('603 Blocked, call: forged, x: y'),
  621: reject('603 Blo"cked ${CHANNEL} \\, (a) {c} é'),
};
// rings, then gives that code
export const CODES = [400, 402, 403, 404, 405, 406, 408, 410, 415, 420, 480, 483, 484, 485, 486, 487, 488, 500, 501, 502,
  504, 580, 600, 603, 604, 606, 607, 608];
for (const code of CODES) KINDS[code] = ring(50) + reject(`${code} Code ${code}`);

// The file of a scenario.
export function scenario() {
  const kinds = Object.entries(KINDS);
  const said = digits => `regexp="^INVITE sip:[^@]*${digits}@" search_in="msg" check_it="false"`;

  return `<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="phones">
<recv request="INVITE" rrs="true"><action>
<ereg regexp="^INVITE sip:[^@]*@" search_in="msg" check_it="false" assign_to="called"/>
<ereg regexp="X-Call-ID:[^[:cntrl:]]*" search_in="msg" check_it="false" assign_to="id"/>
<ereg regexp="X-Call-Vars:[^[:cntrl:]]*" search_in="msg" check_it="false" assign_to="vars"/>
<ereg regexp="From:[^@]*@" search_in="msg" check_it="false" assign_to="caller"/>
<log message="[$called] [$caller] [$id] [$vars]"/>
${kinds.map(([digits], i) => `<ereg ${said(digits)} assign_to="kind${i}"/>`).join('\n')}
</action></recv>
<Reference variables="called,id,vars,caller"/>
${kinds.map((kind, i) => `<nop next="${i + 1}" test="kind${i}"/>`).join('\n')}
${end}
${kinds.map(([, steps], i) => `<label id="${i + 1}"/>${steps}`).join('\n')}
<label id="${END}"/>
</scenario>
`;
}
