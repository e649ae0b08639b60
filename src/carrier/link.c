#include "carrier/link.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"

#define FIRST_PAUSE_US (50 * US_PER_MS)
#define LONGEST_PAUSE_US (2 * US_PER_S)
#define PING_US (5 * US_PER_S)
#define DEAD_US (15 * US_PER_S)
#define LOOKUP_US (10 * US_PER_MS) /* between two looks at its answer */

/* An address in numbers need not be looked up. */
static void
read_numbers(struct link *l)
{
	struct sockaddr_in *four = (struct sockaddr_in *)&l->address;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)&l->address;
	int64_t port = 0;

	text_int(l->host.port, &port);
	if (inet_pton(AF_INET, l->host.host, &four->sin_addr) == 1) {
		four->sin_family = AF_INET;
		four->sin_port = htons((uint16_t)port);
		l->address_len = sizeof(*four);
		l->numeric = true;
	} else if (inet_pton(AF_INET6, l->host.host, &six->sin6_addr) == 1) {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons((uint16_t)port);
		l->address_len = sizeof(*six);
		l->numeric = true;
	}
}

int
link_open(struct link *l, const char *path, const struct host_port *host)
{
	struct sockaddr_un *un = (struct sockaddr_un *)&l->address;

	memset(l, 0, sizeof(*l));
	l->fd = -1;
	l->out = (struct outgoing)OUTGOING_INIT;
	l->pause_us = FIRST_PAUSE_US;
	l->longest_pause_us = LONGEST_PAUSE_US;
	l->ping_us = PING_US;
	l->dead_us = DEAD_US;
	l->dice = (uint64_t)getpid();
	if (host) {
		l->host = *host;
		read_numbers(l);
	} else {
		un->sun_family = AF_UNIX;
		snprintf(un->sun_path, sizeof(un->sun_path), "%s", path);
		l->address_len = sizeof(*un);
	}
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	return l->epoll < 0 ? -1 : 0;
}

/* A look-up that cannot be cancelled goes on, and its memory with it. */
static void
end_lookup(struct link *l)
{
	int rc = l->lookup ? gai_cancel(l->lookup) : EAI_NOTCANCELED;

	if (rc == EAI_CANCELED || rc == EAI_ALLDONE) {
		if (l->lookup->ar_result)
			freeaddrinfo(l->lookup->ar_result);
		free(l->lookup);
	}
	l->lookup = NULL;
}

void
link_close(struct link *l)
{
	end_lookup(l);
	if (l->fd >= 0)
		close(l->fd);
	close(l->epoll);
	outgoing_free(&l->out);
}

static int
watch(struct link *l, int op, bool room)
{
	struct epoll_event ev = { .events = EPOLLIN |
					    (room ? (uint32_t)EPOLLOUT : 0) };

	l->wants_room = room;
	return epoll_ctl(l->epoll, op, l->fd, &ev);
}

static void
begin_lookup(struct link *l)
{
	/* Kept with the request, because glibc reads it from another thread. */
	struct lookup {
		struct gaicb request;
		struct addrinfo hints;
		struct host_port host;
	} *one = xcalloc(1, sizeof(*one));

	one->host = l->host;
	one->hints.ai_socktype = SOCK_STREAM;
	one->hints.ai_flags = AI_NUMERICSERV;
	one->request.ar_name = one->host.host;
	one->request.ar_service = one->host.port;
	one->request.ar_request = &one->hints;
	l->lookup = &one->request;
	l->state = LINK_RESOLVING;
	if (getaddrinfo_a(GAI_NOWAIT, &l->lookup, 1, NULL)) {
		free(one);
		l->lookup = NULL;
	}
}

/* 1: the address is known, 0: not yet, -1: there is none. */
static int
look_up(struct link *l)
{
	const struct addrinfo *found;
	int rc = l->lookup ? gai_error(l->lookup) : EAI_AGAIN;

	if (rc == EAI_INPROGRESS)
		return 0;
	if (rc == 0) {
		found = l->lookup->ar_result;
		memcpy(&l->address, found->ai_addr, found->ai_addrlen);
		l->address_len = found->ai_addrlen;
	}
	end_lookup(l);
	return rc ? -1 : 1;
}

static bool
connected(struct link *l, int64_t now)
{
	l->state = LINK_GREETING;
	l->heard_at = l->pinged_at = now;
	return true;
}

static bool
begin_connect(struct link *l, int64_t now)
{
	const struct sockaddr *to = (const struct sockaddr *)&l->address;
	int one = 1, rc;

	l->fd = socket(to->sa_family,
		       SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (l->fd < 0) {
		link_drop(l, strerror(errno), now);
		return false;
	}
	if (*l->host.port)
		setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	rc = connect(l->fd, to, l->address_len);
	if ((rc && errno != EINPROGRESS) ||
	    watch(l, EPOLL_CTL_ADD, rc != 0)) {
		link_drop(l, strerror(errno), now);
		return false;
	}
	if (rc == 0)
		return connected(l, now);
	l->state = LINK_CONNECTING;
	l->heard_at = now;
	return false;
}

static bool
end_connect(struct link *l, int64_t now)
{
	struct sockaddr_storage peer;
	socklen_t len = sizeof(int), size = sizeof(peer);
	int error = 0;

	getsockopt(l->fd, SOL_SOCKET, SO_ERROR, &error, &len);
	if (error) {
		link_drop(l, strerror(error), now);
		return false;
	}
	if (getpeername(l->fd, (struct sockaddr *)&peer, &size))
		return false;
	if (watch(l, EPOLL_CTL_MOD, false)) {
		link_drop(l, strerror(errno), now);
		return false;
	}
	return connected(l, now);
}

bool
link_connect(struct link *l, int64_t now)
{
	int found;

	if (l->state == LINK_CONNECTING)
		return end_connect(l, now);
	if (l->state == LINK_DOWN && now >= l->retry_at && *l->host.port &&
	    !l->numeric)
		begin_lookup(l);
	else if (l->state == LINK_DOWN && now >= l->retry_at)
		return begin_connect(l, now);
	if (l->state != LINK_RESOLVING)
		return false;
	found = look_up(l);
	if (found < 0)
		link_drop(l, "the host is not known", now);
	else if (found == 0)
		l->retry_at = now + LOOKUP_US;
	return found > 0 && begin_connect(l, now);
}

void
link_up(struct link *l)
{
	l->state = LINK_UP;
	l->pause_us = FIRST_PAUSE_US;
}

static uint64_t
roll(struct link *l)
{
	l->dice = l->dice * 6364136223846793005ULL + 1442695040888963407ULL;
	return l->dice >> 33;
}

void
link_drop(struct link *l, const char *why, int64_t now)
{
	end_lookup(l);
	if (l->fd >= 0)
		close(l->fd);
	if (l->state >= LINK_GREETING)
		l->reconnects++;
	l->fd = -1;
	l->state = LINK_DOWN;
	l->in.at = l->in.len = 0;
	l->in.skipping = false;
	outgoing_clear(&l->out);
	snprintf(l->error, sizeof(l->error), "%s", why);
	l->retry_at = now + l->pause_us / 2 +
		      (int64_t)(roll(l) % (uint64_t)l->pause_us);
	l->pause_us *= 2;
	if (l->pause_us > l->longest_pause_us)
		l->pause_us = l->longest_pause_us;
}

void
link_say(struct link *l, const char *fmt, ...)
{
	char line[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	assert(n > 0 && (size_t)n < sizeof(line)); /* ids and names only */
	buf_add(&l->out.buf, line, (size_t)n);
}

int
link_flush(struct link *l)
{
	bool room;

	if (l->state < LINK_GREETING)
		return 0;
	if (outgoing_flush(&l->out, l->fd))
		return -1;
	room = outgoing_left(&l->out) > 0;
	return room == l->wants_room ? 0 : watch(l, EPOLL_CTL_MOD, room);
}

long
link_write(struct link *l, const char *p, size_t len)
{
	ssize_t put;

	do {
		put = send(l->fd, p, len, MSG_NOSIGNAL | MSG_DONTWAIT);
	} while (put < 0 && errno == EINTR);
	if (put < 0)
		return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1;
	return put;
}

enum link_health
link_watch(struct link *l, int64_t now)
{
	if (l->state < LINK_CONNECTING)
		return LINK_WELL;
	if (now - l->heard_at >= l->dead_us)
		return LINK_SILENT;
	if (l->state != LINK_UP || now - l->heard_at < l->ping_us ||
	    now - l->pinged_at < l->ping_us)
		return LINK_WELL;
	l->pinged_at = now;
	return LINK_PING;
}

int64_t
link_deadline(const struct link *l)
{
	int64_t quiet_since =
		l->heard_at > l->pinged_at ? l->heard_at : l->pinged_at;

	switch (l->state) {
	case LINK_DOWN:
	case LINK_RESOLVING:
		return l->retry_at;
	case LINK_CONNECTING:
	case LINK_GREETING:
		return l->heard_at + l->dead_us;
	default:
		return quiet_since + l->ping_us;
	}
}
