// An Asterisk Manager Interface without an Asterisk: the events of a call in the
// order that a real one has, with the answer that the last three digits of the
// number ask for.  Faults that no real PBX shows on demand are played with it.
//
//   node fake_ami.mjs LOG        prints "Serving on HOST:PORT"
//
// Ring times pass ten times as fast.
//   200 answers, ends after a moment     180 rings until its time is over
//   201 answers, and stays               100 nothing but “100 Trying”
//   203 answers, its bot is busy         999 accepted, and never heard of again
//   302 is sent elsewhere                603 declines; 613 the same with the words of a block
//   any other status: refused with it after ringing
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const log = process.argv[2];
const started = new Date().toISOString();
const channels = new Map(); // by Uniqueid
const database = new Map(); // slot: row
const peers = new Set();

const RING = 20, ANSWER = 80, END = 150;
const CAUSES = { 404: 1, 480: 19, 486: 17, 500: 38, 503: 34, 603: 21 };
const PHRASES = { 404: 'Not Found', 486: 'Busy Here', 503: 'Service Unavailable', 603: 'Decline' };

const lines = fields => fields.map(([name, value]) => `${name}: ${value}\r\n`).join('') + '\r\n';
const stamp = () => (Date.now() / 1000).toFixed(6);
function tell(event, ...fields) {
  const text = lines([['Event', event], ['Privilege', 'call,all'], ['Timestamp', stamp()], ...fields]);
  for (const peer of peers) if (peer.events) peer.socket.write(text);
}
const reply = (peer, action, success, ...fields) => peer.socket.write(lines([
  ['Response', success ? 'Success' : 'Error'], ['ActionID', action.ActionID ?? ''], ...fields]));

class Call {
  constructor(action) {
    this.action = action;
    this.id = action.ChannelId;
    this.vars = action.variables;
    this.number = action.Channel.match(/\/(\d+)@/)?.[1] ?? '';
    this.state = 'Down';
    this.tech = '';
    this.step = '';
    this.began = Date.now();
    this.timers = new Set();
    channels.set(this.id, this);
  }

  after(ms, what) {
    const timer = setTimeout(() => { this.timers.delete(timer); if (channels.has(this.id)) what.call(this); }, ms);
    this.timers.add(timer);
    return timer;
  }

  own(...fields) {
    return [['Channel', `PJSIP/trunk-${this.id}`], ['Uniqueid', this.id], ['Linkedid', this.id],
      ['ChanVariable', `X_TECH=${this.tech}`], ['ChanVariable', `X_STEP=${this.step}`], ...fields];
  }

  dest(...fields) {
    return [['DestUniqueid', this.id], ['DestLinkedid', this.id], ...fields];
  }

  ring() {
    this.state = 'Ringing';
    this.tech = 'SIP 180 Ringing';
    tell('DialState', ...this.dest(['DialStatus', 'RINGING']));
    tell('Newstate', ...this.own(['ChannelState', 5], ['ChannelStateDesc', 'Ringing']));
  }

  begin() {
    const code = Number(this.number.slice(-3));
    tell('Newchannel', ...this.own(['ChannelStateDesc', 'Down']));
    tell('DialBegin', ...this.dest());
    if (code === 999) return;
    this.after(Number(this.action.Timeout) / 10, this.timeOut);
    if (code === 100) { this.tech = 'SIP 100 Trying'; return; }
    this.after(RING, this.ring);
    if (code === 180) return;
    if ([200, 201, 203].includes(code)) this.after(ANSWER, () => this.answer(code));
    else if (code === 302) this.after(ANSWER, () => this.refuse(302, 'Moved Temporarily', 23));
    else if (code === 613) this.after(ANSWER, () => this.refuse(603, 'Network Blocked', 21));
    else this.after(ANSWER, () => this.refuse(code, PHRASES[code] ?? 'No', CAUSES[code] ?? 127));
  }

  respond(success, reason) {
    tell('OriginateResponse', ['ActionID', this.action.ActionID], ['Response', success ? 'Success' : 'Failure'],
      ['Reason', reason], ['Uniqueid', this.id]);
  }

  timeOut() {
    if (this.state === 'Up') return;
    this.respond(false, 3);
    this.end(19, 480);
  }

  refuse(code, phrase, cause) {
    this.tech = `SIP ${code} ${phrase}`;
    tell('HangupRequest', ...this.own(['Cause', cause]));
    tell('DialEnd', ...this.dest(['DialStatus', code === 486 ? 'BUSY' : 'NOANSWER']));
    this.end(cause, code);
    this.respond(false, 0);
  }

  answer(code) {
    this.code = code;
    this.state = 'Up';
    this.tech = 'SIP 200 OK';
    this.respond(true, 4); // the usual order under load: before Up
    tell('Newstate', ...this.own(['ChannelState', 6], ['ChannelStateDesc', 'Up']));
    tell('DialEnd', ...this.dest(['DialStatus', 'ANSWER']));
    this.step = 'answered';
    if (this.vars.X_SEAT === 'held') { this.dialBot(); return; }
    this.step = 'waiting';
    tell('UserEvent', ...this.own(['UserEvent', 'OutWait']));
    this.waiting = this.after(Number(this.vars.X_WAIT) * 1000, this.abandon);
  }

  dialBot() {
    clearTimeout(this.waiting);
    this.step = 'answered';
    const leg = [['Uniqueid', 'pbx-1.2'], ['Linkedid', this.id]];
    if (this.code === 203) {
      tell('DialEnd', ['Uniqueid', this.id], ['DestUniqueid', 'pbx-1.2'], ['DialStatus', 'BUSY']);
      this.abandon();
      return;
    }
    this.after(5, () => {
      this.bridged = true;
      tell('BridgeEnter', ...leg, ['BridgeUniqueid', `b-${this.id.slice(-8)}`], ['BridgeNumChannels', 1]);
      tell('BridgeEnter', ...this.own(['BridgeUniqueid', `b-${this.id.slice(-8)}`], ['BridgeNumChannels', 2]));
      if (this.code === 200) this.after(END, () => {
        tell('HangupRequest', ...this.own(['Cause', 16]));
        this.end(16, 0);
      });
    });
  }

  abandon() {
    this.step = 'abandoned-SUCCESS';
    tell('UserEvent', ...this.own(['UserEvent', 'OutAbandon']));
    this.after(30, () => this.end(41, 0));
  }

  end(cause, sip) {
    for (const timer of this.timers) clearTimeout(timer);
    channels.delete(this.id);
    database.set(this.vars.__X_SLOT, [this.vars.__X_CALL_ID, Math.floor(Date.now() / 1000), cause, this.tech,
      this.step, this.bridged ? 'ANSWER' : ''].join('|'));
    tell('Hangup', ...this.own(['Cause', cause], ...(sip ? [['TechCause', sip]] : [])));
  }
}

const actions = {
  Login(peer, action) {
    const good = action.Username === 'outdial' && action.Secret === 'secret';
    reply(peer, action, good, ['Message', good ? 'Authentication accepted' : 'Authentication failed']);
    peer.events = good;
    if (good) peer.socket.write(lines([['Event', 'FullyBooted']]));
    else peer.socket.end();
  },
  CoreStatus: (peer, action) => reply(peer, action, true, ['CoreStartupDate', started.slice(0, 10)],
    ['CoreStartupTime', started.slice(11)]),
  Ping: (peer, action) => reply(peer, action, true, ['Ping', 'Pong'], ['Timestamp', stamp()]),
  Originate(peer, action) {
    appendFileSync(log, `${action.ChannelId}\n`);
    reply(peer, action, true, ['Message', 'Originate successfully queued']);
    if (channels.has(action.ChannelId))
      tell('OriginateResponse', ['ActionID', action.ActionID], ['Response', 'Failure'], ['Reason', 0],
        ['Uniqueid', action.ChannelId]);
    else new Call(action).begin();
  },
  Hangup(peer, action) {
    const call = channels.get(action.Channel);
    reply(peer, action, call, ['Message', call ? 'Channel Hungup' : 'No such channel']);
    if (!call) return;
    const up = call.state === 'Up';
    if (!up) tell('DialEnd', ...call.dest(['DialStatus', 'NOANSWER']));
    if (!up) call.respond(false, 0);
    call.end(up ? Number(action.Cause) : 16, 0);
  },
  Setvar: (peer, action) => reply(peer, action, channels.has(action.Channel)),
  Redirect(peer, action) {
    const call = channels.get(action.Channel);
    reply(peer, action, call);
    if (call?.step === 'waiting') call.dialBot();
  },
  CoreShowChannels(peer, action) {
    reply(peer, action, true);
    for (const call of channels.values()) {
      const s = Math.floor((Date.now() - call.began) / 1000);
      peer.socket.write(lines([['Event', 'CoreShowChannel'], ['ActionID', action.ActionID], ['Uniqueid', call.id],
        ['ChannelStateDesc', call.state], ['Duration', `00:00:${String(s).padStart(2, '0')}`]]));
    }
    peer.socket.write(lines([['Event', 'CoreShowChannelsComplete'], ['ActionID', action.ActionID]]));
  },
  DBGetTree(peer, action) {
    if (!database.size) { reply(peer, action, false, ['Message', 'Database entry not found']); return; }
    reply(peer, action, true);
    for (const [slot, row] of database)
      peer.socket.write(lines([['Event', 'DBGetTreeResponse'], ['ActionID', action.ActionID],
        ['Key', `/outdial/${slot}`], ['Val', row]]));
    peer.socket.write(lines([['Event', 'DBGetTreeComplete'], ['ActionID', action.ActionID]]));
  },
};

function take(peer, text) {
  const action = { variables: {} };
  for (const line of text.split('\r\n')) {
    const [, name, value] = line.match(/^([^:]+): ?(.*)$/) ?? [];
    const [, key, quoted] = (name === 'Variable' && value.match(/^([^=]+)="(.*)"$/)) || [];
    if (key) action.variables[key] = quoted.replaceAll(/\\(.)/g, '$1');
    else if (name) action[name] = value;
  }
  if (peer.events || action.Action === 'Login') actions[action.Action]?.(peer, action);
}

const server = net.createServer(socket => {
  const peer = { socket, events: false };
  let rest = '';
  peers.add(peer);
  socket.setNoDelay();
  socket.write('Asterisk Call Manager/11.0.0\r\n');
  socket.on('data', data => {
    const parts = (rest + data).split('\r\n\r\n');
    rest = parts.pop();
    for (const text of parts) take(peer, text);
  });
  socket.on('error', () => {});
  socket.on('close', () => peers.delete(peer));
});
server.listen(0, '127.0.0.1', () => process.stderr.write(`Serving on 127.0.0.1:${server.address().port}\n`));
