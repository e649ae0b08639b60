/* wizard_upload.h - the file of the fourth step; see wizard.c. */
#ifndef WEB_WIZARD_UPLOAD_H
#define WEB_WIZARD_UPLOAD_H

#include "web/route.h"

handler_fn wizard_upload, wizard_upload_progress, wizard_upload_cancel,
	wizard_upload_rejected;

#endif
