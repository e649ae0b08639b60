/*
 * process_lock.h - which processes are known to be dead: former lives of this
 * one.
 *
 * A process that takes a name of its own keeps every other one from having it,
 * until it is gone, however it goes.  So rows in the node table under that
 * name are of the dead, and their leases need not run out.
 */
#ifndef DIALLER_PROCESS_LOCK_H
#define DIALLER_PROCESS_LOCK_H

struct config;

struct process_lock {
	int fd;		/* holds the name; -1: another process has it */
	char name[120]; /* for the node table */
};

/* 'node' is the node's name.  May be asked again while fd is -1. */
void process_lock_try(struct process_lock *t, const char *node,
		      const struct config *config);
void process_lock_release(struct process_lock *t);

#endif
