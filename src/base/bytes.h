/* bytes.h - some bytes of somebody else's memory, and how many. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stddef.h>

struct bytes {
	const char *data; /* NULL: there are none */
	size_t len;
};

#endif
