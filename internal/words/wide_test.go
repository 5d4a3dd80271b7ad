package words

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestChineseHasNoSpaceBehindAWideMark(t *testing.T) {
	c := shipped(t)
	for _, test := range []struct{ name, tag, page, want string }{
		{"between sentences", "zh-Hans", "<p>需要预约。 请先打电话。 </p>", "<p>需要预约。请先打电话。</p>"},
		{"before a link", "zh-Hant", `來源： <a href="/">Example County</a>`, `來源：<a href="/">Example County</a>`},
		{"between elements of one line", "zh-Hans", `<b class="ask">不知道。</b> <b>没有。</b>`, `<b class="ask">不知道。</b><b>没有。</b>`},
		{"within a tag all stays", "zh-Hans", `预约。<a href="/a" title="先。 后">打电话</a> 吧`, `预约。<a href="/a" title="先。 后">打电话</a> 吧`},
		{"other spaces stay", "zh-Hans", "Dayton, OH 45402 · 纳洛酮", "Dayton, OH 45402 · 纳洛酮"},
		{"half of a mark is none", "zh-Hans", "\x80\x82 a", "\x80\x82 a"},
		{"Korean has spaces", "ko", "예약제입니다. 먼저 전화하세요。 ", "예약제입니다. 먼저 전화하세요。 "},
		{"English has them too", "en", "我们。 text", "我们。 text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := string(c.Language(test.tag).Closed([]byte(test.page))); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Nothing but spaces is ever taken out.
func TestAClosedPageHasAllThatItHadButSpaces(t *testing.T) {
	zh := shipped(t).Language("zh-Hans")
	rapid.Check(t, func(t *rapid.T) {
		page := rapid.StringOf(rapid.RuneFrom([]rune("。：？ a纳\"\n"))).Draw(t, "page")
		closed := string(zh.Closed([]byte(page)))
		if strings.ReplaceAll(closed, " ", "") != strings.ReplaceAll(page, " ", "") {
			t.Fatalf("%q became %q", page, closed)
		}
		for _, mark := range wideMarks {
			if strings.Contains(closed, string(mark)+" ") {
				t.Fatalf("%q became %q", page, closed)
			}
		}
	})
}
