package markdown_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/sandbox/page/markdown"
)

// reader knows one person, one role, one channel, and what time it is.
func reader() markdown.Reader {
	return markdown.Reader{
		User:    func(id string) (string, bool) { return "Aino <b>", id == "1" },
		Role:    func(id string) (string, bool) { return "helpers", id == "2" },
		Channel: func(id string) (string, string, bool) { return "news", "/c/3", id == "3" },
		Command: func(name string) string { return "/run/" + name },
		Time:    func(at time.Time, style string) string { return at.Format(time.RFC3339) + style },
	}
}

func TestHTML(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"nothing":        {"", ""},
		"a line":         {"hello", `<p dir="auto">hello</p>`},
		"two lines":      {"one\nسلام", `<p dir="auto">one</p><p dir="auto">سلام</p>`},
		"an empty line":  {"a\n\nb", `<p dir="auto">a</p><p class="gap"></p><p dir="auto">b</p>`},
		"bold":           {"**a**", `<p dir="auto"><strong>a</strong></p>`},
		"italic":         {"*a* _b_", `<p dir="auto"><em>a</em> <em>b</em></p>`},
		"both":           {"***a***", `<p dir="auto"><strong><em>a</em></strong></p>`},
		"underline":      {"__a__", `<p dir="auto"><u>a</u></p>`},
		"all three":      {"__***a***__", `<p dir="auto"><u><strong><em>a</em></strong></u></p>`},
		"strike":         {"~~a~~", `<p dir="auto"><s>a</s></p>`},
		"bold in italic": {"*a **b** c*", `<p dir="auto"><em>a <strong>b</strong> c</em></p>`},
		"spoiler":        {"||a||", `<p dir="auto"><span class="spoiler" tabindex="0">a</span></p>`},
		"over two lines": {"**a\nb**", `<p dir="auto"><strong>a</strong></p><p dir="auto"><strong>b</strong></p>`},
		"snake case":     {"a_b_c", `<p dir="auto">a_b_c</p>`},
		"sums":           {"2 * 3 * 4", `<p dir="auto">2 * 3 * 4</p>`},
		"unclosed":       {"**a", `<p dir="auto">**a</p>`},
		"only marks":     {"****", `<p dir="auto"><em>**</em></p>`},
		"escaped":        {`\*a\* \_b\_ \# \\`, `<p dir="auto">*a* _b_ # \</p>`},
		"escape in bold": {`**a\*\*b**`, `<p dir="auto"><strong>a**b</strong></p>`},
		"not an escape":  {`C:\temp`, `<p dir="auto">C:\temp</p>`},
		"code":           {"`**a**`", `<p dir="auto"><code>**a**</code></p>`},
		"code with tick": {"``a`b``", "<p dir=\"auto\"><code>a`b</code></p>"},
		"lone tick":      {"a`b", "<p dir=\"auto\">a`b</p>"},
		"code block":     {"```go\nif a < b {}\n```", `<pre dir="auto"><code>if a &lt; b {}</code></pre>`},
		"code on a line": {"a ```b``` c", `<p dir="auto">a </p><pre dir="auto"><code>b</code></pre><p dir="auto"> c</p>`},
		"no quote there": {"```\n> a\n```", `<pre dir="auto"><code>&gt; a</code></pre>`},
		"headings": {
			"# a\n## b\n### c\n#### d",
			`<h3 dir="auto">a</h3><h4 dir="auto">b</h4><h5 dir="auto">c</h5><p dir="auto">#### d</p>`,
		},
		"escaped heading": {`\# a`, `<p dir="auto"># a</p>`},
		"no blank":        {"#a", `<p dir="auto">#a</p>`},
		"subtext":         {"-# **a**", `<p class="subtext" dir="auto"><strong>a</strong></p>`},
		"quote":           {"> a\n> b\nc", `<blockquote><p dir="auto">a</p><p dir="auto">b</p></blockquote><p dir="auto">c</p>`},
		"rest quoted":     {"a\n>>> b\n> c", `<p dir="auto">a</p><blockquote><p dir="auto">b</p><p dir="auto">&gt; c</p></blockquote>`},
		"list":            {"- a\n* b", `<ul><li dir="auto"><p>a</p></li><li dir="auto"><p>b</p></li></ul>`},
		"numbers":         {"3. a\n4. b", `<ol start="3"><li dir="auto"><p>a</p></li><li dir="auto"><p>b</p></li></ol>`},
		"nested list":     {"- a\n  - b\n- c", `<ul><li dir="auto"><p>a</p><ul><li dir="auto"><p>b</p></li></ul></li><li dir="auto"><p>c</p></li></ul>`},
		"link": {
			"[a **b**](https://x.example/?a=1&b=\"2)",
			`<p dir="auto"><a href="https://x.example/?a=1&amp;b=&#34;2" title="https://x.example/?a=1&amp;b=&#34;2" rel="noopener noreferrer nofollow" target="_blank">a <strong>b</strong></a></p>`,
		},
		"bare address": {
			"see https://x.example/a_(b), you",
			`<p dir="auto">see <a href="https://x.example/a_(b)" title="https://x.example/a_(b)" rel="noopener noreferrer nofollow" target="_blank">https://x.example/a_(b)</a>, you</p>`,
		},
		"script address":  {"[x](javascript:alert(1))", `<p dir="auto">[x](javascript:alert(1))</p>`},
		"data address":    {"[x](data:text/html,<b>)", `<p dir="auto">[x](data:text/html,&lt;b&gt;)</p>`},
		"no host":         {"[x](https:alert)", `<p dir="auto">[x](https:alert)</p>`},
		"a tag":           {"<script>alert('1')</script>", `<p dir="auto">&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</p>`},
		"user":            {"<@1> <@!1>", `<p dir="auto"><bdi class="mention">@Aino &lt;b&gt;</bdi> <bdi class="mention">@Aino &lt;b&gt;</bdi></p>`},
		"unknown user":    {"<@9>", `<p dir="auto"><bdi class="mention">@unknown-user</bdi></p>`},
		"role":            {"<@&2>", `<p dir="auto"><bdi class="mention">@helpers</bdi></p>`},
		"channel":         {"<#3>", `<p dir="auto"><a class="mention" href="/c/3"><bdi>#news</bdi></a></p>`},
		"command":         {"</event create:5>", `<p dir="auto"><a class="mention" href="/run/event create"><bdi>/event create</bdi></a></p>`},
		"everyone":        {"@everyone", `<p dir="auto"><bdi class="mention">@everyone</bdi></p>`},
		"moment":          {"<t:0:R>", `<p dir="auto"><time datetime="1970-01-01T00:00:00Z" data-at="0" data-style="R">1970-01-01T00:00:00ZR</time></p>`},
		"default style":   {"<t:60>", `<p dir="auto"><time datetime="1970-01-01T00:01:00Z" data-at="60" data-style="f">1970-01-01T00:01:00Zf</time></p>`},
		"no such moment":  {"<t:9999999999999>", `<p dir="auto">&lt;t:9999999999999&gt;</p>`},
		"emoji":           {"<:soup:12>", `<p dir="auto">:soup:</p>`},
		"mention in code": {"`<@1>`", `<p dir="auto"><code>&lt;@1&gt;</code></p>`},
		"controls":        {"a\x00\x1b\u0085b", `<p dir="auto">ab</p>`},
		"not UTF-8":       {"a\xffb", "<p dir=\"auto\">a\uFFFDb</p>"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := string(markdown.HTML(tt.in, reader()))

			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestLine_staysOnOne(t *testing.T) {
	got := string(markdown.Line("# a\n**b**", markdown.Reader{}))

	if want := "# a <strong>b</strong>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestHTML_manyOfEverything(t *testing.T) {
	for _, piece := range []string{"**a ", "*a ", "_", "||", "[", "](", "`", "> ", "- ", "  - ", "***", "😀", "<t:", "\\", "```"} {
		text := strings.Repeat(piece, 4000)

		if got := markdown.HTML(text, reader()); len(got) > 1<<20 {
			t.Errorf("%q became %d bytes", piece, len(got))
		}
	}
}

func TestHTML_deepLists(t *testing.T) {
	var text strings.Builder
	for i := range 100 {
		text.WriteString(strings.Repeat(" ", i) + "- a\n")
	}

	got := string(markdown.HTML(text.String(), reader()))

	if n := strings.Count(got, "<ul>"); n == 0 || n > 20 {
		t.Errorf("%d lists in each other", n)
	}
	if n := strings.Count(got, ">a</p>"); n != 100 {
		t.Errorf("%d items of 100", n)
	}
}
