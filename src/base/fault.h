/*
 * fault.h - describes what went wrong: a code for the caller, a sentence for a
 * person, and perhaps the name of the field that is wrong.
 *
 * Functions that can fail return 0, or -1 with *f set; on failure their other
 * outputs are untouched.  Only programs and request loops log a fault, once.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

enum fault_code {
	FAULT_NONE,
	FAULT_INVALID,	/* the input; field says where */
	FAULT_DENIED,	/* not allowed */
	FAULT_ABSENT,	/* no such thing */
	FAULT_CONFLICT, /* its state does not allow it, or just changed */
	FAULT_BUSY,	/* a limit, or a server is away; may work later */
	FAULT_UNKNOWN,	/* sent, but it is unknown whether it was done */
	FAULT_BROKEN,	/* our side: a bug, a disk, a bad installation */
	FAULT_CODE_MAX
};

struct fault {
	enum fault_code code;
	/* "" when no single field is to blame; also a path in a body of JSON,
	 * as the rest of a JSON Pointer: "contacts/3/phone_number" */
	char field[256];
	char text[400];	 /* full sentences for a person */
	char cause[400]; /* for the log only: what the library said */
};

/* Sets the fault and returns -1, so that a caller can return it. */
int fault_set(struct fault *f, enum fault_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with the field to blame (FAULT_INVALID). */
int fault_field(struct fault *f, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds what a library said, for the log; returns -1. */
int fault_cause(struct fault *f, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* "invalid", "denied", ...: for logs and problem documents. */
const char *fault_word(enum fault_code code);

#endif
