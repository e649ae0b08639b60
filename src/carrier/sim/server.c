#include "carrier/sim/server.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "carrier/lines.h"
#include "carrier/sim/wire.h"

#define MAX_PEERS 64
#define READS_A_TURN 4
#define MAX_UNREAD (16 << 20) /* bytes a node may leave unread */

struct peer {
	unsigned handle; /* slot, and which peer of that slot */
	int fd;
	char node[SIM_NAME_MAX + 1]; /* "" until it said HELLO */
	uint32_t site;
	bool wants_room, leaving;
	struct lines in;
	struct outgoing out;
};

struct server {
	int listener, epoll, signals;
	struct sockaddr_un address;
	char boot[17];
	struct peer *peers[MAX_PEERS];
	unsigned generation;
	struct exchange *exchange;
	int64_t wall, now;
	bool bound, stopping;
};

static int
fail(struct fault *f, const struct server *s, const char *what)
{
	int error = errno;

	fault_set(f, FAULT_BROKEN, "The socket %s cannot be served.",
		  s->address.sun_path);
	return fault_cause(f, "%s: %s", what, strerror(error));
}

/* True when another process answers on the socket. */
static bool
is_served(const struct sockaddr_un *un)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool served =
		connect(fd, (const struct sockaddr *)un, sizeof(*un)) == 0;

	close(fd);
	return served;
}

static int
listen_on(struct server *s, struct fault *f)
{
	const struct sockaddr *sa = (const struct sockaddr *)&s->address;

	if (is_served(&s->address))
		return fault_set(f, FAULT_CONFLICT,
				 "Another process serves the socket %s.",
				 s->address.sun_path);
	unlink(s->address.sun_path);
	s->listener =
		socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (bind(s->listener, sa, sizeof(s->address)))
		return fail(f, s, "bind");
	s->bound = true;
	if (listen(s->listener, MAX_PEERS))
		return fail(f, s, "listen");
	return 0;
}

static int
watch(struct server *s, int op, int fd, uint32_t events, unsigned handle)
{
	struct epoll_event ev = { .events = events, .data.u32 = handle };

	return epoll_ctl(s->epoll, op, fd, &ev);
}

static int
catch_signals(struct server *s, struct fault *f)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	s->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (s->signals < 0 || s->epoll < 0)
		return fail(f, s, "epoll");
	return 0;
}

/* Handles of the two descriptors that are not peers; those of peers are
 * greater. */
enum { HANDLE_LISTENER = 1, HANDLE_SIGNALS = 2 };

int
server_open(struct server **out, const char *path, struct fault *f)
{
	struct server *s = xcalloc(1, sizeof(*s));

	s->listener = s->epoll = s->signals = -1;
	s->address.sun_family = AF_UNIX;
	if (strlen(path) >= sizeof(s->address.sun_path)) {
		server_close(s);
		return fault_field(f, "socket",
				   "The path of a socket has at most %zu "
				   "bytes.",
				   sizeof(s->address.sun_path) - 1);
	}
	memcpy(s->address.sun_path, path, strlen(path) + 1);
	snprintf(s->boot, sizeof(s->boot), "%016" PRIx64,
		 secret_random_bits(64));
	if (listen_on(s, f) || catch_signals(s, f)) {
		server_close(s);
		return -1;
	}
	if (watch(s, EPOLL_CTL_ADD, s->listener, EPOLLIN, HANDLE_LISTENER) ||
	    watch(s, EPOLL_CTL_ADD, s->signals, EPOLLIN, HANDLE_SIGNALS)) {
		fail(f, s, "epoll_ctl");
		server_close(s);
		return -1;
	}
	*out = s;
	return 0;
}

static struct peer *
peer_of(const struct server *s, unsigned handle)
{
	struct peer *p = s->peers[handle % MAX_PEERS];

	return p && p->handle == handle ? p : NULL;
}

static void
peer_say(struct peer *p, const char *line)
{
	buf_str(&p->out.buf, line);
}

static void
say_to_owner(void *arg, unsigned owner, const char *line)
{
	struct peer *p = peer_of(arg, owner);

	if (p)
		peer_say(p, line);
}

static void
peer_close(struct server *s, struct peer *p)
{
	s->peers[p->handle % MAX_PEERS] = NULL;
	close(p->fd);
	outgoing_free(&p->out);
	free(p);
}

static void
take_peer(struct server *s)
{
	int fd = accept4(s->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	unsigned slot = 0;
	struct peer *p;

	if (fd < 0)
		return;
	while (slot < MAX_PEERS && s->peers[slot])
		slot++;
	if (slot == MAX_PEERS) {
		close(fd);
		return;
	}
	p = xcalloc(1, sizeof(*p));
	p->fd = fd;
	p->out = (struct outgoing)OUTGOING_INIT;
	/* Generations begin at 1, so no peer has a handle below MAX_PEERS. */
	s->generation = s->generation % (UINT32_MAX / MAX_PEERS - 1) + 1;
	p->handle = s->generation * MAX_PEERS + slot;
	s->peers[slot] = p;
	if (watch(s, EPOLL_CTL_ADD, fd, EPOLLIN, p->handle))
		peer_close(s, p);
}

static void
on_hello(struct server *s, struct peer *p, char **words)
{
	char line[64];

	if (strcmp(words[3], SIM_VERSION) != 0 || !*words[1] ||
	    strlen(words[1]) > SIM_NAME_MAX) {
		peer_say(p, "ERROR\tbad name or version\n");
		p->leaving = true;
		return;
	}
	snprintf(p->node, sizeof(p->node), "%s", words[1]);
	p->site = 2166136261u;
	for (const char *c = words[2]; *c; c++)
		p->site = (p->site ^ (unsigned char)*c) * 16777619u;
	snprintf(line, sizeof(line), "BOOT\t%s\n", s->boot);
	peer_say(p, line);
}

static void
on_place(struct server *s, struct peer *p, char **words)
{
	struct exchange_order o = { .id = words[1],
				    .number = words[2],
				    .owner = p->handle,
				    .site = p->site,
				    .seated = *words[8] == '1' };
	int64_t not_after, wall;

	if (text_int(words[5], &o.ring_ms) || text_int(words[6], &o.max_ms) ||
	    text_int(words[7], &not_after) || o.ring_ms < 1 ||
	    o.ring_ms > 3600 * 1000 || o.max_ms < 1 ||
	    o.max_ms > 86400 * 1000) {
		peer_say(p, "ERROR\tbad time\n");
		return;
	}
	/*
	 * Whether a call is late is decided by the time at which it was read.
	 * The log gets a time read before that, so that no call in it looks
	 * late.
	 */
	wall = clock_wall_us();
	o.late = clock_boot_us() > not_after;
	exchange_place(s->exchange, &o, wall, s->now);
}

static void
on_join(struct server *s, struct peer *p, char **words)
{
	exchange_join(s->exchange, words[1], p->handle, s->now);
}

static void
on_cancel(struct server *s, struct peer *p, char **words)
{
	exchange_end(s->exchange, words[1], p->handle, true, -1, s->wall,
		     s->now);
}

static void
on_hangup(struct server *s, struct peer *p, char **words)
{
	int64_t q850;

	if (text_int(words[2], &q850) || q850 < -1 || q850 > 127)
		q850 = -1;
	exchange_end(s->exchange, words[1], p->handle, false, (int)q850,
		     s->wall, s->now);
}

static void
on_query(struct server *s, struct peer *p, char **words)
{
	exchange_query(s->exchange, words[1], p->handle, s->now);
}

static void
on_list(struct server *s, struct peer *p, char **words)
{
	(void)words;
	exchange_list(s->exchange, p->site, p->handle, s->now);
}

static void
on_ping(struct server *s, struct peer *p, char **words)
{
	char line[64];

	(void)s;
	snprintf(line, sizeof(line), "PONG\t%.32s\n", words[1]);
	peer_say(p, line);
}

/* clang-format off */
static const struct {
	const char *verb;
	size_t words;
	void (*run)(struct server *s, struct peer *p, char **words);
} commands[] = {
	{ "HELLO",  4, on_hello },
	{ "PLACE",  10, on_place },
	{ "JOIN",   2, on_join },
	{ "CANCEL", 2, on_cancel },
	{ "HANGUP", 3, on_hangup },
	{ "QUERY",  2, on_query },
	{ "LIST",   1, on_list },
	{ "PING",   2, on_ping },
};
/* clang-format on */

static void
command(struct server *s, struct peer *p, char *line)
{
	char *words[SIM_MAX_WORDS];
	size_t n = line_split(line, words, SIM_MAX_WORDS);

	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		if (strcmp(commands[i].verb, words[0]) != 0 ||
		    commands[i].words != n)
			continue;
		/* A peer must say HELLO first. */
		if (!*p->node && commands[i].run != on_hello)
			break;
		commands[i].run(s, p, words);
		return;
	}
	peer_say(p, "ERROR\tnot understood\n");
}

/* Also handles lines that were written before the connection ended. */
static void
hear(struct server *s, struct peer *p)
{
	for (int turn = 0; turn < READS_A_TURN && !p->leaving; turn++) {
		enum lines_read got = lines_read(&p->in, p->fd);
		char *line;

		while (!p->leaving && (line = lines_next(&p->in)))
			command(s, p, line);
		if (got == LINES_CLOSED) {
			peer_close(s, p);
			return;
		}
		if (got == LINES_AGAIN)
			return;
	}
}

static void
flush(struct server *s, struct peer *p)
{
	bool room;

	if (outgoing_flush(&p->out, p->fd) ||
	    outgoing_left(&p->out) > MAX_UNREAD ||
	    (p->leaving && !outgoing_left(&p->out))) {
		peer_close(s, p);
		return;
	}
	room = outgoing_left(&p->out) > 0;
	if (room == p->wants_room)
		return;
	p->wants_room = room;
	watch(s, EPOLL_CTL_MOD, p->fd,
	      EPOLLIN | (room ? (uint32_t)EPOLLOUT : 0), p->handle);
}

static void
take_turn(struct server *s, const struct epoll_event *events, int n)
{
	for (int i = 0; i < n; i++) {
		unsigned handle = events[i].data.u32;
		struct peer *p;

		if (handle == HANDLE_LISTENER) {
			take_peer(s);
		} else if (handle == HANDLE_SIGNALS) {
			s->stopping = true;
		} else {
			p = peer_of(s, handle);
			if (p && events[i].events & ~(uint32_t)EPOLLOUT)
				hear(s, p);
		}
	}
}

/* Rounded up, so that waking is never a little too early. */
static int
wait_ms(int64_t at)
{
	int64_t ms = (at - clock_boot_us() + US_PER_MS - 1) / US_PER_MS;

	if (at < 0 || ms > 60000)
		return at < 0 ? -1 : 60000;
	return ms < 0 ? 0 : (int)ms;
}

int
server_run(struct server *s, struct exchange_conf *conf, struct fault *f)
{
	struct epoll_event events[64];
	int64_t at = -1;

	conf->say = say_to_owner;
	conf->arg = s;
	s->exchange = exchange_new(conf);
	while (!s->stopping) {
		int n = epoll_wait(s->epoll, events, ARRAY_LEN(events),
				   wait_ms(at));

		if (n < 0 && errno != EINTR)
			return fail(f, s, "epoll_wait");
		s->now = clock_boot_us();
		s->wall = clock_wall_us();
		take_turn(s, events, n);
		at = exchange_run(s->exchange, s->wall, s->now);
		for (unsigned i = 0; i < MAX_PEERS; i++) {
			if (s->peers[i])
				flush(s, s->peers[i]);
		}
	}
	log_info("Stopping with %zu calls in progress.",
		 exchange_calls(s->exchange));
	return 0;
}

void
server_close(struct server *s)
{
	for (unsigned i = 0; i < MAX_PEERS; i++) {
		if (s->peers[i])
			peer_close(s, s->peers[i]);
	}
	if (s->exchange)
		exchange_free(s->exchange);
	if (s->bound)
		unlink(s->address.sun_path);
	if (s->listener >= 0)
		close(s->listener);
	if (s->epoll >= 0)
		close(s->epoll);
	if (s->signals >= 0)
		close(s->signals);
	free(s);
}
