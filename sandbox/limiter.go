package sandbox

import (
	"maps"
	"math"
	"net/http"
	"strconv"
	"time"
)

// quota is how many requests may be made in how long a time.
type quota struct {
	limit int
	per   time.Duration
}

// window counts the requests since a first one.
type window struct {
	began time.Time
	used  int
}

// limiter keeps the rate limits of all apps.
type limiter struct {
	buckets map[string]*window
	global  map[string]*window // by app
	invalid window
}

// The limits that hold for everybody.
const (
	globalLimit  = 50
	invalidLimit = 10000
)

func newLimiter() limiter {
	return limiter{buckets: map[string]*window{}, global: map[string]*window{}}
}

// take uses up one request of a window. It reports how many are left and when
// the window ends, or false when there were none left.
func (w *window) take(q quota, now time.Time) (left int, reset time.Duration, ok bool) {
	if now.Sub(w.began) >= q.per || now.Before(w.began) {
		w.began, w.used = now, 0
	}
	reset = w.began.Add(q.per).Sub(now)
	if w.used >= q.limit {
		return 0, reset, false
	}
	w.used++
	return q.limit - w.used, reset, true
}

// windowOf finds or opens a window. There is one for each interaction, so that
// those long past are thrown out now and then.
func windowOf(all map[string]*window, key string, now time.Time) *window {
	w := all[key]
	if w == nil {
		if len(all) >= 10000 {
			maps.DeleteFunc(all, func(_ string, w *window) bool { return now.Sub(w.began) > time.Minute })
		}
		w = &window{}
		all[key] = w
	}
	return w
}

// tooMany is the answer 429.
type tooMany struct {
	Message    string  `json:"message"`
	RetryAfter float64 `json:"retry_after"`
	Global     bool    `json:"global"`
	Code       int     `json:"code"`
}

// admit counts a request against the global limit and its bucket, writes the
// headers, and reports false when it wrote a 429 instead. The world is locked.
func (d *Discord) admit(w http.ResponseWriter, rt *route, appID, bucket string) (refusal *tooMany) {
	if d.noLimits {
		return nil
	}
	now := d.now()
	h := w.Header()
	if rt.global {
		if _, reset, ok := windowOf(d.limits.global, appID, now).take(quota{globalLimit, time.Second}, now); !ok {
			h.Set("X-RateLimit-Global", "true")
			h.Set("X-RateLimit-Scope", "global")
			return tooManyRequests(h, reset, true)
		}
	}
	left, reset, ok := windowOf(d.limits.buckets, bucket, now).take(rt.quota, now)
	h.Set("X-RateLimit-Limit", strconv.Itoa(rt.quota.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(left))
	h.Set("X-RateLimit-Reset", seconds(time.Duration(now.Add(reset).UnixNano())))
	h.Set("X-RateLimit-Reset-After", seconds(reset))
	h.Set("X-RateLimit-Bucket", rt.bucketName())
	if !ok {
		h.Set("X-RateLimit-Scope", "user")
		return tooManyRequests(h, reset, false)
	}
	return nil
}

func tooManyRequests(h http.Header, reset time.Duration, global bool) *tooMany {
	h.Set("X-RateLimit-Reset-After", seconds(reset))
	h.Set("Retry-After", strconv.Itoa(int(math.Ceil(reset.Seconds()))))
	after := math.Ceil(reset.Seconds()*1000) / 1000
	return &tooMany{Message: "You are being rate limited.", RetryAfter: after, Global: global}
}

// seconds writes a time to the millisecond, rounded up, so that who waits so
// long has waited long enough.
func seconds(d time.Duration) string {
	return strconv.FormatFloat(math.Ceil(d.Seconds()*1000)/1000, 'f', 3, 64)
}

// cutOff reports whether too many requests were invalid lately, so that no
// more are heard. The world is locked.
func (d *Discord) cutOff(now time.Time) bool {
	w := &d.limits.invalid
	return w.used >= invalidLimit && now.Sub(w.began) < 10*time.Minute
}

// countInvalid counts a 401, 403 or 429. The world is locked.
func (d *Discord) countInvalid(now time.Time) {
	d.stats.Invalid++
	d.limits.invalid.take(quota{invalidLimit, 10 * time.Minute}, now)
}
