/*
 * outdial-demo - makes a workspace for trying out Outdial.  It dials on a
 * simulated carrier.
 *
 *	outdial-demo --email E --carrier-socket PATH [--config FILE]
 *	outdial-demo --help
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/secret.h"
#include "ctl/password.h"
#include "store/db.h"
#include "store/redis.h"
#include "tools/demo/demo.h"
#include "tools/demo/stmt.h"

#define LOCK_WAIT_S 5

/* The exit status, as that of outdial (ctl/ctl.h). */
enum { DONE = 0, FAILED = 1, USAGE = 2 };

static const char help[] =
	"Usage: outdial-demo --email E --carrier-socket PATH [--config FILE]\n"
	"\n"
	"Makes a workspace for trying out Outdial. It dials on a simulated\n"
	"carrier. The password of its administrator is read from standard\n"
	"input. The command can be run again at any time.\n"
	"\n"
	"  --email E              signs in its administrator\n"
	"  --carrier-socket PATH  the socket of outdial-sim\n"
	"  --config FILE          the configuration; else $OUTDIAL_CONFIG, "
	"else\n"
	"                         /etc/outdial/outdial.conf\n";

static int
usage(const char *problem)
{
	fprintf(stderr, "outdial-demo: %s See “outdial-demo --help”.\n",
		problem);
	return USAGE;
}

/* Returns DONE, or USAGE when the command line is wrong; *config is NULL unless
 * it is given, o->email unless there is something to do. */
static int
read_arguments(int argc, char **argv, struct demo_options *o,
	       const char **config)
{
	static const struct option options[] = {
		{ "email", required_argument, NULL, 'e' },
		{ "carrier-socket", required_argument, NULL, 's' },
		{ "config", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (c) {
		case 'e':
			o->email = optarg;
			break;
		case 's':
			o->carrier_socket = optarg;
			break;
		case 'c':
			*config = optarg;
			break;
		case 'h':
			o->email = NULL;
			fputs(help, stdout);
			return DONE;
		default:
			return usage("An option is wrong or has no value.");
		}
	}
	if (optind < argc)
		return usage("It takes only options.");
	if (!o->email || !o->carrier_socket)
		return usage("--email and --carrier-socket must be given.");
	return DONE;
}

static int
make(const struct config *conf, const struct demo_options *o, struct arena *a,
     struct fault *f)
{
	struct db_conf database = config_db(conf, LOCK_WAIT_S);
	struct redis_conf hints = config_redis(conf);
	struct db *db = db_new(&database, demo_stmts, DEMO_STMT_COUNT);
	struct redis *redis = redis_new(&hints);
	int rc = demo_make(db, redis, o, a, f);

	db_free(db);
	redis_free(redis);
	return rc;
}

static int
run(const char *config, struct demo_options *o, struct arena *a)
{
	struct fault f = { 0 };
	struct config conf;

	if (!config_read(config, &conf, a, &f) &&
	    !password_read(&o->password, a, &f) && !make(&conf, o, a, &f))
		return fflush(stdout) || ferror(stdout) ? FAILED : DONE;
	fprintf(stderr, "outdial-demo: %s", f.text);
	if (f.code == FAULT_BROKEN && *f.cause)
		fprintf(stderr, " (%s)", f.cause);
	fputc('\n', stderr);
	return FAILED;
}

int
main(int argc, char **argv)
{
	struct demo_options options = { 0 };
	const char *config = NULL;
	int rc = read_arguments(argc, argv, &options, &config);
	struct arena *a;

	if (rc != DONE || !options.email)
		return rc;
	signal(SIGPIPE, SIG_IGN);
	secret_open();
	log_open("outdial-demo", LOG_LEVEL_WARN);
	a = arena_new();
	rc = run(config, &options, a);
	arena_free(a);
	return rc;
}
