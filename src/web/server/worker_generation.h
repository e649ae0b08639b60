/*
 * worker_generation.h - the workers that were started together, with the same
 * configuration and templates.
 *
 * A generation is a process of its own: it loads both, reports that it is
 * ready, forks the workers and replaces those that die.  So a reload that fails
 * does not stop the service, and no process loads twice.
 */
#ifndef WEB_SERVER_WORKER_GENERATION_H
#define WEB_SERVER_WORKER_GENERATION_H

struct fault;

struct listeners {
	int fast, slow, login;
};

/*
 * Runs until SIGTERM, then drains; 'load_pages' is called once, before the
 * workers are forked.  Writes one byte to 'ready' when everything is loaded.
 * Returns the exit code.  The caller has blocked SIGTERM and SIGCHLD.
 */
int generation_run(const char *config, const struct listeners *l,
		   int (*load_pages)(struct fault *f), int ready);

#endif
