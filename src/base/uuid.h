/*
 * uuid.h - a UUID of 16 bytes as text, 8-4-4-4-12 hexadecimal digits
 * (RFC 9562, section 4).
 */
#ifndef BASE_UUID_H
#define BASE_UUID_H

#include <stdint.h>

#define UUID_LEN 16
#define UUID_TEXT 37 /* with the NUL */

/* In lower case. */
void uuid_text(const uint8_t id[static UUID_LEN], char out[static UUID_TEXT]);

/* -1 on anything else; capitals are read too. */
int uuid_parse(const char *text, uint8_t out[static UUID_LEN]);

#endif
