/*
 * carrier_kind.h - the kinds of carriers there are: the one list of them.
 *
 * To add a kind: its line here, a folder src/carrier/WORD that defines WORD_ops
 * (carrier/carrier.h), and its entry in tests/carrier/kinds.c, by which the
 * contract is proved for it.
 */
#ifndef APP_CARRIER_KIND_H
#define APP_CARRIER_KIND_H

#include <stdbool.h>

struct fault;

/* What the address of a carrier is. */
enum carrier_address {
	CARRIER_AT_SOCKET, /* the absolute path of a Unix socket */
	CARRIER_AT_HOST	   /* "host:port" */
};

/* X(NAME, word, title, address): the position of a kind is stored, so a new
 * kind goes to the end.  People read the title: "a simulated carrier". */
#define CARRIER_KINDS(X)                               \
	X(SIM, sim, "simulated", CARRIER_AT_SOCKET) \
	X(AMI, ami, "Asterisk", CARRIER_AT_HOST)

enum carrier_kind {
#define X(name, ...) CARRIER_##name,
	CARRIER_KINDS(X)
#undef X
		CARRIER_KIND_MAX
};

/* By number, NULL after the last: "sim". */
extern const char *const carrier_kind_words[];

/* "simulated" */
const char *carrier_kind_title(enum carrier_kind kind);

/* The kind with this word; FAULT_INVALID names the kinds there are. */
int carrier_kind_find(const char *word, enum carrier_kind *out,
		      struct fault *f);

/* FAULT_INVALID of the field "address" when no carrier of this kind can have
 * it.  A socket need not exist yet. */
int carrier_address_check(enum carrier_kind kind, const char *address,
			  struct fault *f);

/* Where the number stands in a dial string, "PJSIP/{number}@trunk". */
#define CARRIER_NUMBER "{number}"

/* FAULT_INVALID of the field "dial" when it does not name a channel that
 * Asterisk can dial, or not just one number's place. */
int carrier_dial_check(const char *dial, struct fault *f);

/* True when an address of this kind is the path of a socket. */
bool carrier_is_at_socket(enum carrier_kind kind);

#endif
