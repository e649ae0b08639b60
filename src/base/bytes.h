/* bytes.h - a pointer to bytes that another owner keeps, and their number. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stddef.h>

struct bytes {
	const char *data; /* NULL: there are none */
	size_t len;
};

#endif
