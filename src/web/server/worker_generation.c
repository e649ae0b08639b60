#include "web/server/worker_generation.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "view/view.h"
#include "web/server/reply.h"
#include "web/server/serve.h"

#define SLOW_THREADS 4
#define LOGIN_THREADS 2 /* one checks a password, one talks to the database */
#define AT_ONCE_US (2 * US_PER_S) /* a worker that dies so soon must pause */
#define PAUSE_MIN_US (100 * US_PER_MS)
#define PAUSE_MAX_US (5 * US_PER_S)
#define DRAIN_US ((DRAIN_S + 2) * US_PER_S)

/* One worker's slot: its process, or when another may be started. */
struct worker_process {
	struct pool pool;
	pid_t pid; /* 0: empty */
	int64_t since, not_before, pause;
};

struct generation {
	int (*load_pages)(struct fault *f);
	struct arena *arena;
	struct config config;
	struct worker_process *places;
	size_t count;
};

/* Loads the configuration and the templates, and makes the upload directory. */
static int
load(struct generation *g, const char *path, struct fault *f)
{
	const char *version;

	if (config_read(path, &g->config, g->arena, f))
		return -1;
	version = g->config.static_version;
	if (view_load(g->config.templates,
		      arena_printf(g->arena, "/static%s%s", *version ? "/" : "",
				   version),
		      f) ||
	    g->load_pages(f))
		return -1;
	log_open("web", (enum log_level)g->config.log_level);
	if (config_make_upload_dir(&g->config, f))
		log_fault("Uploads are not possible", f); /* all else works */
	return 0;
}

static void
lay_out(struct generation *g, const struct listeners *l)
{
	size_t fast = (size_t)g->config.web_processes;

	g->count = fast + 2;
	g->places = arena_array(g->arena, g->count, sizeof(g->places[0]));
	for (size_t i = 0; i < fast; i++)
		g->places[i].pool =
			(struct pool){ "fast", l->fast,
				       (unsigned)g->config.web_threads,
				       &g->config };
	g->places[fast].pool =
		(struct pool){ "slow", l->slow, SLOW_THREADS, &g->config };
	g->places[fast + 1].pool =
		(struct pool){ "login", l->login, LOGIN_THREADS, &g->config };
}

/* The child never returns; it gets SIGTERM when this process ends. */
static void
fill(struct worker_process *p, int64_t now)
{
	pid_t parent = getpid();

	p->pid = fork();
	if (p->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		if (getppid() != parent)
			_exit(0);
		exit(serve(&p->pool));
	}
	if (p->pid < 0) {
		log_error("A worker cannot be started: %s", strerror(errno));
		p->pid = 0;
		p->not_before = now + PAUSE_MAX_US;
	}
	p->since = now;
}

static void
empty(struct worker_process *p, int status, int64_t now)
{
	if (WIFSIGNALED(status))
		log_error("Worker %d of the %s pool was killed by signal %d.",
			  (int)p->pid, p->pool.name, WTERMSIG(status));
	else
		log_error("Worker %d of the %s pool left with code %d.",
			  (int)p->pid, p->pool.name, WEXITSTATUS(status));
	p->pid = 0;
	if (now - p->since >= AT_ONCE_US)
		p->pause = 0;
	p->not_before = now + p->pause;
	p->pause = p->pause ? 2 * p->pause : PAUSE_MIN_US;
	if (p->pause > PAUSE_MAX_US)
		p->pause = PAUSE_MAX_US;
}

/* Reaps workers that have ended; returns how many are left. */
static size_t
reap(struct generation *g, bool expected)
{
	int64_t now = clock_boot_us();
	size_t left = 0;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (size_t i = 0; i < g->count; i++) {
			if (g->places[i].pid != pid)
				continue;
			if (expected)
				g->places[i].pid = 0;
			else
				empty(&g->places[i], status, now);
		}
	}
	for (size_t i = 0; i < g->count; i++)
		left += g->places[i].pid != 0;
	return left;
}

/* Starts the workers that are due; returns microseconds until the next is. */
static int64_t
refill(struct generation *g)
{
	int64_t now = clock_boot_us(), wait = 60 * US_PER_S;

	for (size_t i = 0; i < g->count; i++) {
		struct worker_process *p = &g->places[i];

		if (p->pid == 0 && p->not_before <= now)
			fill(p, now);
		else if (p->pid == 0 && p->not_before - now < wait)
			wait = p->not_before - now;
	}
	return wait;
}

/* Returns the signal that arrived within the time, or -1. */
static int
await(int64_t us)
{
	struct timespec t = { .tv_sec = us / US_PER_S,
			      .tv_nsec = us % US_PER_S * 1000 };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGCHLD);
	return sigtimedwait(&set, NULL, &t);
}

static void
tell(const struct generation *g, int signal)
{
	for (size_t i = 0; i < g->count; i++) {
		if (g->places[i].pid)
			kill(g->places[i].pid, signal);
	}
}

static void
drain(struct generation *g)
{
	int64_t until = clock_boot_us() + DRAIN_US, now;

	tell(g, SIGTERM);
	while (reap(g, true) > 0 && (now = clock_boot_us()) < until)
		await(until - now);
	tell(g, SIGKILL);
}

static int
serve_all(struct generation *g, const char *config, const struct listeners *l,
	  int ready)
{
	struct fault f = { .code = FAULT_NONE };

	if (load(g, config, &f)) {
		log_cannot_start(&f);
		return 1;
	}
	lay_out(g, l);
	if (write(ready, "", 1) != 1)
		return 1;
	close(ready);
	while (await(refill(g)) != SIGTERM)
		reap(g, false);
	drain(g);
	return 0;
}

int
generation_run(const char *config, const struct listeners *l,
	       int (*load_pages)(struct fault *f), int ready)
{
	struct generation g = { .load_pages = load_pages, .arena = arena_new() };
	int code = serve_all(&g, config, l, ready);

	arena_free(g.arena);
	return code;
}
