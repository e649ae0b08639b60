/* Text in JSON: what must be escaped is, the rest is left alone. */
#include "base/buf.h"
#include "base/json.h"
#include "tests/tap.h"

int
main(void)
{
	struct buf b = BUF_INIT;

	json_str(&b, "plain");
	is_str(b.data, "\"plain\"", "plain text is only quoted");
	buf_clear(&b);
	json_str(&b, "a\"b\\c\nd\te\x01"
		     "f\x7f");
	is_str(b.data, "\"a\\\"b\\\\c\\nd\\te\\u0001f\\u007f\"",
	       "quotes, backslashes and control characters are escaped");
	buf_clear(&b);
	json_str(&b, "Ünïcode ٠ 🙂");
	is_str(b.data, "\"Ünïcode ٠ 🙂\"",
	       "other scripts are left as they are");
	buf_clear(&b);
	json_text(&b, "cut here", 3);
	is_str(b.data, "\"cut\"", "a text may be given by its length");
	buf_clear(&b);
	json_str(&b, "");
	is_str(b.data, "\"\"", "an empty text is an empty string");
	buf_clear(&b);
	json_str(&b, NULL);
	is_str(b.data, "null", "a missing text is null");
	buf_free(&b);
	return tap_done();
}
