/* wizard_upload.h - the file of the fourth step; see wizard.c. */
#ifndef WEB_PAGES_WIZARD_UPLOAD_H
#define WEB_PAGES_WIZARD_UPLOAD_H

#include <stdint.h>

#include "web/server/route.h"

struct wizard_request;

handler_fn wizard_upload, wizard_upload_progress, wizard_upload_rejected;

/* The file is not wanted any more; none is fine. */
int wizard_upload_cancel(struct wizard_request *s, struct fault *f);

/* Cancels an upload of this sitting: upload_cancel(), and its file goes. */
int wizard_drop_upload(struct wizard_request *s, int64_t id, struct fault *f);

#endif
