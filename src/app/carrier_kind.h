/*
 * carrier_kind.h - the kinds of carriers there are: the one list of them.
 *
 * To add a kind: its line here, a folder src/carrier/WORD that defines WORD_ops
 * (carrier/carrier.h), and its entry in tests/carrier/kinds.c, by which the
 * contract is proved for it.
 */
#ifndef APP_CARRIER_KIND_H
#define APP_CARRIER_KIND_H

/* X(NAME, word): the places are stored, so a new one goes to the end. */
#define CARRIER_KINDS(X) X(SIM, sim)

enum carrier_kind {
#define X(name, word) CARRIER_##name,
	CARRIER_KINDS(X)
#undef X
		CARRIER_KIND_MAX
};

/* By number, NULL after the last: "sim". */
extern const char *const carrier_kind_words[];

#endif
