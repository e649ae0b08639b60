// tpl.cc - implements view.h with ctemplate.
//
// Nothing of C++ crosses the interface: no exception, and no object but the
// opaque struct view, which is a TemplateDictionary.  Each expansion has one
// dictionary, which frees its memory at the end.  The cache of parsed templates
// is frozen once it is loaded, so threads only read it.

#include "view/view.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <ctemplate/template_emitter.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <sys/mman.h>
#include <unistd.h>

extern "C" {
#include "base/buf.h"
#include "base/fault.h"
}

using ctemplate::TemplateDictionary;
using ctemplate::TemplateString;

// Not STRIP_WHITESPACE: it joins lines, and with them the words at their ends.
static const ctemplate::Strip STRIP = ctemplate::STRIP_BLANK_LINES;
static const char PRAGMA[] = "{{%AUTOESCAPE context=\"HTML\"}}\n";

static ctemplate::TemplateCache *cache;

namespace
{

// Captures what the parser writes to stderr during this object's life:
// ctemplate has no other way to report what is wrong with a file.
class Overheard
{
      public:
	Overheard() : fd(memfd_create("overheard", MFD_CLOEXEC)), was(dup(2))
	{
		if (fd >= 0 && was >= 0)
			dup2(fd, 2);
	}

	~Overheard()
	{
		if (was >= 0) {
			dup2(was, 2);
			close(was);
		}
		if (fd >= 0)
			close(fd);
	}

	std::string text() const
	{
		char part[1024];
		ssize_t n = fd < 0 ? 0 : pread(fd, part, sizeof(part), 0);

		while (n > 0 && part[n - 1] == '\n')
			n--;
		return std::string(part, n > 0 ? static_cast<size_t>(n) : 0);
	}

	Overheard(const Overheard &) = delete;
	Overheard &operator=(const Overheard &) = delete;

      private:
	int fd, was;
};

class BufEmitter : public ctemplate::ExpandEmitter
{
      public:
	explicit BufEmitter(struct buf *b) : out(b)
	{
	}
	void Emit(char c) override
	{
		buf_char(out, c);
	}
	void Emit(const std::string &s) override
	{
		buf_add(out, s.data(), s.size());
	}
	void Emit(const char *s) override
	{
		buf_str(out, s);
	}
	void Emit(const char *s, size_t len) override
	{
		buf_add(out, s, len);
	}

      private:
	struct buf *out;
};

// A marker with its cached id.  Looking up the id takes two locks that all
// threads share, and a page has thousands of markers.
class Marker : public TemplateString
{
      public:
	Marker() : TemplateString("")
	{
	}
	explicit Marker(const TemplateString &s) : TemplateString(s)
	{
		CacheGlobalId();
	}
};

} // namespace

// Caches markers by address, as they are string literals.  The first time it
// returns a marker without its id, so that ctemplate learns the name.
static TemplateString
marker(const char *name)
{
	static thread_local Marker known[512];
	Marker &m = known[(reinterpret_cast<uintptr_t>(name) *
			   UINT64_C(0x9e3779b97f4a7c15)) >>
			  55];

	if (m.begin() == name)
		return m;
	TemplateString plain(name);
	if (plain.is_immutable())
		m = Marker(plain);
	return plain;
}

static TemplateDictionary *
dictionary(struct view *v)
{
	return reinterpret_cast<TemplateDictionary *>(v);
}

static struct view *
face(TemplateDictionary *d)
{
	return reinterpret_cast<struct view *>(d);
}

static bool
list_templates(const char *dir, std::vector<std::string> *names)
{
	const std::string end = ".tpl";
	DIR *d = opendir(dir);
	struct dirent *e;

	if (d == nullptr)
		return false;
	while ((e = readdir(d)) != nullptr) {
		std::string name = e->d_name;

		if (name.size() > end.size() &&
		    name.compare(name.size() - end.size(), end.size(), end) ==
			    0)
			names->push_back(name);
	}
	closedir(d);
	std::sort(names->begin(), names->end());
	return true;
}

static bool
read_file(const std::string &path, std::string *text)
{
	std::ifstream file(path);

	text->assign(std::istreambuf_iterator<char>(file), {});
	return file.good() || file.eof();
}

// Replaces {{STATIC}} at load time, as it is the same for all pages.
static void
put_assets(std::string *text, const char *assets)
{
	static const std::string marker = "{{STATIC}}";
	size_t at = 0;

	while ((at = text->find(marker, at)) != std::string::npos) {
		text->replace(at, marker.size(), assets);
		at += strlen(assets);
	}
}

static int
load_one(const char *dir, const std::string &name, const char *assets,
	 struct fault *f)
{
	std::string text, said;
	bool good;

	if (!read_file(std::string(dir) + "/" + name, &text))
		return fault_set(f, FAULT_BROKEN,
				 "The template %s/%s cannot be read.", dir,
				 name.c_str());
	// without the pragma it would be unescaped even inside an escaped page
	if (text.compare(0, strlen(PRAGMA), PRAGMA) != 0)
		return fault_set(f, FAULT_BROKEN,
				 "The template %s/%s does not begin with "
				 "{{%%AUTOESCAPE context=\"HTML\"}}.",
				 dir, name.c_str());
	put_assets(&text, assets);
	// the last newline would break a line such as "Restarted {{>AT}} by"
	if (text.back() == '\n')
		text.pop_back();
	{
		Overheard overheard;

		good = cache->StringToTemplateCache(name, text, STRIP);
		said = overheard.text();
	}
	if (good && said.empty())
		return 0;
	fault_set(f, FAULT_BROKEN, "The template %s/%s is broken: %s", dir,
		  name.c_str(), said.c_str());
	return fault_cause(f, "%s", said.c_str());
}

int
view_load(const char *dir, const char *assets, struct fault *f)
{
	std::vector<std::string> names;

	if (!list_templates(dir, &names))
		return fault_set(f, FAULT_BROKEN,
				 "The templates in %s cannot be read: %s.",
				 dir, strerror(errno));
	if (names.empty())
		return fault_set(f, FAULT_BROKEN,
				 "There are no templates in %s.", dir);
	delete cache;
	cache = new ctemplate::TemplateCache;
	for (const std::string &name : names) {
		if (load_one(dir, name, assets, f))
			return -1;
	}
	cache->Freeze();
	return 0;
}

int
view_expand(const char *tpl, fill_fn *fill, const void *data, struct buf *out,
	    struct fault *f)
{
	TemplateDictionary d(TemplateString(tpl, strlen(tpl)));
	size_t before = out->len;
	BufEmitter emitter(out);

	if (cache == nullptr)
		return fault_set(f, FAULT_BROKEN, "No templates are loaded.");
	if (fill != nullptr)
		fill(face(&d), data);
	if (cache->ExpandNoLoad(tpl, STRIP, &d, nullptr, &emitter))
		return 0;
	if (out->len > before) {
		out->len = before;
		out->data[before] = '\0';
	}
	return fault_set(f, FAULT_BROKEN,
			 "The template %s, or one that it includes, is missing.",
			 tpl);
}

void
view_dump(fill_fn *fill, const void *data, struct buf *out)
{
	TemplateDictionary d("");
	std::string text;

	fill(face(&d), data);
	d.DumpToString(&text);
	buf_add(out, text.data(), text.size());
}

// Replaces control characters: no page needs them, and reply_insert() uses one
// to mark a slot in a page, so no value may contain any.
void
view_str(struct view *v, const char *name, const char *value)
{
	static const char controls[] =
		"\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11\x12"
		"\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f";
	std::string clean;

	if (value == nullptr || value[std::strcspn(value, controls)] == 0) {
		view_html(v, name, value);
		return;
	}
	clean = value;
	for (char &c : clean)
		if (std::strchr(controls, c) != nullptr)
			c = '?';
	view_html(v, name, clean.c_str());
}

void
view_html(struct view *v, const char *name, const char *html)
{
	dictionary(v)->SetValue(marker(name), html == nullptr ? "" : html);
}

void
view_int(struct view *v, const char *name, int64_t value)
{
	dictionary(v)->SetIntValue(marker(name), value);
}

void
view_show(struct view *v, const char *section)
{
	dictionary(v)->ShowSection(marker(section));
}

struct view *
view_section(struct view *v, const char *section)
{
	return face(dictionary(v)->AddSectionDictionary(marker(section)));
}

struct view *
view_include(struct view *v, const char *name, const char *tpl)
{
	TemplateDictionary *d =
		dictionary(v)->AddIncludeDictionary(marker(name));

	d->SetFilename(tpl);
	return face(d);
}
