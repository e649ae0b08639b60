#include "ctl/password.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fault.h"

static int
read_line(const char **out, struct arena *a, struct fault *f)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t len = getline(&line, &size, stdin);

	if (len < 0) {
		free(line);
		return fault_field(f, "password",
				   "There was no password on standard input.");
	}
	while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		line[--len] = '\0';
	*out = arena_memdup(a, line, (size_t)len);
	memset(line, 0, size);
	free(line);
	return 0;
}

/* Signals are held back meanwhile, so that the terminal gets its echo back. */
static int
ask(const char *prompt, const char **out, struct arena *a, struct fault *f)
{
	struct termios before, quiet;
	sigset_t all, old;
	int rc;

	if (tcgetattr(STDIN_FILENO, &before))
		return fault_set(
			f, FAULT_BROKEN,
			"The password cannot be read from the terminal: %s.",
			strerror(errno));
	fputs(prompt, stderr);
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	rc = read_line(out, a, f);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	sigprocmask(SIG_SETMASK, &old, NULL);
	fputc('\n', stderr);
	return rc;
}

int
password_read(const char **out, struct arena *a, struct fault *f)
{
	const char *first, *second;

	if (!isatty(STDIN_FILENO))
		return read_line(out, a, f);
	if (ask("Password: ", &first, a, f) || ask("Again: ", &second, a, f))
		return -1;
	if (strcmp(first, second) != 0)
		return fault_field(f, "password", "The two passwords differ.");
	*out = first;
	return 0;
}
