/*
 * twin.h - which processes are known to be dead: former lives of this one.
 *
 * A process that takes a name of its own keeps every other one from having it,
 * until it is gone, however it goes.  So rows in the node table under that
 * name are of the dead, and their leases need not run out.
 */
#ifndef DIALLER_TWIN_H
#define DIALLER_TWIN_H

struct config;

struct twin {
	int fd;		/* holds the name; -1: another process has it */
	char name[120]; /* for the node table */
};

/* 'node' is the node's name.  May be asked again while fd is -1. */
void twin_take(struct twin *t, const char *node, const struct config *config);
void twin_leave(struct twin *t);

#endif
