#include "carrier/sim/link.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

#define FIRST_PAUSE_US (50 * US_PER_MS)
#define LONGEST_PAUSE_US (2 * US_PER_S)
#define PING_US (5 * US_PER_S)
#define DEAD_US (15 * US_PER_S)

int
link_open(struct link *l, const char *path, const char *node, const char *site)
{
	memset(l, 0, sizeof(*l));
	l->fd = -1;
	l->out = (struct outgoing)OUTGOING_INIT;
	l->pause_us = FIRST_PAUSE_US;
	l->dice = (uint64_t)getpid();
	l->address.sun_family = AF_UNIX;
	snprintf(l->address.sun_path, sizeof(l->address.sun_path), "%s", path);
	snprintf(l->node, sizeof(l->node), "%s", node);
	snprintf(l->site, sizeof(l->site), "%s", site);
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	return l->epoll < 0 ? -1 : 0;
}

void
link_close(struct link *l)
{
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

bool
link_connect(struct link *l, int64_t now)
{
	const struct sockaddr *to = (const struct sockaddr *)&l->address;

	if (l->state != LINK_DOWN || now < l->retry_at)
		return false;
	l->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (l->fd < 0 || connect(l->fd, to, sizeof(l->address)) ||
	    watch(l, EPOLL_CTL_ADD, false)) {
		link_drop(l, strerror(errno), now);
		return false;
	}
	l->state = LINK_GREETING;
	l->heard_at = l->pinged_at = now;
	link_say(l, "HELLO\t%s\t%s\t" SIM_VERSION "\n", l->node, l->site);
	if (link_flush(l)) {
		link_drop(l, "cannot write", now);
		return false;
	}
	return true;
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
	if (l->fd >= 0)
		close(l->fd);
	if (l->state != LINK_DOWN)
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
	if (l->pause_us > LONGEST_PAUSE_US)
		l->pause_us = LONGEST_PAUSE_US;
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

int
link_watch(struct link *l, int64_t now)
{
	if (l->state == LINK_DOWN)
		return 0;
	if (now - l->heard_at >= DEAD_US)
		return -1;
	if (l->state == LINK_UP && now - l->heard_at >= PING_US &&
	    now - l->pinged_at >= PING_US) {
		l->pinged_at = now;
		link_say(l, "PING\t%" PRId64 "\n", now);
	}
	return 0;
}

int64_t
link_deadline(const struct link *l)
{
	int64_t quiet_since =
		l->heard_at > l->pinged_at ? l->heard_at : l->pinged_at;

	switch (l->state) {
	case LINK_DOWN:
		return l->retry_at;
	case LINK_GREETING:
		return l->heard_at + DEAD_US;
	default:
		return quiet_since + PING_US;
	}
}
