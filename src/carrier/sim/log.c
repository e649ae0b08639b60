#include "carrier/sim/log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"

static int
open_file(const char *path, int *fd, struct fault *f)
{
	*fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	if (*fd >= 0)
		return 0;
	fault_set(f, FAULT_BROKEN, "The log %s cannot be opened.", path);
	return fault_cause(f, "open: %s", strerror(errno));
}

int
sim_log_open(struct sim_log *log, const char *places, const char *events,
	     struct fault *f)
{
	log->events = -1;
	if (open_file(places, &log->places, f))
		return -1;
	return *events ? open_file(events, &log->events, f) : 0;
}

void
sim_log_close(struct sim_log *log)
{
	close(log->places);
	if (log->events >= 0)
		close(log->events);
}

/* One write, so that no other line can come between. */
static int
put(int fd, const char *line, size_t len)
{
	ssize_t n;

	do {
		n = write(fd, line, len);
	} while (n < 0 && errno == EINTR);
	return n == (ssize_t)len ? 0 : -1;
}

int
sim_log_place(struct sim_log *log, int64_t wall_us, const char *id,
	      const char *number)
{
	char line[128];
	int n = snprintf(line, sizeof(line), "%" PRId64 "\t%.40s\t%.40s\n",
			 wall_us, id, number);

	return put(log->places, line, (size_t)n);
}

void
sim_log_event(struct sim_log *log, int64_t wall_us, const char *id,
	      const char *number, const char *fmt, ...)
{
	char line[256];
	va_list ap;
	int n, m;

	if (log->events < 0)
		return;
	n = snprintf(line, sizeof(line), "%" PRId64 "\t%.40s\t%.40s\t", wall_us,
		     id, number);
	va_start(ap, fmt);
	m = vsnprintf(line + n, sizeof(line) - (size_t)n - 1, fmt, ap);
	va_end(ap);
	if (m > (int)sizeof(line) - n - 2)
		m = (int)sizeof(line) - n - 2;
	line[n + m] = '\n';
	/* A failed write is ignored: only the log of places must be
	 * complete. */
	put(log->events, line, (size_t)(n + m) + 1);
}
