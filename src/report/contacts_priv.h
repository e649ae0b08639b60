/* contacts_priv.h - the state of a contact as people read it; for report only. */
#ifndef REPORT_CONTACTS_PRIV_H
#define REPORT_CONTACTS_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#define NO_ROW 255 /* state of a contact ahead of its cursor */

/* A contact that waits in a closed run is final.  'gone': it was taken back. */
unsigned report_state(int64_t state, bool gone, int64_t rest);

#endif
