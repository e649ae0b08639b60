/*
 * action.h - writes actions of the Asterisk Manager Interface.
 *
 * A line feed in a value would begin another header, and the server has no
 * escape for it: an action with a control byte in it is refused whole, and so
 * is one with a line that is longer than the server reads.
 */
#ifndef CARRIER_AMI_ACTION_H
#define CARRIER_AMI_ACTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* A line of an action, with its CR LF. */
#define AMI_LINE_MOST 1024

struct ami_action {
	struct buf *out;
	size_t begin; /* where it begins in 'out' */
	bool refused;
};

/* "Action: NAME" and "ActionID: ID" */
struct ami_action ami_begin(struct buf *out, const char *name, const char *id);

void ami_header(struct ami_action *a, const char *name, const char *value);
void ami_header_int(struct ami_action *a, const char *name, int64_t value);

/* A header “Variable” whose value is quoted, because the server splits at commas,
 * and what it finds may be a function that it calls. */
void ami_set(struct ami_action *a, const char *name, const char *value);

/* True when ami_set() of this could be written. */
bool ami_can_set(const char *name, const char *value);

/* The empty line; -1 when the action was refused: then 'out' is as before. */
int ami_end(struct ami_action *a);

#endif
