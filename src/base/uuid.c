#include "base/uuid.h"

#include <stdbool.h>
#include <string.h>

static bool
is_hyphen(int i)
{
	return i == 8 || i == 13 || i == 18 || i == 23;
}

void
uuid_text(const uint8_t id[static UUID_LEN], char out[static UUID_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	int nibble = 0;

	for (int i = 0; i < UUID_TEXT - 1; i++) {
		if (is_hyphen(i)) {
			out[i] = '-';
			continue;
		}
		out[i] = digits[id[nibble / 2] >> (nibble % 2 ? 0 : 4) & 15];
		nibble++;
	}
	out[UUID_TEXT - 1] = '\0';
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int
uuid_parse(const char *text, uint8_t out[static UUID_LEN])
{
	uint8_t id[UUID_LEN] = { 0 };
	int nibble = 0;

	for (int i = 0; i < UUID_TEXT - 1; i++) {
		int v = hex_value(text[i]);

		if (is_hyphen(i)) {
			if (text[i] != '-')
				return -1;
			continue;
		}
		if (v < 0)
			return -1;
		id[nibble / 2] |= (uint8_t)(v << (nibble % 2 ? 0 : 4));
		nibble++;
	}
	if (text[UUID_TEXT - 1])
		return -1;
	memcpy(out, id, UUID_LEN);
	return 0;
}
