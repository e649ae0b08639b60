/*
 * serve.h - one worker process: threads that answer requests from a FastCGI
 * socket.
 *
 * libfcgi alone waits on one kept connection and so starves its pool; here a
 * thread waits with epoll for a connection that has something to say, and
 * lends it to libfcgi for one request.  Threads share the socket and the
 * epoll set; each has its own connections to MariaDB and Redis, its own
 * memory, and nothing else.
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
 * Serves until SIGTERM, then finishes what is in flight, at most DRAIN_S.
 * Returns the exit code.  The templates are loaded and SIGTERM is blocked.
 */
int serve(const struct pool *pool);

#define DRAIN_S 10

#endif
