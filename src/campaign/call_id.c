#include "campaign/call_id.h"

#include <string.h>

/*
 * Bytes 0-3 run, 4-5 segment, 6-7 version 8 and seq, 8-15 variant (binary 10),
 * ordinal and nonce.  Ids of a run are one key range, as run comes first.
 */
#define VERSION 0x8000u
#define VERSION_MASK 0xf000u
#define VARIANT (UINT64_C(2) << 62)
#define VARIANT_MASK (UINT64_C(3) << 62)
#define SEQ_MASK 0x0fffu
#define NONCE_BITS 30
#define NONCE_MASK ((UINT32_C(1) << NONCE_BITS) - 1)

static void
put(uint8_t *out, uint64_t value, int bytes)
{
	while (bytes--) {
		out[bytes] = (uint8_t)value;
		value >>= 8;
	}
}

static uint64_t
get(const uint8_t *in, int bytes)
{
	uint64_t value = 0;

	for (int i = 0; i < bytes; i++)
		value = value << 8 | in[i];
	return value;
}

void
call_id_make(const struct call_key *k, uint8_t out[static UUID_LEN])
{
	put(out, k->run, 4);
	put(out + 4, k->seg, 2);
	put(out + 6, VERSION | (k->seq & SEQ_MASK), 2);
	put(out + 8,
	    VARIANT | (uint64_t)k->ordinal << NONCE_BITS |
		    (k->nonce & NONCE_MASK),
	    8);
}

int
call_id_read(const uint8_t id[static UUID_LEN], struct call_key *k)
{
	uint64_t middle = get(id + 6, 2), end = get(id + 8, 8);

	if ((middle & VERSION_MASK) != VERSION ||
	    (end & VARIANT_MASK) != VARIANT)
		return -1;
	k->run = (uint32_t)get(id, 4);
	k->seg = (uint16_t)get(id + 4, 2);
	k->seq = (uint16_t)(middle & SEQ_MASK);
	k->ordinal = (uint32_t)((end & ~VARIANT_MASK) >> NONCE_BITS);
	k->nonce = (uint32_t)(end & NONCE_MASK);
	return 0;
}

void
call_id_range(int64_t run, int64_t seg, uint8_t from[static UUID_LEN],
	      uint8_t to[static UUID_LEN])
{
	memset(from, 0, UUID_LEN);
	memset(to, 0xff, UUID_LEN);
	put(from, (uint64_t)run, 4);
	put(from + 4, (uint64_t)seg, 2);
	memcpy(to, from, 6);
}

int64_t
call_id_run(const uint8_t id[static UUID_LEN])
{
	struct call_key key;

	return call_id_read(id, &key) ? 0 : key.run;
}
