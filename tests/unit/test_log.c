/*
 * One line a message.  Standard error is a datagram socket here, so that every
 * write(2) can be told from the next.
 */
#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/log.h"
#include "tests/tap.h"

static int in, out;

/* The next line that was written, or "" when there is none. */
static const char *
next(void)
{
	static char line[8192];
	ssize_t n = recv(out, line, sizeof(line) - 1, MSG_DONTWAIT);

	line[n > 0 ? n : 0] = '\0';
	return line;
}

/* What comes after "web[PID] ". */
static const char *
next_text(void)
{
	const char *line = next(), *text = strstr(line, "] ");

	return text ? text + 2 : line;
}

static void
test_form(void)
{
	char want[80];
	const char *line;

	log_info("Campaign %d started.", 7);
	line = next();
	snprintf(want, sizeof(want), " info web[%d] Campaign 7 started.\n",
		 (int)getpid());
	is_str(line + 24, want,
	       "a line has its level, program, process and text");
	ok(strspn(line, "0123456789-T:.Z") == 24 && line[4] == '-' &&
		   line[10] == 'T' && line[19] == '.' && line[23] == 'Z',
	   "a line begins with the time in UTC with milliseconds");
	is_str(next(), "", "a message is one write");
	log_debug("Unheard.");
	is_str(next(), "", "a message below the level is not written");
	close(STDERR_FILENO);
	errno = EAGAIN;
	log_error("x");
	is_int(errno, EAGAIN, "errno stays as it was when the write fails");
	dup2(in, STDERR_FILENO);
}

/* clang-format off */
static const struct {
	const char *what, *text, *written;
} escapes[] = {
	{ "a newline is escaped", "a\n2026 info x", "a\\n2026 info x\n" },
	{ "a return and a tab are escaped", "a\r\tb", "a\\r\\tb\n" },
	{ "a terminal escape is escaped", "\x1b[31m", "\\x1b[31m\n" },
	{ "a delete character is escaped", "\x7f", "\\x7f\n" },
	{ "a C1 control is escaped", "\xc2\x9b" "31m", "\\xc2\\x9b31m\n" },
	{ "a line separator is escaped",
	  "a\xe2\x80\xa8", "a\\xe2\\x80\\xa8\n" },
	{ "a backslash is escaped", "\\n", "\\\\n\n" },
	{ "broken UTF-8 is escaped", "\xff\xc3", "\\xff\\xc3\n" },
	{ "letters stay as they are", "Grüße, 日本 ✓", "Grüße, 日本 ✓\n" },
	{ "an empty message is an empty line", "", "\n" },
};
/* clang-format on */

static void
test_escapes(void)
{
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		log_info("%s", escapes[i].text);
		is_str(next_text(), escapes[i].written, escapes[i].what);
	}
}

static void
test_long(void)
{
	char text[9000];
	const char *line;

	memset(text, '\n', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	log_info("%s", text);
	line = next();
	ok(strlen(line) <= 4096, "a long line is cut to what a pipe takes");
	is_str(line + strlen(line) - 6, "\\n...\n",
	       "a line that was cut ends with dots");
	is_str(next(), "", "a long line is one write");
}

static void *
speak(void *arg)
{
	log_scope(arg);
	for (int i = 0; i < 50; i++)
		log_info("message");
	return NULL;
}

static void
test_scope(void)
{
	static char names[2][8] = { "req=a", "req=b" };
	pthread_t threads[2];
	int counts[2] = { 0 };
	const char *text;

	log_scope("req=7f3a\nuser=4");
	log_info("Hello.");
	is_str(next_text(), "req=7f3a\\nuser=4 Hello.\n",
	       "a scope precedes the text");
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, speak, names[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	while (*(text = next_text())) {
		counts[0] += !strcmp(text, "req=a message\n");
		counts[1] += !strcmp(text, "req=b message\n");
	}
	is_int(counts[0], 50, "each thread has its own scope");
	is_int(counts[1], 50, "the other thread has its own scope");
	log_info("Mine.");
	is_str(next_text(), "req=7f3a\\nuser=4 Mine.\n",
	       "the main thread keeps its own scope");
	log_scope(NULL);
	log_info("Bye.");
	is_str(next_text(), "Bye.\n", "a scope ends when it is cleared");
}

static void
test_fault(void)
{
	struct fault f;

	fault_set(&f, FAULT_BROKEN, "It broke.");
	log_fault("list", &f);
	ok(strstr(next(), " error web[") != NULL,
	   "a defect is logged as an error");
	fault_cause(&f, "errno %d", 5);
	log_fault("list", &f);
	is_str(next_text(), "list: It broke. (errno 5)\n",
	       "a fault is logged with its cause");
	fault_set(&f, FAULT_BUSY, "Away.");
	log_fault("list", &f);
	ok(strstr(next(), " warn web[") != NULL,
	   "a busy server is logged as a warning");
	fault_set(&f, FAULT_INVALID, "Wrong.");
	log_fault("list", &f);
	is_str(next(), "", "a wrong input is not logged");
}

int
main(void)
{
	int pair[2], big = 1 << 20;

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair))
		return 1;
	in = pair[0];
	out = pair[1];
	setsockopt(in, SOL_SOCKET, SO_SNDBUF, &big, sizeof(big));
	/* The sanitizers speak on standard error, too. */
	dup2(in, STDERR_FILENO);
	log_open("web", LOG_LEVEL_INFO);
	test_form();
	test_escapes();
	test_long();
	test_scope();
	test_fault();
	return tap_done();
}
