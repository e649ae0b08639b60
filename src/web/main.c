/*
 * outdial-web - opens the FastCGI sockets and keeps a generation of workers
 * behind them.
 *
 *   SIGHUP   a new generation loads configuration and templates; when it is
 *            ready the old one drains.  If it cannot load, the old one stays.
 *            The sockets' paths are not read again.
 *   SIGTERM  finishes the requests in flight and exits.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/secret.h"
#include "web/api/api.h"
#include "web/api/api_doc.h"
#include "web/pages/pages.h"
#include "web/server/route.h"
#include "web/server/worker_generation.h"

#define BACKLOG 4096 /* when it is full, Nginx gets an error at once */
#define RETRY_US (1 * US_PER_S)

struct parent {
	const char *config;
	struct listeners listeners;
	pid_t serving;	  /* 0: none */
	int64_t retry_at; /* when serving is 0 */
};

/*
 * Listens at the path.  The rename replaces an earlier socket without a gap in
 * which nothing listens there.
 */
static int
listen_at(const char *path, struct fault *f)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int len = snprintf(at.sun_path, sizeof(at.sun_path), "%s.%d", path,
			   (int)getpid());

	if (len >= (int)sizeof(at.sun_path))
		return fault_set(f, FAULT_INVALID,
				 "The path of the socket %s is too long.",
				 path);
	unlink(at.sun_path);
	if (fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0 &&
	    chmod(at.sun_path, 0660) == 0 && listen(fd, BACKLOG) == 0 &&
	    rename(at.sun_path, path) == 0)
		return fd;
	fault_set(f, FAULT_BROKEN, "Cannot listen at %s: %s", path,
		  strerror(errno));
	unlink(at.sun_path);
	return -1;
}

static void
be_generation(const struct parent *p, pid_t parent, int ready)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	exit(generation_run(p->config, &p->listeners, pages_load, ready));
}

/* Starts a generation and waits until it has loaded; -1 if it fails. */
static pid_t
start(const struct parent *p)
{
	pid_t self = getpid(), pid;
	int ready[2], status;
	char c;

	if (pipe2(ready, O_CLOEXEC)) {
		log_error("Cannot make a pipe: %s", strerror(errno));
		return -1;
	}
	pid = fork();
	if (pid == 0) {
		close(ready[0]);
		be_generation(p, self, ready[1]);
	}
	close(ready[1]);
	if (pid > 0 && read(ready[0], &c, 1) != 1) {
		waitpid(pid, &status, 0);
		pid = -1;
	}
	close(ready[0]);
	return pid;
}

static void
reload(struct parent *p)
{
	pid_t fresh = start(p);

	if (fresh < 0) {
		log_error("The reload failed; the old workers stay.");
		return;
	}
	if (p->serving)
		kill(p->serving, SIGTERM);
	p->serving = fresh;
	log_info("A new generation of workers is serving.");
}

static void
reap(struct parent *p)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid != p->serving)
			continue;
		log_error("The generation of workers has ended; another is "
			  "started.");
		p->serving = 0;
		p->retry_at = 0;
	}
}

static void
mend(struct parent *p)
{
	pid_t pid;

	if (p->serving || clock_boot_us() < p->retry_at)
		return;
	pid = start(p);
	p->serving = pid > 0 ? pid : 0;
	p->retry_at = clock_boot_us() + RETRY_US;
}

static void
leave(const struct parent *p)
{
	if (p->serving)
		kill(p->serving, SIGTERM);
	while (wait(NULL) > 0 || errno == EINTR)
		;
	log_info("Stopped.");
}

static void
supervise(struct parent *p, const sigset_t *set)
{
	struct timespec second = { .tv_sec = 1 };

	for (;;) {
		switch (sigtimedwait(set, NULL, &second)) {
		case SIGHUP:
			reload(p);
			break;
		case SIGTERM:
		case SIGINT:
			leave(p);
			return;
		default:
			break;
		}
		reap(p);
		mend(p);
	}
}

static void
block_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGCHLD);
	sigprocmask(SIG_BLOCK, set, NULL);
}

/* Uses only the sockets and the log level of the configuration. */
static int
prepare(struct parent *p, struct fault *f)
{
	struct arena *a = arena_new();
	struct config c;
	int failed =
		config_read(p->config, &c, a, f) ||
		(p->listeners.fast = listen_at(c.web_socket, f)) < 0 ||
		(p->listeners.slow = listen_at(c.web_slow_socket, f)) < 0 ||
		(p->listeners.login = listen_at(c.web_login_socket, f)) < 0;

	if (!failed)
		log_open("web", (enum log_level)c.log_level);
	arena_free(a);
	return failed ? -1 : 0;
}

static int
run(const char *path)
{
	struct parent p = { .config = path };
	struct fault f = { .code = FAULT_NONE };
	sigset_t set;

	block_signals(&set);
	if (prepare(&p, &f)) {
		log_cannot_start(&f);
		return 1;
	}
	p.serving = start(&p);
	if (p.serving < 0)
		return 1;
	log_info("Serving.");
	supervise(&p, &set);
	return 0;
}

static void
usage(FILE *out)
{
	fputs("Usage: outdial-web [--config FILE]\n"
	      "       outdial-web --routes\n"
	      "       outdial-web --api\n"
	      "Serves Outdial’s pages and its API to Nginx. Without --config, the file is\n"
	      "$OUTDIAL_CONFIG, else /etc/outdial/outdial.conf.\n",
	      out);
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "routes", no_argument, NULL, 'r' },
		{ "api", no_argument, NULL, 'a' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *config = NULL;
	int c;

	route_add(page_routes);
	route_add(api_routes);
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'r') {
			route_print(stdout);
			return 0;
		}
		if (c == 'a') {
			api_doc_print(stdout);
			return 0;
		}
		if (c == 'h') {
			usage(stdout);
			return 0;
		}
		if (c != 'c') {
			usage(stderr);
			return 2;
		}
		config = optarg;
	}
	log_open("web", LOG_LEVEL_INFO);
	secret_open();
	return run(config);
}
