/*
 * serve.h - one worker process: threads that answer requests from a FastCGI
 * socket.
 *
 * A libfcgi thread by itself would wait on one kept-alive connection while
 * others starve.  Here a thread waits with epoll for any connection that is
 * readable, and hands it to libfcgi for one request.  Threads share the socket,
 * the epoll set and the search index; each has its own connections to MariaDB
 * and Redis, and its own memory.
 */
#ifndef WEB_SERVER_SERVE_H
#define WEB_SERVER_SERVE_H

struct config;

struct pool {
	const char *name; /* in the log */
	int listener;	  /* listening, not blocking */
	unsigned threads;
	const struct config *config;
};

/*
 * Serves until SIGTERM, then finishes the requests in flight, for at most
 * DRAIN_S.  Returns the exit code.  The caller has loaded the templates and
 * blocked SIGTERM.
 */
int serve(const struct pool *pool);

#define DRAIN_S 10

#endif
