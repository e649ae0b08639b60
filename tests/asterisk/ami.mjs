// A client of the Asterisk Manager Interface for tests: it keeps every event,
// and does nothing that a test does not say.
import assert from 'node:assert/strict';
import net from 'node:net';

// A frame: its headers in their order; get() has the first of a name, all() all.
class Frame {
  constructor(lines) {
    this.lines = lines;
  }

  all(name) {
    const start = `${name.toLowerCase()}: `;
    return this.lines.filter(l => l.toLowerCase().startsWith(start)).map(l => l.slice(start.length));
  }

  get(name) {
    return this.all(name)[0];
  }

  // what a channel's variable had at that time
  variable(name) {
    return this.all('ChanVariable').find(v => v.startsWith(`${name}=`))?.slice(name.length + 1);
  }
}

export class Ami {
  events = [];
  #socket;
  #text = '';
  #replies = new Map();
  #waiting = new Set();
  #numbers = 0;

  // Connects, from this address; nothing is said yet.
  static async connect(localAddress = '127.0.0.1') {
    const ami = new Ami();
    ami.#socket = net.connect({ port: 5038, host: '127.0.0.1', localAddress });
    ami.#socket.on('data', chunk => ami.#read(chunk.toString()));
    ami.#socket.on('error', () => {});
    ami.closed = new Promise(done => ami.#socket.on('close', done));
    await new Promise((done, failed) => ami.#socket.once('connect', done).once('error', failed));
    return ami;
  }

  static async login(user = 'od1', secret = `${user}-secret`) {
    const ami = await Ami.connect();
    const reply = await ami.ask('Login', { Username: user, Secret: secret, Events: 'call,user,system' });
    assert.equal(reply.get('Response'), 'Success', reply.lines.join('\n'));
    return ami;
  }

  #read(text) {
    this.#text += text;
    for (;;) {
      const at = this.#text.indexOf('\r\n\r\n');
      if (at < 0) return;
      const frame = new Frame(this.#text.slice(0, at).split('\r\n'));
      this.#text = this.#text.slice(at + 4);
      this.#take(frame);
    }
  }

  #take(frame) {
    const asked = this.#replies.get(frame.get('ActionID'));

    frame.at = Date.now();
    if (frame.get('Event')) {
      this.events.push(frame);
      for (const waiting of this.#waiting) waiting();
    } else if (asked) {
      asked.done(frame);
    }
  }

  // Sends an action whose header values are texts, or lists of them; null: as it
  // is, with no escape.  Gives its response.
  ask(action, headers = {}, id = `t${++this.#numbers}`) {
    const lines = [`Action: ${action}`, `ActionID: ${id}`];
    for (const [name, value] of Object.entries(headers)) {
      for (const one of [value].flat()) lines.push(`${name}: ${one}`);
    }
    const reply = new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`No response within 10 s: ${lines.join(' | ')}`)), 10000);
      this.#replies.set(id, { done: frame => { clearTimeout(timer); done(frame); } });
    });
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    return reply;
  }

  // The events of an action that lists, up to the one that ends the list.
  async list(action, last, headers = {}) {
    const id = `t${++this.#numbers}`;
    const reply = await this.ask(action, headers, id);
    if (reply.get('Response') !== 'Success') return [];
    await this.until(`${last} of ${action}`, e => e.get('Event') === last && e.get('ActionID') === id);
    return this.events.filter(e => e.get('ActionID') === id && e.get('Event') !== last);
  }

  // The first event, from those that have come, that is as asked.
  async until(what, is, seconds = 15) {
    let seen = 0;
    const find = () => {
      for (; seen < this.events.length; seen++) {
        if (is(this.events[seen])) return this.events[seen];
      }
      return undefined;
    };
    const found = find();
    if (found) return found;
    return new Promise((done, failed) => {
      const waiting = () => {
        const event = find();
        if (event) stop(done, event);
      };
      const timer = setTimeout(() => stop(failed, new Error(`not within ${seconds} s: ${what}`)), seconds * 1000);
      const stop = (how, value) => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        how(value);
      };
      this.#waiting.add(waiting);
    });
  }

  close() {
    this.#socket.destroy();
    return this.closed;
  }
}

// A value as Variable wants it: one that would be split or evaluated comes back
// unchanged.  A line feed has no escape.
export function quote(value) {
  assert.doesNotMatch(value, /[\r\n\0]/);
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}
