/* Lines over a socket, whatever pieces and bytes come. */
#include "carrier/lines.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/tap.h"

static struct lines in;
static int ends[2];

static void
put(const char *p, size_t len)
{
	while (len) {
		ssize_t n = write(ends[1], p, len);

		p += n;
		len -= (size_t)n;
	}
}

static void
put_str(const char *s)
{
	put(s, strlen(s));
}

static char *
next(void)
{
	char *line;

	while (!(line = lines_next(&in))) {
		if (lines_read(&in, ends[0]) != LINES_MORE)
			return NULL;
	}
	return line;
}

static void
test_pieces(void)
{
	put_str("one\ntw");
	is_str(next(), "one", "a line is read");
	is_str(next(), NULL, "half a line is no line");
	put_str("o\r\n\nlast\n");
	is_str(next(), "two", "a line may come in halves and end with CR LF");
	is_str(next(), "", "an empty line is read");
	is_str(next(), "last", "the last line is read");
	is_str(next(), NULL, "no line follows the last");
	is_int((int64_t)in.garbage, 0, "nothing was dropped");
}

static void
test_garbage(void)
{
	char *big = malloc(1 << 16);

	memset(big, 'x', 1 << 16);
	for (int i = 0; i < 3; i++) {
		put(big, 1 << 16);
		is_str(next(), NULL, "a line without end is no line");
	}
	put_str("\nafter\n");
	is_str(next(), "after", "the line after one without end is read");
	is_int((int64_t)in.garbage, 1, "the line without end was dropped");
	put("a\0b\nbell\a\ntab\there\n", 19);
	is_str(next(), "tab\there", "control bytes drop a line, tabs do not");
	is_int((int64_t)in.garbage, 3, "two more lines were dropped");
	big[LINE_LIMIT] = '\n';
	put(big, LINE_LIMIT + 1);
	is_int((int64_t)strlen(next()), LINE_LIMIT, "the longest line is read");
	free(big);
}

static void
test_split(void)
{
	char line[] = "PLACE\ta\t\tb", more[] = "1\t2\t3\t4";
	char *words[4];

	is_int((int64_t)line_split(line, words, 4), 4,
	       "a line is split into four words");
	is_str(words[2], "", "an empty word counts");
	is_str(words[3], "b", "the last word is split off");
	is_int((int64_t)line_split(more, words, 2), 2,
	       "a line is split no more often than allowed");
	is_str(words[1], "2\t3\t4", "the rest stays together");
	ok(line_allows("Zo\xc3\xab {\"a\":1}"), "UTF-8 may go into a line");
	ok(!line_allows("a\nb"), "a line feed may not go into a line");
	ok(!line_allows("a\tb"), "a tab may not go into a line");
}

int
main(void)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends))
		return 1;
	test_pieces();
	test_garbage();
	test_split();
	close(ends[1]);
	is_int(lines_read(&in, ends[0]), LINES_CLOSED,
	       "the end of the connection is reported");
	return tap_done();
}
