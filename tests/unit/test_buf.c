/* A byte string that grows, always terminated. */
#include "base/buf.h"
#include "tests/tap.h"

static int
digits(const char *p)
{
	return (p[0] - '0') * 1000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 +
	       p[3] - '0';
}

int
main(void)
{
	struct buf b = BUF_INIT;
	char *room;
	bool whole = true;

	is_str(b.data, "", "a new buffer is an empty text");
	buf_add(&b, NULL, 0);
	is_str(b.data, "", "a buffer stays empty when nothing is added");
	buf_clear(&b);
	buf_free(&b);
	is_str(b.data, "", "a buffer can be freed before it is used");

	buf_str(&b, "one");
	buf_char(&b, ' ');
	buf_add(&b, "t\0wo", 4);
	buf_printf(&b, " %d%%", 100);
	is_int((int64_t)b.len, 13, "text, character, bytes and format add up");
	ok(!memcmp(b.data, "one t\0wo 100%", 14), "the additions are in order");

	buf_clear(&b);
	is_str(b.data, "", "a cleared buffer is empty");
	for (int i = 0; i < 10000; i++)
		buf_printf(&b, "%04d", i);
	is_int((int64_t)b.len, 40000, "a buffer grows in small steps");
	for (int i = 0; i < 10000; i++)
		whole = whole && digits(b.data + i * 4) == i;
	ok(whole, "nothing is lost while a buffer grows");

	buf_clear(&b);
	room = buf_room(&b, 100000);
	memset(room, 'z', 100000);
	b.len += 100000;
	b.data[b.len] = '\0';
	is_int((int64_t)strlen(b.data), 100000,
	       "bytes can be written into the room of a buffer");
	buf_free(&b);
	is_int((int64_t)b.cap, 0, "a freed buffer has no capacity");
	buf_str(&b, "again");
	is_str(b.data, "again", "a freed buffer can be used again");
	buf_free(&b);
	return tap_done();
}
