// A client of Redis for tests: one connection, any bytes, as latin1 text.
import net from 'node:net';

/* [reply, where it ends], or nothing while it is not there whole. */
function parse(text, at) {
  const end = text.indexOf('\r\n', at);
  if (end < 0) return undefined;
  const line = text.slice(at + 1, end), next = end + 2;
  switch (text[at]) {
    case '+': return [line, next];
    case '-': return [new Error(line), next];
    case ':': return [Number(line), next];
    case '$': {
      const len = Number(line);
      if (len < 0) return [null, next];
      return text.length < next + len + 2 ? undefined : [text.slice(next, next + len), next + len + 2];
    }
    default: {
      const all = [];
      let from = next;
      for (let i = 0; i < Number(line); i++) {
        const one = parse(text, from);
        if (!one) return undefined;
        all.push(one[0]);
        from = one[1];
      }
      return [Number(line) < 0 ? null : all, from];
    }
  }
}

export class Redis {
  constructor(socket) {
    this.waiting = [];
    this.text = '';
    this.peer = net.connect(socket);
    this.peer.setEncoding('latin1');
    this.peer.on('data', data => this.take(data));
    this.peer.on('close', () => this.waiting.forEach(w => w.reject(new Error('closed'))));
    this.peer.on('error', () => {});
  }

  take(data) {
    this.text += data;
    for (let got; this.waiting.length && (got = parse(this.text, 0));) {
      this.text = this.text.slice(got[1]);
      const { resolve, reject } = this.waiting.shift();
      if (got[0] instanceof Error) reject(got[0]);
      else resolve(got[0]);
    }
  }

  ask(...words) {
    const text = words.map(String).map(w => `$${w.length}\r\n${w}\r\n`).join('');
    this.peer.write(`*${words.length}\r\n${text}`, 'latin1');
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  close() {
    this.peer.destroy();
  }
}

/*
 * Who may write into Redis and tells diallers lies: takes jobs as another
 * reader of the carrier's stream and does to each what is next in turn.
 */
export class JobLiar {
  static NUMBER = '19005550199';
  static lies = [
    (l, job) => l.put(JobLiar.redirected(job)),
    (l, job) => l.put(JobLiar.redirected(job.slice(40))), // with no seal
    (l, job) => l.put(job.slice(0, 39)),
    async (l, job) => { await l.put(job); await l.put(job); },
    () => {}, // lost
    (l, job) => l.late.push(job),
    (l, job) => l.redis.ask('XADD', l.stream, '*', 'b', job, 'c', job),
    (l, job) => l.put(job + 'x'),
  ];

  static redirected(job) {
    return job.replace(/\t44\d{10}\t/, `\t${JobLiar.NUMBER}\t`);
  }

  constructor(socket, stream) {
    Object.assign(this, { redis: new Redis(socket), stream, taken: 0, late: [], going: true });
    this.ended = this.run();
  }

  put(job) {
    return this.redis.ask('XADD', this.stream, '*', 'b', job);
  }

  async run() {
    while (this.going) {
      const got = await this.redis.ask('XREADGROUP', 'GROUP', 'dialler', 'liar', 'COUNT', 1, 'BLOCK', 50,
        'STREAMS', this.stream, '>').catch(() => null); // no group yet
      const job = got?.[0][1][0]?.[1]?.[1];
      if (job) await JobLiar.lies[this.taken++ % JobLiar.lies.length](this, job);
    }
    for (const job of this.late) await this.put(job);
    this.redis.close();
  }

  stop() {
    this.going = false;
    return this.ended;
  }
}
