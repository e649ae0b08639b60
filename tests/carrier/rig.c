#include "tests/carrier/rig.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "carrier/idmap.h"
#include "tests/temp.h"

#define MAX_SETTINGS 20
#define PATIENCE_US (10 * US_PER_S)

static void
die(const char *what)
{
	printf("Bail out! %s\n", what);
	exit(1);
}

void
rig_open(struct rig *r, enum carrier_kind kind)
{
	*r = (struct rig){ .kind = kind };
	if (!mkdtemp(temp_template(r->dir, "carrier")))
		die("no temporary directory");
	snprintf(r->address, sizeof(r->address), "%s/carrier.sock", r->dir);
	snprintf(r->log, sizeof(r->log), "%s/carrier.log", r->dir);
	snprintf(r->events_log, sizeof(r->events_log), "%s/events.log", r->dir);
}

void
rig_close(struct rig *r)
{
	if (r->far_end) {
		rig_end(r, SIGTERM);
		unlink(r->address);
		unlink(r->log);
	}
	unlink(r->events_log);
	rmdir(r->dir);
}

/* The program that was built with this test, in the folder two above. */
static const char *
sim_program(void)
{
	static char path[512];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 32);

	if (len < 0)
		die("no /proc");
	path[len] = '\0';
	for (int up = 0; up < 3; up++)
		*strrchr(path, '/') = '\0';
	memcpy(path + strlen(path), "/outdial-sim", sizeof("/outdial-sim"));
	return path;
}

static void
spawn(struct rig *r, const char *program, const char *const *argv)
{
	int said[2];

	if (pipe2(said, O_CLOEXEC))
		die("no pipe");
	r->far_end = fork();
	if (r->far_end == 0) {
		dup2(said[1], 2);
		execvp(program, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(said[1]);
	r->said = said[0];
}

void
rig_spawn(struct rig *r, const char *const *settings)
{
	const char *argv[MAX_SETTINGS + 5] = { "outdial-sim" };
	char paths[3][128];
	int n = 4;

	snprintf(paths[0], sizeof(paths[0]), "socket=%s", r->address);
	snprintf(paths[1], sizeof(paths[1]), "log=%s", r->log);
	snprintf(paths[2], sizeof(paths[2]), "events_log=%s", r->events_log);
	for (int i = 0; i < 3; i++)
		argv[i + 1] = paths[i];
	while (*settings && n < MAX_SETTINGS)
		argv[n++] = *settings++;
	spawn(r, sim_program(), argv);
}

/* The far end says where it serves once it can be connected to. */
static const char *
await(struct rig *r)
{
	static char said[1024];
	ssize_t len = read(r->said, said, sizeof(said) - 1);

	said[len > 0 ? len : 0] = '\0';
	if (!strstr(said, "Serving on"))
		die(said);
	return said;
}

void
rig_start(struct rig *r, const char *const *settings)
{
	rig_spawn(r, settings);
	await(r);
}

void
rig_start_fake_ami(struct rig *r)
{
	const char *argv[] = { "node", FAKE_AMI,
			       r->log, NULL };

	spawn(r, argv[0], argv);
	sscanf(await(r), "Serving on %95s", r->address);
}

int
rig_wait(struct rig *r)
{
	int status;

	waitpid(r->far_end, &status, 0);
	close(r->said);
	r->far_end = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/*
 * The sim may be frozen.  It goes on first: a SIGCONT that arrived while it
 * ends would take away the SIGSTOP by which LeakSanitizer's tracer halts it,
 * and both would wait for ever.
 */
void
rig_end(struct rig *r, int signal)
{
	kill(r->far_end, SIGCONT);
	kill(r->far_end, signal);
	rig_wait(r);
}

size_t
rig_logged(const char *path, const char *text)
{
	FILE *file = fopen(path, "r");
	char line[512];
	size_t n = 0;

	while (file && fgets(line, sizeof(line), file))
		n += !text || strstr(line, text);
	if (file)
		fclose(file);
	return n;
}

static void
hear(void *arg, const struct cr_event *ev)
{
	struct ear *e = arg;

	if (e->count == e->cap) {
		e->cap = e->cap ? e->cap * 2 : 256;
		e->events = xrealloc(e->events, e->cap * sizeof(*e->events));
	}
	e->events[e->count++] = *ev;
}

void
ear_open(struct ear *e, const struct rig *r, const char *node, const char *site,
	 const struct ear_times *times)
{
	struct cr_conf conf = { .kind = carrier_kind_words[r->kind],
				.address = r->address,
				.ami = r->ami,
				.node = node,
				.site = site,
				.event = hear,
				.arg = e };
	struct fault f;

	*e = (struct ear){ 0 };
	if (times) {
		conf.stall_us = times->stall_us;
		conf.grace_us = times->grace_us;
		conf.margin_us = times->margin_us;
		conf.overrun_us = times->overrun_us;
	}
	if (carrier_open(&e->c, &conf, &f))
		die(f.text);
}

void
ear_close(struct ear *e)
{
	e->c->ops->close(e->c);
	free(e->events);
}

void
ear_forget(struct ear *e)
{
	e->count = 0;
}

void
ear_turn(struct ear *e, int64_t us)
{
	struct pollfd p = { .fd = e->c->ops->poll_fd(e->c), .events = POLLIN };
	int64_t now = clock_boot_us(), at = e->c->ops->deadline(e->c);

	if (at >= 0 && at - now < us)
		us = at - now;
	poll(&p, 1, us > 0 ? (int)((us + 999) / 1000) : 0);
	e->c->ops->dispatch(e->c, clock_boot_us());
}

bool
ear_wait(struct ear *e, enum cr_event_kind kind, const char *id, size_t n)
{
	int64_t give_up = clock_boot_us() + PATIENCE_US, now;

	while (ear_count(e, kind, id) < n) {
		now = clock_boot_us();
		if (now >= give_up)
			return false;
		ear_turn(e, give_up - now);
	}
	return true;
}

void
ear_run(struct ear *e, int64_t us)
{
	int64_t end = clock_boot_us() + us, now;

	while ((now = clock_boot_us()) < end)
		ear_turn(e, end - now);
}

size_t
ear_count(const struct ear *e, enum cr_event_kind kind, const char *id)
{
	size_t n = 0;

	for (size_t i = 0; i < e->count; i++)
		n += e->events[i].kind == kind &&
		     (!id || strcmp(e->events[i].call_id, id) == 0);
	return n;
}

const struct cr_event *
ear_last(const struct ear *e, enum cr_event_kind kind, const char *id)
{
	for (size_t i = e->count; i-- > 0;) {
		const struct cr_event *ev = &e->events[i];

		if (ev->kind == kind && (!id || !strcmp(ev->call_id, id)))
			return ev;
	}
	return NULL;
}

const char *
new_id(void)
{
	static char ids[16][UUID_TEXT];
	static unsigned n;
	char *id = ids[n % 16];

	snprintf(id, UUID_TEXT, "%08x-0001-8001-8000-%012x", (unsigned)getpid(),
		 ++n);
	return id;
}

const char *
caller_of(const char *id)
{
	static char callers[16][24];
	static unsigned n;
	char *caller = callers[n++ % 16];

	snprintf(caller, sizeof(callers[0]), "4930%08lu",
		 strlen(id) == UUID_TEXT - 1 ? strtoul(id + 24, NULL, 16) : 0);
	return caller;
}

int64_t ear_ring_ms = 30000;

enum cr_err
ear_place(struct ear *e, const char *id, const char *to)
{
	struct cr_place p = { .call_id = id,
			      .to = to,
			      .from = caller_of(id),
			      .bot = "bot",
			      .seated = true,
			      .vars = "{\"name\":\"Zo\\u00eb\"}",
			      .ring_ms = ear_ring_ms,
			      .max_call_ms = 60000,
			      .not_after_boot_us = clock_boot_us() + US_PER_S };

	return e->c->ops->place(e->c, &p);
}
