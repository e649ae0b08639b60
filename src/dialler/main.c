/*
 * outdial-dialler - plans, places and records calls.
 *
 *	outdial-dialler [--config FILE]
 *
 * Starts whether or not MariaDB, Redis and the carriers are available, and goes
 * on by itself when they become so.  On SIGTERM it places no more calls,
 * finishes what is in progress and exits.  Calls in progress continue, and the
 * next dialler takes them over.
 */
#include <ctype.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/secret.h"
#include "dialler/call_control.h"
#include "dialler/dialler.h"
#include "hook/address.h"

#define STACK_BYTES (512 * 1024)
#define NAME_MAX_ 32
#define END_S 5 /* the exit does not wait longer for a database */

enum { PLAN, PLACE, RECORD, JOBS, WAKES, SWEEP, IMPORTS, HOOKS, THREADS };

static void *(*const threads[THREADS])(void *) = {
	[PLAN] = plan_thread,	    [PLACE] = place_thread,
	[RECORD] = record_thread,   [JOBS] = jobs_thread,
	[WAKES] = wakes_thread,	    [SWEEP] = sweep_thread,
	[IMPORTS] = imports_thread, [HOOKS] = hooks_thread,
};

static const char *
config_option(int argc, char **argv)
{
	if (argc == 1)
		return NULL;
	if (argc == 3 && strcmp(argv[1], "--config") == 0)
		return argv[2];
	fprintf(stderr, "Usage: outdial-dialler [--config FILE]\n");
	exit(2);
}

/* Turns a node's name into one that carriers allow. */
static const char *
plain_name(struct arena *a, const char *name)
{
	char *plain = arena_printf(a, "%.*s", NAME_MAX_, name);

	for (char *c = plain; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("._-", *c))
			*c = '-';
	return *plain ? plain : "node";
}

/* The threads block all signals, so that the loop gets them. */
static void
start(struct dialler *d, pthread_t *ids)
{
	sigset_t all, before;
	pthread_attr_t attr;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&ids[i], &attr, threads[i], d))
			abort(); /* no memory for a stack */
	pthread_attr_destroy(&attr);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void
give_up(int number)
{
	(void)number;
	_exit(0);
}

/* Ends the threads in this order, so that each still gets the messages of those
 * before it. */
static void
finish(struct dialler *d, pthread_t *ids)
{
	signal(SIGALRM, give_up);
	alarm(END_S);
	pthread_join(ids[JOBS], NULL);
	pthread_join(ids[WAKES], NULL);
	queue_shut(&d->to_place);
	pthread_join(ids[PLACE], NULL);
	queue_shut(&d->to_record);
	pthread_join(ids[RECORD], NULL);
	queue_shut(&d->to_plan);
	pthread_join(ids[PLAN], NULL);
	pthread_join(ids[SWEEP], NULL);
	pthread_join(ids[IMPORTS], NULL);
	pthread_join(ids[HOOKS], NULL);
}

static void
run(const struct config *config, struct arena *a)
{
	static struct dialler d;
	static struct call_control board;
	pthread_t ids[THREADS];

	d.config = config;
	d.name = plain_name(a, config->node_name);
	dialler_open(&d);
	call_control_open(&board, &d);
	start(&d, ids);
	call_control_run(&board);
	finish(&d, ids);
	call_control_close(&board);
	dialler_close(&d);
	log_info("Stopped: %lld calls placed, %lld recorded.",
		 (long long)atomic_load(&d.placed),
		 (long long)atomic_load(&d.recorded));
}

int
main(int argc, char **argv)
{
	const char *path = config_option(argc, argv);
	struct arena *a = arena_new();
	struct address_nets nets; /* checked; hooks.c reads it again */
	struct config config;
	struct fault f;

	log_open("dialler", LOG_LEVEL_INFO);
	secret_open();
	if (config_read(path, &config, a, &f) ||
	    address_nets_read(config.webhook_allow, &nets, a, &f)) {
		log_cannot_start(&f);
		return 1;
	}
	log_open("dialler", (enum log_level)config.log_level);
	signal(SIGPIPE, SIG_IGN);
	if (config_make_upload_dir(&config, &f))
		log_fault("Uploads are not possible", &f); /* all else works */
	run(&config, a);
	arena_free(a);
	return 0;
}
