/*
 * message.h - messages of the Asterisk Manager Interface: lines "Name: value"
 * up to an empty line.  A line ends with LF or CR LF; what is no such line is
 * skipped; a message that is too long, or has too many lines, loses its end.
 */
#ifndef CARRIER_AMI_MESSAGE_H
#define CARRIER_AMI_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AMI_HEADERS 128
#define AMI_TEXT 32768

struct ami_message {
	struct {
		const char *name, *value;
	} headers[AMI_HEADERS];
	size_t count;
	char text[AMI_TEXT]; /* what they point to */
	size_t len;
	bool complete; /* the next line begins another message */
};

/* Takes the next line, without its end; true when the message is complete and
 * has any header.  It is valid until the next line. */
bool ami_message_take(struct ami_message *m, const char *line);

/* The first header of this name, in any case; "" if there is none. */
const char *ami_get(const struct ami_message *m, const char *name);

/* The variable of the channel, by "ChanVariable: NAME=value"; NULL when it is
 * not there. */
const char *ami_variable(const struct ami_message *m, const char *name);

/* A header's number; 'missing' when it is none. */
int64_t ami_number(const struct ami_message *m, const char *name,
		   int64_t missing);

/* The event's own time, "Timestamp: seconds.micros", in microseconds; 0 when
 * the manager does not write it. */
int64_t ami_time(const struct ami_message *m);

#endif
