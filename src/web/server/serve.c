#include "web/server/serve.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "app/config.h"
#include "app/installation.h"
#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/zone_cache.h"
#include "listing/index.h"
#include "store/db.h"
#include "store/redis.h"
#include "web/server/fcgi_write.h"
#include "web/server/page_cache.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"

#define WAKE_MS 200		    /* within which a thread sees the stop */
#define LINGER_US (500 * US_PER_MS) /* for open connections, after SIGTERM */
#define STACK_BYTES ((size_t)1 << 20)
#define SOCKET_WAIT_S 10  /* timeout of a read or a write */
#define WEB_LOCK_WAIT_S 5 /* so Stop outwaits a frozen planner */
#define CACHE_PLACES 12	  /* entries in a thread's page cache */
#define CACHE_LARGEST ((size_t)300 << 10)
#define DRAIN_BODY_MAX 65536 /* read and dropped to keep the connection */

struct worker {
	const struct pool *pool;
	struct search_index *index;
	int epoll;
	atomic_llong stop_at; /* when threads leave; 0: no SIGTERM yet */
};

struct thread {
	struct worker *worker;
	pthread_t id;
	FCGX_Request fcgi;
	struct request q;
	struct reply r;
	struct db *db;
	struct redis *redis;
	struct installation installation;
	struct arena *arena;
	struct buf scratch;
	struct zones *zones;
	struct page_cache *page_cache;
};

static size_t
read_body(void *stream, char *to, size_t len)
{
	int want = len > 65536 ? 65536 : (int)len;
	int got = FCGX_GetStr(to, want, stream);

	return got > 0 ? (size_t)got : 0;
}

/* The id is the start of the one in Nginx's log; without that it is random. */
static void
name_request(struct request *q)
{
	const char *given = request_env(q, "REQUEST_ID");
	size_t len = REQUEST_ID_LEN - 1;

	if (given && strspn(given, "0123456789abcdef") >= len)
		snprintf(q->id, sizeof(q->id), "%s", given);
	else
		text_short_id(secret_random_bits(50), q->id);
}

static void
begin_request(struct thread *t)
{
	struct request *q = &t->q;

	memset(q, 0, sizeof(*q));
	q->db = t->db;
	q->redis = t->redis;
	q->installation = &t->installation;
	q->arena = t->arena;
	q->scratch = &t->scratch;
	q->zones = t->zones;
	q->page_cache = t->page_cache;
	q->index = t->worker->index;
	q->config = t->worker->pool->config;
	q->envp = t->fcgi.envp;
	q->read = read_body;
	q->stream = t->fcgi.in;
	q->now = clock_wall_us();
	name_request(q);
	log_scope(arena_printf(t->arena, "req=%s", q->id));
}

/*
 * Unread input, even the record that ends the request, would come before the
 * next request on this connection.  A little is read and dropped; with more the
 * connection is closed.
 */
static void
drop_rest(struct thread *t)
{
	char trash[4096];
	int n;

	for (size_t got = 0; got <= DRAIN_BODY_MAX; got += (size_t)n) {
		n = FCGX_GetStr(trash, sizeof(trash), t->fcgi.in);
		if (n <= 0)
			return;
	}
	t->fcgi.keepConnection = 0;
}

static int
send_piece(void *thread, const char *p, size_t len)
{
	const struct thread *t = thread;
	struct bytes piece = { .data = p, .len = len };

	return fcgi_write_part(t->fcgi.ipcFd, t->fcgi.requestId, &piece, 1)
		       ? 0
		       : -1;
}

/* A failed stream gets no end record, so that Nginx sees it was cut off. */
static bool
send_stream(struct thread *t)
{
	struct fault f = { .code = FAULT_NONE };
	int got = t->r.stream(t->r.stream_arg, send_piece, t, &f);

	if (got < 0)
		log_fault("An answer was cut off", &f);
	return got == 0 && fcgi_write_end(t->fcgi.ipcFd, t->fcgi.requestId);
}

/* False when the connection must not be kept. */
static bool
send_reply(struct thread *t)
{
	struct bytes piece[REPLY_PIECES];
	size_t count = reply_finish(&t->r, piece);
	int fd = t->fcgi.ipcFd, id = t->fcgi.requestId;
	bool sent;

	drop_rest(t);
	if (!t->r.stream || t->q.head)
		sent = fcgi_write_reply(fd, id, piece, count);
	else
		sent = fcgi_write_part(fd, id, piece, count) && send_stream(t);
	return sent && t->fcgi.keepConnection;
}

static bool
is_stopping(const struct thread *t)
{
	return atomic_load(&t->worker->stop_at) != 0;
}

/*
 * Answers one request on a connection that is ready; true while the connection
 * is open.  At the end of a connection libfcgi closes it and fails, as it has
 * no socket to accept another from.
 */
static bool
answer(struct thread *t, int fd)
{
	bool keep;

	t->fcgi.ipcFd = fd;
	t->fcgi.keepConnection = 1; /* else it is closed unread */
	if (FCGX_Accept_r(&t->fcgi) != 0) {
		t->fcgi.ipcFd = -1;
		return false;
	}
	begin_request(t);
	reply_begin(&t->r, &t->q);
	route_dispatch(&t->q, &t->r);
	keep = send_reply(t) && !is_stopping(t);
	reply_sent(&t->r);
	FCGX_Free(&t->fcgi, !keep);
	t->fcgi.ipcFd = -1;
	log_scope(NULL);
	arena_reset(t->arena);
	buf_clear(&t->scratch);
	return keep;
}

static int
accept_one(const struct worker *w)
{
	struct timeval wait = { .tv_sec = SOCKET_WAIT_S };
	int fd = accept4(w->pool->listener, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	return fd;
}

/*
 * A new connection goes into the epoll set and is answered when its request has
 * arrived, so no thread waits for one client.
 */
static void
take_event(struct thread *t, int fd)
{
	struct epoll_event e = { .events = EPOLLIN | EPOLLONESHOT };
	int how = EPOLL_CTL_MOD;

	if (fd == t->worker->pool->listener) {
		fd = accept_one(t->worker);
		if (fd < 0)
			return;
		how = EPOLL_CTL_ADD;
	} else if (!answer(t, fd)) {
		return;
	}
	e.data.fd = fd;
	if (epoll_ctl(t->worker->epoll, how, fd, &e))
		close(fd);
}

static bool
is_done(const struct thread *t)
{
	long long stop_at = atomic_load(&t->worker->stop_at);

	return stop_at != 0 && clock_boot_us() >= stop_at;
}

static void *
thread_main(void *arg)
{
	struct thread *t = arg;
	struct epoll_event e;

	while (!is_done(t)) {
		if (epoll_wait(t->worker->epoll, &e, 1, WAKE_MS) == 1)
			take_event(t, e.data.fd);
	}
	return NULL;
}

static void
thread_open(struct thread *t, struct worker *w)
{
	const struct config *c = w->pool->config;
	struct db_conf db = config_db(c, WEB_LOCK_WAIT_S);
	struct redis_conf redis = config_redis(c);

	t->worker = w;
	t->arena = arena_new();
	t->scratch = (struct buf)BUF_INIT;
	t->zones = zones_new();
	t->page_cache = page_cache_new(CACHE_PLACES, CACHE_LARGEST);
	t->db = db_new(&db, stmt_table, STMT_COUNT);
	t->redis = redis_new(&redis);
	FCGX_InitRequest(&t->fcgi, -1, 0);
	t->fcgi.ipcFd = -1;
}

static void
thread_close(struct thread *t)
{
	reply_free(&t->r);
	buf_free(&t->scratch);
	zones_free(t->zones);
	page_cache_free(t->page_cache);
	redis_free(t->redis);
	db_free(t->db);
	arena_free(t->arena);
}

static void
start(struct thread *threads, struct worker *w)
{
	pthread_attr_t attr;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	for (unsigned i = 0; i < w->pool->threads; i++) {
		thread_open(&threads[i], w);
		errno = pthread_create(&threads[i].id, &attr, thread_main,
				       &threads[i]);
		if (errno) {
			log_error("A thread cannot be started: %s",
				  strerror(errno));
			exit(1);
		}
	}
	pthread_attr_destroy(&attr);
}

static int
join(struct thread *threads, const struct worker *w)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += DRAIN_S;
	for (unsigned i = 0; i < w->pool->threads; i++) {
		if (pthread_timedjoin_np(threads[i].id, NULL, &until)) {
			log_warn("Requests were still in flight after %d s.",
				 DRAIN_S);
			return -1;
		}
		thread_close(&threads[i]);
	}
	return 0;
}

static void
await_term(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	while (sigwaitinfo(&set, NULL) != SIGTERM)
		;
}

int
serve(const struct pool *pool)
{
	struct worker w = { .pool = pool };
	struct db_conf db = config_db(pool->config, WEB_LOCK_WAIT_S);
	struct epoll_event e = { .events = EPOLLIN | EPOLLEXCLUSIVE };
	struct thread *threads = xcalloc(pool->threads, sizeof(*threads));

	w.epoll = epoll_create1(EPOLL_CLOEXEC);
	e.data.fd = pool->listener;
	if (FCGX_Init() || w.epoll < 0 ||
	    epoll_ctl(w.epoll, EPOLL_CTL_ADD, pool->listener, &e)) {
		log_error("The %s pool cannot serve: %s", pool->name,
			  strerror(errno));
		return 1;
	}
	signal(SIGPIPE, SIG_IGN);
	w.index = search_index_new(pool->config->search_dir, &db);
	start(threads, &w);
	await_term();
	/* New connections are for the next generation. */
	epoll_ctl(w.epoll, EPOLL_CTL_DEL, pool->listener, NULL);
	atomic_store(&w.stop_at, clock_boot_us() + LINGER_US);
	if (join(threads, &w))
		_exit(0);
	search_index_free(w.index);
	close(w.epoll);
	free(threads);
	return 0;
}
