/*
 * outdial-sim - a carrier made of dice and a clock, for tests and for
 * demonstrations.
 *
 *	outdial-sim [--config FILE] [KEY=VALUE...]
 *	outdial-sim --help
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/conf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "carrier/sim/server.h"

struct settings {
	const char *socket, *log, *events_log, *answer_by_hour;
	int64_t seed, speed, cps, channels, remember_s;
	int64_t ring_min_ms, ring_max_ms;
	int64_t talk_min_ms, talk_mean_ms, talk_max_ms;
	int64_t answer, voicemail, no_bot, busy, no_answer, rejected,
		unreachable, invalid, congestion;
	bool scripted;
};

#define S(m) FIELD(settings, m)
#define PERCENT .min = 0, .max = 100, .unit = "%"
#define TIME_MS .min = 1, .max = 3600000, .unit = "ms"

/* clang-format off */
static const struct field fields[] = {
	{ S(socket), .def = "run/sim.sock", .min = 1, .max = 107, .label = "socket",
	  .help = "Path of the Unix socket for the diallers." },
	{ S(log), .def = "run/sim.log", .min = 1, .max = 4000, .label = "log",
	  .help = "File with one line for every call that was placed." },
	{ S(events_log), .def = "", .max = 4000, .label = "events_log",
	  .help = "File with one line for everything that happened to the calls; empty: none." },
	{ S(seed), .def = "1", .min = 0, .max = INT64_MAX, .label = "seed",
	  .help = "The same seed gives each number the same fate." },
	{ S(speed), .def = "1", .min = 1, .max = 100000, .label = "speed",
	  .help = "Ring and talk times are divided by this." },
	{ S(cps), .def = "0", .min = 0, .max = 100000, .label = "cps",
	  .help = "Calls per second; more than this is congestion; 0: no limit." },
	{ S(channels), .def = "0", .min = 0, .max = 1000000, .label = "channels",
	  .help = "Calls at a time; more than this is congestion; 0: no limit." },
	{ S(remember_s), .def = "120", .min = 1, .max = 3600, .unit = "s", .label = "remember_s",
	  .help = "How long the result of a finished call can be queried." },
	{ S(ring_min_ms), .def = "3000", TIME_MS, .label = "ring_min_ms",
	  .help = "Shortest ringing before an answer." },
	{ S(ring_max_ms), .def = "20000", TIME_MS, .label = "ring_max_ms",
	  .help = "Longest ringing before an answer." },
	{ S(talk_min_ms), .def = "5000", TIME_MS, .label = "talk_min_ms",
	  .help = "Shortest talk." },
	{ S(talk_mean_ms), .def = "35000", TIME_MS, .label = "talk_mean_ms",
	  .help = "Talk on average." },
	{ S(talk_max_ms), .def = "120000", TIME_MS, .label = "talk_max_ms",
	  .help = "Longest talk." },
	{ S(answer), .def = "50", PERCENT, .label = "answer",
	  .help = "Chance that a person answers." },
	{ S(answer_by_hour), .def = "", .max = 200, .label = "answer_by_hour",
	  .help = "24 percentages, one per hour in UTC, by which answer is reduced." },
	{ S(voicemail), .def = "10", PERCENT, .label = "voicemail",
	  .help = "Chance that a machine answers." },
	{ S(no_bot), .def = "0", PERCENT, .label = "no_bot",
	  .help = "Chance that a person answers and no bot is free." },
	{ S(busy), .def = "10", PERCENT, .label = "busy",
	  .help = "Chance that the line is busy." },
	{ S(no_answer), .def = "20", PERCENT, .label = "no_answer",
	  .help = "Chance that it rings out." },
	{ S(rejected), .def = "4", PERCENT, .label = "rejected",
	  .help = "Chance that the person rejects the call." },
	{ S(unreachable), .def = "3", PERCENT, .label = "unreachable",
	  .help = "Chance that the phone is off." },
	{ S(invalid), .def = "2", PERCENT, .label = "invalid",
	  .help = "Share of numbers that do not exist." },
	{ S(congestion), .def = "1", PERCENT, .label = "congestion",
	  .help = "Chance that the network has no room." },
	{ S(scripted), .def = "false", .label = "scripted",
	  .help = "The last three digits of a number decide (for tests)." },
};
/* clang-format on */
static const struct record settings_record = RECORD(fields);

static int
read_hours(const char *text, int64_t hours[24], struct arena *a,
	   struct fault *f)
{
	char *rest = arena_strdup(a, text), *word;
	int n = 0;

	for (int i = 0; i < 24; i++)
		hours[i] = 100;
	if (!*text)
		return 0;
	while ((word = strsep(&rest, ","))) {
		int64_t v;

		if (n == 24 || text_int(text_trim(a, word), &v) || v < 0 ||
		    v > 100)
			break;
		hours[n++] = v;
	}
	if (n == 24 && !word)
		return 0;
	return fault_field(f, "answer_by_hour",
			   "answer_by_hour must be 24 whole numbers from 0 to "
			   "100, separated by commas.");
}

static int
to_dice(const struct settings *s, struct sim_dice *d, struct arena *a,
	struct fault *f)
{
	int64_t sum = 0;

	*d = (struct sim_dice){
		.seed = (uint64_t)s->seed,
		.speed = s->speed,
		.chance = { [SIM_ANSWER] = s->answer,
			    [SIM_VOICEMAIL] = s->voicemail,
			    [SIM_NO_BOT] = s->no_bot,
			    [SIM_BUSY] = s->busy,
			    [SIM_NO_ANSWER] = s->no_answer,
			    [SIM_REJECTED] = s->rejected,
			    [SIM_UNREACHABLE] = s->unreachable,
			    [SIM_INVALID] = s->invalid,
			    [SIM_CONGESTION] = s->congestion },
		.ring_min_ms = s->ring_min_ms,
		.ring_max_ms = s->ring_max_ms,
		.talk_min_ms = s->talk_min_ms,
		.talk_mean_ms = s->talk_mean_ms,
		.talk_max_ms = s->talk_max_ms,
		.scripted = s->scripted,
	};
	for (int i = 0; i < SIM_KIND_MAX; i++)
		sum += d->chance[i];
	if (sum != 100)
		return fault_field(f, "answer",
				   "The chances from answer to congestion add "
				   "up to %d; they must add up to 100.",
				   (int)sum);
	if (s->ring_min_ms > s->ring_max_ms ||
	    s->talk_min_ms > s->talk_mean_ms ||
	    s->talk_mean_ms > s->talk_max_ms)
		return fault_field(f, "ring_min_ms",
				   "The shortest time must not be above the "
				   "mean, and the mean not above the longest.");
	return read_hours(s->answer_by_hour, d->hours, a, f);
}

static int
set_option(struct settings *s, const char *option, struct arena *a,
	   struct fault *f)
{
	const char *equals = strchr(option, '=');
	const struct field *fd;
	char *name;

	if (!equals)
		return fault_set(f, FAULT_INVALID,
				 "“%s” is not an option; see --help.", option);
	name = arena_memdup(a, option, (size_t)(equals - option));
	fd = record_find(&settings_record, name);
	if (!fd)
		return fault_set(f, FAULT_INVALID,
				 "There is no setting “%s”; see --help.", name);
	return field_set(fd, s, equals + 1, a, f);
}

static int
read_settings(struct settings *s, char **argv, struct arena *a, struct fault *f)
{
	char **arg = argv + 1;

	record_defaults(&settings_record, s, a);
	if (arg[0] && strcmp(arg[0], "--config") == 0) {
		if (!arg[1])
			return fault_set(f, FAULT_INVALID,
					 "--config needs a file.");
		if (conf_read(arg[1], &settings_record, s, a, f))
			return -1;
		arg += 2;
	}
	for (; *arg; arg++) {
		if (set_option(s, *arg, a, f))
			return -1;
	}
	return 0;
}

static int
help(void)
{
	puts("Usage: outdial-sim [--config FILE] [KEY=VALUE...]\n");
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		printf("  %-14s  %s (%s)\n", fields[i].name, fields[i].help,
		       *fields[i].def ? fields[i].def : "empty");
	return 0;
}

static int
run(const struct settings *s, struct arena *a, struct fault *f)
{
	struct sim_log log;
	struct exchange_conf conf = { .cps = s->cps,
				      .channels = s->channels,
				      .remember_us = s->remember_s * US_PER_S,
				      .log = &log };
	struct server *server;
	int failed;

	if (to_dice(s, &conf.dice, a, f) || server_open(&server, s->socket, f))
		return -1;
	failed = sim_log_open(&log, s->log, s->events_log, f);
	if (!failed) {
		log_info(
			"Serving on %s, seed %s, speed %s.", s->socket,
			field_text(record_find(&settings_record, "seed"), s, a),
			field_text(record_find(&settings_record, "speed"), s,
				   a));
		failed = server_run(server, &conf, f);
		sim_log_close(&log);
	}
	server_close(server);
	return failed;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct settings settings = { 0 };
	struct fault f = { 0 };
	int failed;

	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return help();
	log_open("sim", LOG_LEVEL_INFO);
	secret_open();
	failed = read_settings(&settings, argv, a, &f) || run(&settings, a, &f);
	if (failed)
		log_cannot_start(&f);
	arena_free(a);
	return failed ? 1 : 0;
}
